namespace DataPipeline;

/// <summary>A row of a sales file cannot be read.</summary>
public sealed class BadRowException(string file, int line, string reason) : Exception($"{file}, line {line}: {reason}");
