using System.Diagnostics;

namespace Steps;

/// <summary>This program once more, in a process that dies in the middle of an example.</summary>
public static class FirstProcess
{
    /// <exception cref="InvalidOperationException">It did not die.</exception>
    public static async Task RunAsync(Example example, Settings settings, CancellationToken cancellationToken)
    {
        // "dotnet Steps.dll" or a program of its own: what started this process starts the other.
        var program = Environment.ProcessPath!;
        string[] assembly = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
        using var process = Process.Start(program, [.. assembly, example.Name, "--folder", settings.Folder, "--die"]);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode == 0)
            throw new InvalidOperationException($"The first process of {example.Name} was to die, and did not.");
    }
}
