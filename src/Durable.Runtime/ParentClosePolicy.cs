namespace Durable;

/// <summary>What becomes of a child run that has not ended when its parent ends, whichever way. Stored as a number: members are never renumbered.</summary>
public enum ParentClosePolicy
{
    /// <summary>It is to be canceled, as by <see cref="RunHandle.CancelAsync"/>: its code is told, and may undo what it did. The default.</summary>
    Cancel = 0,

    /// <summary>It is ended at once, as by <see cref="RunHandle.TerminateAsync"/>.</summary>
    Terminate = 1,

    /// <summary>It goes on.</summary>
    Abandon = 2,
}
