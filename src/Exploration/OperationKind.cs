namespace Spanker.Conformance.Exploration;

/// <summary>What a visible operation does. Objects decide what it means for them; the kind is what schedules, findings and diagrams name.</summary>
public enum OperationKind
{
    /// <summary>Gives a frame to a link.</summary>
    Send,

    /// <summary>Takes a frame from a link with one sender.</summary>
    Receive,

    /// <summary>Takes a frame from whichever sender was first.</summary>
    ReceiveAny,

    /// <summary>Takes a credit.</summary>
    TakeCredit,

    /// <summary>Gives a credit back.</summary>
    ReturnCredit,

    /// <summary>Takes a lock.</summary>
    Lock,

    /// <summary>Gives a lock back.</summary>
    Unlock,

    /// <summary>Reads a shared value.</summary>
    Read,

    /// <summary>Writes a shared value.</summary>
    Write,

    /// <summary>Waits for a signal.</summary>
    Wait,

    /// <summary>Gives a signal.</summary>
    Signal,

    /// <summary>Looks whether a signal was given and goes on either way.</summary>
    Poll,

    /// <summary>Lets a limit of time pass.</summary>
    Timer,

    /// <summary>Something fails.</summary>
    Fault,

    /// <summary>The environment does what it does late: a delayed frame arrives, a link is trained.</summary>
    Arrive,
}
