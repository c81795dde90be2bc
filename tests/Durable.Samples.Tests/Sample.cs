using System.Reflection;
using System.Text.RegularExpressions;
using Durable.TestKit;
using Durable.TestKit.Processes;

namespace Durable.Samples.Tests;

/// <summary>A sample in a folder of its own: each invocation is a process, and what it leaves behind is read from its files.</summary>
public abstract class Sample(string name) : IDisposable
{
    private protected TemporaryFolder Folder { get; } = new();

    public void Dispose() => Folder.Dispose();

    /// <summary>The built program of a sample.</summary>
    private protected static string DllOf(string name) => typeof(Sample).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(constant => constant.Key == name).Value!;

    private protected ChildProcess Start(params string[] arguments) => ChildProcess.Start(DllOf(name), Folder.Path, arguments);

    private protected Task<ChildResult> InvokeAsync(params string[] arguments) => ChildProcess.RunAsync(DllOf(name), Folder.Path, arguments);

    /// <summary>What the sample's README says that the program prints.</summary>
    /// <param name="when">The comment in front of the block, after "printed".</param>
    private protected string PrintedInReadme(string when)
    {
        var block = Regex.Match(Repository.Read($"samples/{name}/README.md"), $"<!-- printed {Regex.Escape(when)} -->\n```\n(?<text>.*?)\n```", RegexOptions.Singleline);
        Assert.True(block.Success, $"The README of {name} has no block behind '<!-- printed {when} -->'.");
        return block.Groups["text"].Value;
    }
}
