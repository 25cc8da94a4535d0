namespace Spanker.Conformance.Collectives;

/// <summary>The link's state machine, a clock at a time (CONTRACT LNK-3).</summary>
/// <remarks>
/// Out of reset Down. Requested: Training. Still requested after <c>trainCycles</c> clocks: Up. Request dropped in Training or Up: Down. A failure leads to
/// Error, which only a reset leaves. Traffic passes in Up alone: <see cref="Gate"/>.
/// </remarks>
/// <param name="trainCycles">Clocks that training takes; the RTL's TRAIN_CYCLES.</param>
public sealed class LinkTraining(int trainCycles = LinkTraining.DefaultTrainCycles)
{
    /// <summary>TRAIN_CYCLES where nothing else is said.</summary>
    public const int DefaultTrainCycles = 16;

    private int trained;

    /// <summary>Where it stands.</summary>
    public LinkState State { get; private set; } = LinkState.Down;

    /// <summary>One clock.</summary>
    /// <param name="requested">Training is requested.</param>
    public void Clock(bool requested)
    {
        switch (State)
        {
            case LinkState.Down when requested:
                State = LinkState.Training;
                trained = 0;
                break;
            case LinkState.Training or LinkState.Up when !requested:
                State = LinkState.Down;
                break;
            case LinkState.Training when ++trained >= trainCycles:
                State = LinkState.Up;
                break;
            default:
                break;
        }
    }

    /// <summary>Clocks until it is Up, training requested throughout; the state is Up afterwards.</summary>
    public int Train()
    {
        int clocks = 0;
        while (State != LinkState.Up)
        {
            if (State == LinkState.Error)
            {
                throw new InvalidOperationException("a link in Error is trained only after a reset");
            }

            Clock(requested: true);
            clocks++;
        }

        return clocks;
    }

    /// <summary>The request is dropped for a clock.</summary>
    public void Drop() => Clock(requested: false);

    /// <summary>The link failed.</summary>
    public void Fail() => State = LinkState.Error;

    /// <summary>Reset.</summary>
    public void Reset()
    {
        State = LinkState.Down;
        trained = 0;
    }

    /// <summary>What passes of a 128-bit beat's valid: itself in Up, nothing otherwise.</summary>
    public bool Gate(bool valid) => valid && State == LinkState.Up;
}
