using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Durable.Storage.Contract.Tests;

/// <summary>The requirements themselves: numbered once, in order, enough of them, none skipped.</summary>
public sealed partial class RequirementTests
{
    private static readonly MethodInfo[] s_requirements =
    [
        .. typeof(StoreSuite).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.IsDefined(typeof(FactAttribute), inherit: true) && NumberOf(method.Name) is not null),
    ];

    [Fact]
    public void There_are_at_least_a_hundred_requirements() => Assert.InRange(s_requirements.Length, 100, int.MaxValue);

    [Fact]
    public void Numbers_are_unique()
        => Assert.Empty(s_requirements.GroupBy(method => NumberOf(method.Name)).Where(group => group.Count() > 1).SelectMany(group => group.Select(method => method.Name)));

    [Fact]
    public void No_requirement_is_skipped() => Assert.All(s_requirements, method => Assert.Null(method.GetCustomAttribute<FactAttribute>()!.Skip));

    [Fact]
    public void No_requirement_can_be_overridden() => Assert.All(s_requirements, method => Assert.False(method.IsVirtual, method.Name));

    [Fact]
    public void Every_test_of_a_contract_has_a_number()
    {
        Type[] contracts = [typeof(StoreContract), typeof(DurableStoreContract), typeof(SharedStoreContract)];
        var tests = contracts.SelectMany(type => type.GetMethods()).Where(method => method.IsDefined(typeof(FactAttribute), inherit: true));
        Assert.All(tests, method => Assert.NotNull(NumberOf(method.Name)));
    }

    [Fact]
    public void Numbers_ascend_within_each_file()
    {
        foreach (var file in Directory.GetFiles(ContractFolder(), "*Contract*.cs"))
        {
            var numbers = Declaration().Matches(File.ReadAllText(file)).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToArray();
            Assert.True(numbers.SequenceEqual(numbers.Order()), $"{Path.GetFileName(file)}: {string.Join(", ", numbers)}");
        }
    }

    private static int? NumberOf(string name)
        => Number().Match(name) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    private static string ContractFolder([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "..", "Durable.StoreContract");

    [GeneratedRegex(@"^R(\d+)_")]
    private static partial Regex Number();

    [GeneratedRegex(@"public (?:async )?Task R(\d+)_")]
    private static partial Regex Declaration();
}
