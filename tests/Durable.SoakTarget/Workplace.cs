using Durable.Testing.History;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.SoakTarget;

/// <summary>What all processes share, a folder, and this one's ledger.</summary>
public sealed class Workplace(string folder, HistoryWriter history)
{
    private readonly string _progress = Path.Combine(folder, "progress");

    public HistoryWriter History { get; } = history;

    /// <summary>How many of the runs, from the first, are known to have ended well.</summary>
    public int Progress
    {
        get => File.Exists(_progress) ? int.Parse(File.ReadAllText(_progress)) : 0;
        set
        {
            // Put in place as a whole: the process may die in between.
            File.WriteAllText(_progress + ".new", value.ToString());
            File.Move(_progress + ".new", _progress, overwrite: true);
        }
    }

    public void Configure(DurableBuilder durable)
    {
        durable.UseSqlite(Path.Combine(folder, "runs.db")).AddWorkflows().Configure(options => options.PollInterval = TimeSpan.FromMilliseconds(20)).RecordHistory(History);
        durable.Services.AddSingleton(this);
    }

    /// <summary>True when the cause of a run's failure is gone.</summary>
    public bool IsRepaired(string runId) => File.Exists(Repair(runId));

    public void MakeRepair(string runId) => File.WriteAllText(Repair(runId), "");

    private string Repair(string runId) => Path.Combine(folder, runId + ".repaired");
}
