namespace Durable.Storage.Contract.Model;

/// <summary>What the model and the store said to one question, as text.</summary>
internal readonly record struct ModelAnswer(string Expected, string Actual)
{
    public static ModelAnswer Nothing => new("", "");
}
