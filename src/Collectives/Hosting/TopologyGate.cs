using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Collectives;

/// <summary>The state of a hosted topology, changed at one stroke a step; whoever calls, aborts or closes goes through it.</summary>
/// <remarks>
/// <code>
/// Ready --Begin--> Busy --Commit--> Finishing --End--> Ready
///                  Busy --EndBroken--> Broken --BeginForm--> Forming --EndForm--> Ready
/// any --BeginClose, AwaitIdle, EndClose--> Closed
/// </code>
/// Who calls a call off holds it in Busy until the flag is raised, so that the flag never hits a later call.
/// </remarks>
public sealed class TopologyGate : SharedObject
{
    /// <summary>The step was taken.</summary>
    public const int Granted = 0;

    /// <summary>Refused: a call or forming is under way.</summary>
    public const int InUse = -1;

    /// <summary>Refused: a call failed and the topology was not formed since.</summary>
    public const int NotFormed = -2;

    /// <summary>Refused: closed, or being closed.</summary>
    public const int IsClosed = -3;

    /// <summary>To <see cref="Commit"/>: the call was called off. To <see cref="BeginClose"/>: a call runs, which whoever closes has to call off.</summary>
    public const int CalledOff = -4;

    private const int StateFacet = 0;
    private int callingOff;
    private bool calledOff;
    private bool closing;

    /// <inheritdoc/>
    public override string Name => "topology";

    /// <summary>Where it stands.</summary>
    public TopologyState State { get; private set; }

    /// <summary>Calls admitted so far.</summary>
    public int Calls { get; private set; }

    /// <summary>True if the call that ran last was called off from outside.</summary>
    public bool WasCalledOff => calledOff;

    /// <summary>A call begins.</summary>
    public Operation Begin() => new(this, OperationKind.Lock, (int)Step.Begin);

    /// <summary>Every card ended well: from now on the call succeeds, unless it was called off before.</summary>
    public Operation Commit() => new(this, OperationKind.Write, (int)Step.Commit);

    /// <summary>A call ends.</summary>
    public Operation End(bool well) => new(this, OperationKind.Unlock, (int)(well ? Step.End : Step.EndBroken));

    /// <summary>Forming begins.</summary>
    public Operation BeginForm() => new(this, OperationKind.Lock, (int)Step.BeginForm);

    /// <summary>It is formed.</summary>
    public Operation EndForm() => new(this, OperationKind.Unlock, (int)Step.EndForm);

    /// <summary>Someone wants to call the running call off; the outcome is its number from 1, or 0 if none runs or it is too late.</summary>
    public Operation BeginCallingOff() => new(this, OperationKind.Lock, (int)Step.BeginCallingOff);

    /// <summary>The flag is raised.</summary>
    public Operation EndCallingOff() => new(this, OperationKind.Unlock, (int)Step.EndCallingOff);

    /// <summary>Someone closes; <see cref="IsClosed"/> if somebody else already does.</summary>
    public Operation BeginClose() => new(this, OperationKind.Lock, (int)Step.BeginClose);

    /// <summary>Waits until no call runs and nothing is being formed.</summary>
    public Operation AwaitIdle() => new(this, OperationKind.Wait, (int)Step.AwaitIdle);

    /// <summary>It is closed.</summary>
    public Operation EndClose() => new(this, OperationKind.Unlock, (int)Step.EndClose);

    /// <summary>Waits until it is closed.</summary>
    public Operation AwaitClosed() => new(this, OperationKind.Wait, (int)Step.AwaitClosed);

    /// <inheritdoc/>
    public override void Reset()
    {
        State = TopologyState.Ready;
        Calls = 0;
        callingOff = 0;
        calledOff = false;
        closing = false;
    }

    /// <inheritdoc/>
    public override bool Permits(in Operation operation) => (Step)operation.Argument switch
    {
        Step.Commit or Step.End or Step.EndBroken => callingOff == 0,
        Step.AwaitIdle => !IsInUse,
        Step.AwaitClosed => State == TopologyState.Closed,
        _ => true,
    };

    /// <inheritdoc/>
    public override int Perform(in Operation operation)
    {
        switch ((Step)operation.Argument)
        {
            case Step.Begin:
                return Admit(TopologyState.Busy);
            case Step.BeginForm:
                return Admit(TopologyState.Forming);
            case Step.Commit:
                State = calledOff ? State : TopologyState.Finishing;
                return calledOff ? CalledOff : Granted;
            case Step.End or Step.EndForm:
                State = TopologyState.Ready;
                return Granted;
            case Step.EndBroken:
                State = TopologyState.Broken;
                return Granted;
            case Step.BeginCallingOff:
                return CallOff() ? Calls : 0;
            case Step.EndCallingOff:
                callingOff--;
                return Granted;
            case Step.BeginClose:
                if (closing)
                {
                    return IsClosed;
                }

                closing = true;
                return CallOff() ? CalledOff : Granted;
            case Step.EndClose:
                State = TopologyState.Closed;
                return Granted;
            default:
                return Granted;
        }
    }

    /// <inheritdoc/>
    public override void Touch(in Operation operation, ref Footprint footprint)
    {
        if (operation.Kind == OperationKind.Wait)
        {
            footprint.Reads(this, StateFacet);
        }
        else
        {
            footprint.Writes(this, StateFacet);
        }
    }

    /// <inheritdoc/>
    public override string ChoiceOf(in Operation operation) => "topology state";

    /// <inheritdoc/>
    public override string ChoiceBetween(in Operation operation, in Operation other) =>
        operation.Argument == (int)Step.BeginCallingOff || other.Argument == (int)Step.BeginCallingOff ? "abort"
        : operation.Argument == (int)Step.BeginClose || other.Argument == (int)Step.BeginClose ? "close"
        : "topology state";

    /// <inheritdoc/>
    public override string Describe(in Operation operation) => (Step)operation.Argument switch
    {
        Step.Begin => "begin a call",
        Step.Commit => "commit the call",
        Step.End => "end the call",
        Step.EndBroken => "end the call, failed",
        Step.BeginForm => "begin to form",
        Step.EndForm => "end forming",
        Step.BeginCallingOff => "begin to call off",
        Step.EndCallingOff => "end calling off",
        Step.BeginClose => "begin to close",
        Step.AwaitIdle => "wait until no call runs",
        Step.EndClose => "end closing",
        _ => "wait until closed",
    };

    private bool IsInUse => State is TopologyState.Busy or TopologyState.Finishing or TopologyState.Forming;

    private int Admit(TopologyState next)
    {
        if (closing)
        {
            return IsClosed;
        }

        if (IsInUse)
        {
            return InUse;
        }

        if (next == TopologyState.Busy)
        {
            if (State == TopologyState.Broken)
            {
                return NotFormed;
            }

            Calls++;
            calledOff = false;
        }

        State = next;
        return Granted;
    }

    private bool CallOff()
    {
        if (State != TopologyState.Busy)
        {
            return false;
        }

        calledOff = true;
        callingOff++;
        return true;
    }

    private enum Step
    {
        Begin,
        Commit,
        End,
        EndBroken,
        BeginForm,
        EndForm,
        BeginCallingOff,
        EndCallingOff,
        BeginClose,
        AwaitIdle,
        EndClose,
        AwaitClosed,
    }
}
