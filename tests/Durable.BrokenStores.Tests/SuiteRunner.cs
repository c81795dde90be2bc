using System.Reflection;
using Xunit.Sdk;

namespace Durable.BrokenStores.Tests;

/// <summary>Runs the tests of a suite by reflection, as xunit would, and tells which of them fail instead of failing.</summary>
/// <param name="create">Makes the suite anew for every test.</param>
internal sealed class SuiteRunner(Func<object> create)
{
    /// <summary>The first test that fails, in the order of the names; null for a suite that passes.</summary>
    /// <param name="only">How the names of the tests begin that are run; empty for all of them.</param>
    public async Task<string?> FirstFailureAsync(string only = "")
    {
        var tests = create().GetType().GetMethods().Where(method => method.IsDefined(typeof(FactAttribute), inherit: true) && method.Name.StartsWith(only, StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(tests);
        foreach (var test in tests.OrderBy(test => test.Name, StringComparer.Ordinal))
        {
            foreach (var arguments in ArgumentsOf(test))
            {
                if (await FailureAsync(test, arguments) is { } error)
                    return error is XunitException or InvalidOperationException ? test.Name : $"{test.Name} ({error.GetType().Name})";
            }
        }

        return null;
    }

    private async Task<Exception?> FailureAsync(MethodInfo test, object?[] arguments)
    {
        var suite = create();
        try
        {
            // Away from the runner's synchronization context, on which simulations must not wait.
            await Task.Run(async () =>
            {
                var lifetime = suite as IAsyncLifetime;
                await (lifetime?.InitializeAsync() ?? Task.CompletedTask);
                try
                {
                    await ((test.Invoke(suite, arguments) as Task) ?? Task.CompletedTask);
                }
                finally
                {
                    await (lifetime?.DisposeAsync() ?? Task.CompletedTask);
                }
            });
            return null;
        }
        catch (Exception exception)
        {
            return exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
        }
    }

    private static IEnumerable<object?[]> ArgumentsOf(MethodInfo test)
        => test.IsDefined(typeof(TheoryAttribute), inherit: true) ? test.GetCustomAttributes<DataAttribute>().SelectMany(data => data.GetData(test)) : [[]];
}
