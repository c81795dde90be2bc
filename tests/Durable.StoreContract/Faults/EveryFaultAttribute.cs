using System.Reflection;
using Xunit.Sdk;

namespace Durable.Storage.Contract.Faults;

/// <summary>A scenario is played with every kind of fault.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EveryFaultAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => FaultCase.All.Select(fault => (object[])[fault.ToString()]);
}
