using Durable.TestKit;
using Durable.TestKit.Processes;

namespace Durable.Packages.Tests;

[Collection(PackageCollection.Name)]
public sealed class TemplateTests(InstantiatedTemplates templates) : IClassFixture<InstantiatedTemplates>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(InstantiatedTemplates.Workers), MemberType = typeof(InstantiatedTemplates))]
    public async Task A_new_worker_completes_a_run_and_ends_when_it_is_asked_to(string name)
    {
        using var worker = ChildProcess.Start(templates.ProgramOf(name), _folder.Path);
        await worker.WaitForLineWithAsync("The run has completed: Hello, world!");

        worker.AskToEnd();

        (await worker.WaitAsync()).Expect(0);
    }

    [Theory]
    [MemberData(nameof(InstantiatedTemplates.Workers), MemberType = typeof(InstantiatedTemplates))]
    public async Task A_new_worker_that_starts_again_repeats_no_step(string name)
    {
        await A_new_worker_completes_a_run_and_ends_when_it_is_asked_to(name);
        using var worker = ChildProcess.Start(templates.ProgramOf(name), _folder.Path);
        await worker.WaitForLineWithAsync("The run has completed: Hello, world!");

        worker.AskToEnd();

        Assert.DoesNotContain("Sending", (await worker.WaitAsync()).Expect(0).Output);
    }

    [Theory]
    [MemberData(nameof(InstantiatedTemplates.Webs), MemberType = typeof(InstantiatedTemplates))]
    public async Task A_new_web_api_answers_a_request_with_the_result_of_its_run(string name)
    {
        const string listening = "Now listening on: ";
        using var web = ChildProcess.Start(templates.ProgramOf(name), _folder.Path, "--urls", "http://127.0.0.1:0");
        var line = await web.WaitForLineWithAsync(listening);
        var address = new Uri(line[(line.IndexOf(listening, StringComparison.Ordinal) + listening.Length)..]);
        using var client = new HttpClient();

        using var response = await client.PutAsync(new Uri(address, "/greetings/Ada"), content: null);

        Assert.Equal("Hello, Ada!", await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        web.AskToEnd();
        Assert.Contains("Sending 'Hello, Ada!'", (await web.WaitAsync()).Expect(0).Output);
    }

    [Theory]
    [MemberData(nameof(InstantiatedTemplates.All), MemberType = typeof(InstantiatedTemplates))]
    public void A_new_project_has_a_readme_under_its_own_name_and_no_placeholder_is_left(string name)
    {
        var folder = templates.FolderOf(name);

        Assert.StartsWith($"# {name}\n", File.ReadAllText(Path.Combine(folder, "README.md")), StringComparison.Ordinal);
        var sources = Directory.GetFiles(folder).ToDictionary(file => Path.GetFileName(file)!, File.ReadAllText);
        Assert.DoesNotContain(sources, source => source.Key.Contains("DurableW") || source.Value.Contains("DurableW") || source.Value.Contains("{durable}"));
    }
}
