namespace Spanker.Conformance.Axi4;

/// <summary>The rules that look at pins from one cycle to the next, out of reset: handshakes, payloads that wait, x, progress.</summary>
/// <remarks>
/// Most channels have nothing that waited before, and a READY for their VALID. Then only x can be wrong, and how often each had something to
/// judge follows from a count for each set of channels that transfer so in one cycle; the others are looked at one by one.
/// </remarks>
internal sealed class CycleRules(AxiBusShape shape, AxiCheckOptions options, RuleBook book)
{
    // Sets of channels (CycleState).
    private const int Aw = 1 << (2 * (int)AxiChannel.WriteAddress);
    private const int W = 1 << (2 * (int)AxiChannel.WriteData);
    private const int B = 1 << (2 * (int)AxiChannel.WriteResponse);
    private const int Ar = 1 << (2 * (int)AxiChannel.ReadAddress);
    private const int R = 1 << (2 * (int)AxiChannel.ReadData);
    private const int Writes = Aw | W | B;
    private const int Reads = Ar | R;

    private readonly AddressChannel aw = new(AxiSignal.AwValid, options, book);
    private readonly WriteDataChannel w = new(shape, options, book);
    private readonly WriteResponseChannel b = new(options, book);
    private readonly AddressChannel ar = new(AxiSignal.ArValid, options, book);
    private readonly ReadDataChannel r = new(shape, options, book);
    private readonly DeadlockRule writeDeadlock = new(options, book, "writes");
    private readonly DeadlockRule readDeadlock = new(options, book, "reads");
    private readonly long[] transferring = new long[CycleState.Values];
    private int waiting;

    /// <summary>Judges one cycle.</summary>
    /// <param name="pins">The pins.</param>
    /// <param name="state">What the cycle is about.</param>
    /// <param name="hasDataAhead">Whether data was taken for a write whose address is not accepted yet.</param>
    /// <param name="cycle">The cycle.</param>
    public void Push(in AxiCycle pins, CycleState state, bool hasDataAhead, long cycle)
    {
        int looked = waiting | state.Waiting | state.UnknownHandshakes;
        transferring[state.Valid & ~(looked | (looked << 1))]++;
        if (looked != 0)
        {
            PushEach(pins, looked, cycle);
            JudgeProgress(pins, state, hasDataAhead, cycle);
            waiting = state.Waiting;
        }

        if (state.HasUnknownPayloads)
        {
            JudgeUnknown(pins, cycle);
        }
    }

    /// <summary>What came before is not known, or was ended by a reset.</summary>
    public void Forget()
    {
        waiting = 0;
        aw.Forget();
        w.Forget();
        b.Forget();
        ar.Forget();
        r.Forget();
        writeDeadlock.Forget();
        readDeadlock.Forget();
    }

    /// <summary>Adds what was judged in bulk to the tallies.</summary>
    /// <param name="liveCycles">Cycles out of reset.</param>
    public void Close(long liveCycles)
    {
        aw.Close(liveCycles, TransfersOf(AxiChannel.WriteAddress));
        w.Close(liveCycles, TransfersOf(AxiChannel.WriteData));
        b.Close(liveCycles, TransfersOf(AxiChannel.WriteResponse));
        ar.Close(liveCycles, TransfersOf(AxiChannel.ReadAddress));
        r.Close(liveCycles, TransfersOf(AxiChannel.ReadData));
    }

    private void PushEach(in AxiCycle pins, int channels, long cycle)
    {
        if ((channels & Aw) != 0)
        {
            aw.Push(pins.Aw, cycle);
        }

        if ((channels & W) != 0)
        {
            w.Push(pins.W, cycle);
        }

        if ((channels & B) != 0)
        {
            b.Push(pins.B, cycle);
        }

        if ((channels & Ar) != 0)
        {
            ar.Push(pins.Ar, cycle);
        }

        if ((channels & R) != 0)
        {
            r.Push(pins.R, cycle);
        }
    }

    private void JudgeUnknown(in AxiCycle pins, long cycle)
    {
        aw.JudgeUnknown(pins.Aw, cycle);
        w.JudgeUnknown(pins.W, cycle);
        b.JudgeUnknown(pins.B, cycle);
        ar.JudgeUnknown(pins.Ar, cycle);
        r.JudgeUnknown(pins.R, cycle);
    }

    private void JudgeProgress(in AxiCycle pins, CycleState state, bool hasDataAhead, long cycle)
    {
        // A slave may wait for WVALID before AWREADY; a master may not wait for AWREADY before WVALID (IHI 0022, A3.3.1). Where the data went ahead
        // of the address, it is the slave that waits.
        int stalled = state.Waiting;
        bool isMasters = (stalled & B) != 0 || ((stalled & Aw) != 0 && pins.W.Valid == AxiBit.Low && !hasDataAhead);
        writeDeadlock.Push((state.Transferring & Writes) != 0, (stalled & Writes) != 0, isMasters ? AxiBlame.Master : AxiBlame.Slave, cycle);
        readDeadlock.Push((state.Transferring & Reads) != 0, (stalled & Reads) != 0, (stalled & R) != 0 ? AxiBlame.Master : AxiBlame.Slave, cycle);
    }

    private long TransfersOf(AxiChannel channel)
    {
        long sum = 0;
        for (int valid = 0; valid < transferring.Length; valid++)
        {
            sum += new CycleState(valid).IsValid(channel) ? transferring[valid] : 0;
        }

        return sum;
    }
}
