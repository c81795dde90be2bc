namespace Durable.Declarations;

/// <summary>How a method hands back its result. The first four are what a declaration may return; a <c>Core</c> may return any.</summary>
internal enum ReturnShape
{
    Task,
    TaskOfResult,
    ValueTask,
    ValueTaskOfResult,
    Void,
    Result,
}
