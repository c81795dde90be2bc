using System.Diagnostics;

namespace Durable.TestKit.Processes;

/// <summary>A .NET program that a test starts, watches and, if need be, kills.</summary>
public sealed class ChildProcess : IDisposable
{
    /// <summary>Far above what any of these programs takes, so that it is only met by one that hangs.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    private readonly Lock _gate = new();
    private readonly List<string> _output = [];
    private readonly List<string> _errors = [];
    private readonly Dictionary<string, TaskCompletionSource> _awaited = [];
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    /// <summary>The process id, as the program itself sees it.</summary>
    public int Id => _process.Id;

    public static ChildProcess Start(string dll, string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [dll, .. arguments])
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
    public async Task WaitForLineAsync(string line)
    {
        Task printed;
        lock (_gate)
        {
            if (_output.Contains(line))
                return;
            if (!_awaited.TryGetValue(line, out var source))
                _awaited.Add(line, source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            printed = source.Task;
        }

        var ended = _process.WaitForExitAsync();
        var first = await Task.WhenAny(printed, ended).WaitAsync(s_patience);
        if (first == ended && !HasPrinted(line))
            throw new InvalidOperationException($"The program ended without printing '{line}'.\n{Result()}");
    }

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

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private void Note(List<string> lines, string? line)
    {
        if (line is null)
            return;
        lock (_gate)
        {
            lines.Add(line);
            if (lines == _output && _awaited.TryGetValue(line, out var source))
                source.TrySetResult();
        }
    }

    private ChildResult Result()
    {
        lock (_gate)
            return new ChildResult(_process.ExitCode, string.Join('\n', _output), string.Join('\n', _errors));
    }
}
