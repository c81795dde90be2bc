using FsCheck;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace Durable.Storage.Contract.Model;

/// <summary>Takes down what FsCheck found, instead of printing it.</summary>
internal sealed class ModelVerdict : IRunner
{
    public ModelOperation[]? Failing { get; private set; }

    public ModelSeed Seed { get; private set; }

    public void OnFinished(string name, TestResult result)
    {
        if (result is not TestResult.Failed failed)
            return;
        // The fields have no names: the shrunk arguments, and the seed and size of the test that failed.
        Failing = (ModelOperation[])failed.Item3.Head;
        Seed = new ModelSeed(failed.Item6.Seed, failed.Item6.Gamma, failed.Item7);
    }

    public void OnStartFixture(Type fixture)
    {
    }

    public void OnArguments(int number, FSharpList<object> arguments, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> every)
    {
    }

    public void OnShrink(FSharpList<object> arguments, FSharpFunc<FSharpList<object>, string> everyShrink)
    {
    }
}
