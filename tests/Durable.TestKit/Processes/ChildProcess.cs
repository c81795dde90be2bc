using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Durable.TestKit.Processes;

/// <summary>A .NET program that a test starts, watches and, if need be, kills.</summary>
public sealed class ChildProcess : IDisposable
{
    /// <summary>Far above what any of these programs takes, so that it is only met by one that hangs.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    private readonly Lock _gate = new();
    private readonly List<string> _output = [];
    private readonly List<string> _errors = [];
    private readonly List<(Predicate<string> IsIt, TaskCompletionSource<string> Found)> _awaited = [];
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    /// <summary>The process id, as the program itself sees it.</summary>
    public int Id => _process.Id;

    public static ChildProcess Start(string dll, string directory, params string[] arguments)
        => StartProgram(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", directory, [dll, .. arguments]);

    /// <summary>Starts a program that needs no .NET beside it.</summary>
    public static ChildProcess StartProgram(string program, string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_TieredPGO"] = "0"; // Short lives: instrumentation costs more than it brings.
        var child = new ChildProcess(new Process { StartInfo = start });
        child._process.OutputDataReceived += (_, line) => child.Note(child._output, line.Data);
        child._process.ErrorDataReceived += (_, line) => child.Note(child._errors, line.Data);
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Starts the program and waits for its end.</summary>
    public static async Task<ChildResult> RunAsync(string dll, string directory, params string[] arguments)
    {
        using var child = Start(dll, directory, arguments);
        return await child.WaitAsync();
    }

    /// <summary>True when the program has printed this line.</summary>
    public bool HasPrinted(string line)
    {
        lock (_gate)
            return _output.Contains(line);
    }

    /// <summary>Waits until the program prints this line.</summary>
    public Task WaitForLineAsync(string line) => WaitForLineAsync(printed => printed == line, line);

    /// <summary>Waits until the program prints a line that contains this.</summary>
    /// <returns>The first such line.</returns>
    public Task<string> WaitForLineWithAsync(string part) => WaitForLineAsync(printed => printed.Contains(part, StringComparison.Ordinal), part);

    /// <summary>Waits for the end of the program; one that hangs is killed and fails the test.</summary>
    public async Task<ChildResult> WaitAsync()
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(s_patience);
        }
        catch (TimeoutException)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            throw new TimeoutException($"The program did not end within {s_patience}.\n{Result()}");
        }

        return Result();
    }

    /// <summary>What is left of the program once it has ended, however long that takes.</summary>
    public async Task<ChildResult> EndAsync()
    {
        await _process.WaitForExitAsync();
        return Result();
    }

    /// <summary>SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGTERM: asks the program to end, as a service manager does.</summary>
    public void AskToEnd()
    {
        const int terminate = 15;
        if (SendSignal(_process.Id, terminate) != 0)
            throw new InvalidOperationException("The program could not be asked to end.");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private async Task<string> WaitForLineAsync(Predicate<string> isIt, string description)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_output.Find(isIt) is { } printed)
                return printed;
            _awaited.Add((isIt, found));
        }

        // The process has ended only when all that it printed is noted.
        var first = await Task.WhenAny(found.Task, _process.WaitForExitAsync()).WaitAsync(s_patience);
        if (first != found.Task && !found.Task.IsCompleted)
            throw new InvalidOperationException($"The program ended without printing '{description}'.\n{Result()}");
        return await found.Task;
    }

    private void Note(List<string> lines, string? line)
    {
        if (line is null)
            return;
        lock (_gate)
        {
            lines.Add(line);
            if (lines != _output)
                return;
            foreach (var awaited in _awaited.Where(awaited => awaited.IsIt(line)))
                awaited.Found.TrySetResult(line);
        }
    }

    private ChildResult Result()
    {
        lock (_gate)
            return new ChildResult(_process.ExitCode, string.Join('\n', _output), string.Join('\n', _errors));
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int process, int signal);
}
