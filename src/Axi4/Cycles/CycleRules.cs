namespace Spanker.Conformance.Axi4;

/// <summary>The rules that look at pins from one cycle to the next, out of reset: handshakes, payloads that wait, x, progress.</summary>
/// <remarks>
/// In most cycles nothing waited before and every VALID has its READY. Then only x can be wrong, and how often each channel had something to
/// judge follows from a count for each set of channels that transfer together.
/// </remarks>
internal sealed class CycleRules(AxiBusShape shape, AxiCheckOptions options, RuleBook book)
{
    private readonly AddressChannel aw = new(AxiSignal.AwValid, options, book);
    private readonly WriteDataChannel w = new(shape, options, book);
    private readonly WriteResponseChannel b = new(options, book);
    private readonly AddressChannel ar = new(AxiSignal.ArValid, options, book);
    private readonly ReadDataChannel r = new(shape, options, book);
    private readonly DeadlockRule writeDeadlock = new(options, book, "writes");
    private readonly DeadlockRule readDeadlock = new(options, book, "reads");
    private readonly long[] transferring = new long[CycleState.Values];
    private bool isWaiting;

    /// <summary>Judges one cycle.</summary>
    /// <param name="pins">The pins.</param>
    /// <param name="state">What the cycle is about.</param>
    /// <param name="hasDataAhead">Whether data was taken for a write whose address is not accepted yet.</param>
    /// <param name="cycle">The cycle.</param>
    public void Push(in AxiCycle pins, CycleState state, bool hasDataAhead, long cycle)
    {
        if (isWaiting || state.HasWaiting || state.HasUnknownHandshake)
        {
            PushWaiting(pins, hasDataAhead, cycle);
        }
        else
        {
            transferring[state.Valid]++;
        }

        if (state.HasUnknownPayloads)
        {
            JudgeUnknown(pins, cycle);
        }
    }

    /// <summary>What came before is not known, or was ended by a reset.</summary>
    public void Forget()
    {
        isWaiting = false;
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

    private static bool IsTransfer(AxiBit valid, AxiBit ready) => valid == AxiBit.High && ready == AxiBit.High;

    private void PushWaiting(in AxiCycle pins, bool hasDataAhead, long cycle)
    {
        isWaiting = aw.Push(pins.Aw, cycle) | w.Push(pins.W, cycle) | b.Push(pins.B, cycle) | ar.Push(pins.Ar, cycle) | r.Push(pins.R, cycle);
        JudgeProgress(pins, hasDataAhead, cycle);
    }

    private void JudgeUnknown(in AxiCycle pins, long cycle)
    {
        aw.JudgeUnknown(pins.Aw, cycle);
        w.JudgeUnknown(pins.W, cycle);
        b.JudgeUnknown(pins.B, cycle);
        ar.JudgeUnknown(pins.Ar, cycle);
        r.JudgeUnknown(pins.R, cycle);
    }

    private void JudgeProgress(in AxiCycle pins, bool hasDataAhead, long cycle)
    {
        bool isAwStalled = pins.Aw.Valid == AxiBit.High && pins.Aw.Ready != AxiBit.High;
        bool isWStalled = pins.W.Valid == AxiBit.High && pins.W.Ready != AxiBit.High;
        bool isBStalled = pins.B.Valid == AxiBit.High && pins.B.Ready != AxiBit.High;
        bool hasWriteHandshake = IsTransfer(pins.Aw.Valid, pins.Aw.Ready) || IsTransfer(pins.W.Valid, pins.W.Ready) || IsTransfer(pins.B.Valid, pins.B.Ready);

        // A slave may wait for WVALID before AWREADY; a master may not wait for AWREADY before WVALID (IHI 0022, A3.3.1). Where the data went ahead
        // of the address, it is the slave that waits.
        bool isMasters = isBStalled || (isAwStalled && pins.W.Valid == AxiBit.Low && !hasDataAhead);
        writeDeadlock.Push(hasWriteHandshake, isAwStalled || isWStalled || isBStalled, isMasters ? AxiBlame.Master : AxiBlame.Slave, cycle);

        bool isRStalled = pins.R.Valid == AxiBit.High && pins.R.Ready != AxiBit.High;
        bool isArStalled = pins.Ar.Valid == AxiBit.High && pins.Ar.Ready != AxiBit.High;
        bool hasReadHandshake = IsTransfer(pins.Ar.Valid, pins.Ar.Ready) || IsTransfer(pins.R.Valid, pins.R.Ready);
        readDeadlock.Push(hasReadHandshake, isArStalled || isRStalled, isRStalled ? AxiBlame.Master : AxiBlame.Slave, cycle);
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
