namespace Durable.CrashTarget;

/// <summary>Ten distinct steps in a row, each on the result of the one before.</summary>
public sealed partial class TenSteps(Bodies bodies)
{
    [Workflow] public partial Task<Outcome> RunAsync(long seed);

    [Step] private partial Task<Link> OneAsync(long value);
    [Step] private partial Task<Link> TwoAsync(long value);
    [Step] private partial Task<Link> ThreeAsync(long value);
    [Step] private partial Task<Link> FourAsync(long value);
    [Step] private partial Task<Link> FiveAsync(long value);
    [Step] private partial Task<Link> SixAsync(long value);
    [Step] private partial Task<Link> SevenAsync(long value);
    [Step] private partial Task<Link> EightAsync(long value);
    [Step] private partial Task<Link> NineAsync(long value);
    [Step] private partial Task<Link> TenAsync(long value);

    private async Task<Outcome> RunAsyncCore(long seed)
    {
        var one = await OneAsync(seed);
        var two = await TwoAsync(one.Value);
        var three = await ThreeAsync(two.Value);
        var four = await FourAsync(three.Value);
        var five = await FiveAsync(four.Value);
        var six = await SixAsync(five.Value);
        var seven = await SevenAsync(six.Value);
        var eight = await EightAsync(seven.Value);
        var nine = await NineAsync(eight.Value);
        var ten = await TenAsync(nine.Value);
        return new Outcome(ten.Value, [one.Proof, two.Proof, three.Proof, four.Proof, five.Proof, six.Proof, seven.Proof, eight.Proof, nine.Proof, ten.Proof]);
    }

    private Task<Link> OneAsyncCore(long value, StepContext step) => bodies.RunAsync(step, value + 3);
    private Task<Link> TwoAsyncCore(long value, StepContext step) => bodies.RunAsync(step, value * 5);
    private Task<Link> ThreeAsyncCore(long value, StepContext step) => bodies.RunAsync(step, value - 7);
    private Task<Link> FourAsyncCore(long value, StepContext step) => bodies.RunAsync(step, value * value % 1_000_003);
    private Task<Link> FiveAsyncCore(long value, StepContext step) => bodies.RunAsync(step, value + 11);
    private Task<Link> SixAsyncCore(long value, StepContext step) => bodies.RunAsync(step, value * 13);
    private Task<Link> SevenAsyncCore(long value, StepContext step) => bodies.RunAsync(step, value ^ 17);
    private Task<Link> EightAsyncCore(long value, StepContext step) => bodies.RunAsync(step, value + 19);
    private Task<Link> NineAsyncCore(long value, StepContext step) => bodies.RunAsync(step, value * 23 % 1_000_033);
    private Task<Link> TenAsyncCore(long value, StepContext step) => bodies.RunAsync(step, value - 29);
}
