using System.Text;

namespace MultiStepOperations;

/// <summary>What each call made run: a line for each.</summary>
public sealed class Table(IReadOnlyList<SituationResult> results)
{
    private const string Format = "{0,-17}  {1,4}  {2,-9}  {3,10}  {4,13}";

    public override string ToString()
    {
        var text = new StringBuilder().AppendLine("Bodies that ran, as the services saw it:").AppendLine(Line("situation", "call", "run ended", StepNames.CreateUser, StepNames.CreateProfile));
        foreach (var result in results)
        {
            foreach (var call in result.Calls)
                text.AppendLine(Line(call.Number == 1 ? result.Situation.Name : "", call.Number, call.Run, call.Bodies(StepNames.CreateUser), call.Bodies(StepNames.CreateProfile)));
        }

        return text.ToString();
    }

    private static string Line(params object[] cells) => string.Format(null, Format, cells);
}
