using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Support;

namespace Spanker.Conformance.Tests.Axi4.Traces;

/// <summary>Traces drawn from a seed, of any bus, legal and not: too few and too many beats, LAST anywhere, strobes anywhere, reserved bursts.</summary>
internal sealed class RandomTrace(ulong seed)
{
    private readonly SplitMix64 random = new(seed);

    public AxiTrace Draw(bool hasTiming)
    {
        AxiBusShape shape = new(8 << Below(8), addressBits: 1 + Below(64), idBits: Below(65));
        AxiTraceTransaction[] transactions = [.. Enumerable.Range(0, Below(6)).Select(index => Transaction(shape, index))];
        return new(shape, transactions, hasTiming ? [.. transactions.Select(Timing)] : null);
    }

    private AxiTraceTransaction Transaction(AxiBusShape shape, int index)
    {
        bool isRead = random.OneIn(2);
        AxiBurst burst = new(Bits(shape.AddressBits), beats: 1 + Below(random.OneIn(8) ? 256 : 6), size: Below(8), (AxiBurstKind)Below(4));
        AxiTraceAddress address = new(isRead, Bits(shape.IdBits), burst)
        {
            Lock = Rarely(2),
            Cache = Rarely(16),
            Prot = Rarely(8),
            Qos = Rarely(16),
            Region = Rarely(16),
            User = random.OneIn(4) ? random.Next() : 0,
        };
        int count = random.OneIn(4) ? Below(burst.Beats + 4) : burst.Beats;
        bool isOddLast = random.OneIn(4);
        bool isSparse = random.OneIn(3);
        AxiTraceBeat[] beats = [.. Enumerable.Range(0, count).Select(beat => Beat(shape, address, beat, isOddLast ? random.OneIn(2) : beat == count - 1, isSparse))];
        return new(address, beats, isRead ? AxiResponse.Okay : (AxiResponse)Rarely(4), shape.DataBytes)
        {
            Gap = Rarely(100),
            After = index > 0 && random.OneIn(2) ? Below(index) : null,
        };
    }

    private AxiTraceBeat Beat(AxiBusShape shape, AxiTraceAddress address, int beat, bool isLast, bool isSparse)
    {
        ulong[] data = [.. Enumerable.Range(0, shape.DataWords).Select(_ => Bits(Math.Min(64, shape.DataBits)))];
        AxiResponse response = address.IsRead ? (AxiResponse)Rarely(4) : AxiResponse.Okay;
        UInt128 usual = AxiTraceSummary.UsualLanes(address, beat, response, shape.DataBytes);
        UInt128 any = new UInt128(random.Next(), random.Next()) & new AxiLanes(0, shape.DataBytes - 1).Strobe;
        return new(data, isSparse ? any : usual, response, isLast);
    }

    private AxiTransactionTiming Timing(AxiTraceTransaction transaction) => new(
        Below(1000), Below(1000), Below(1000), Below(1000), [.. Enumerable.Range(0, transaction.Summary.Beats).Select(_ => ((long)Below(1000), (long)Below(1000)))]);

    private ulong Bits(int bits) => bits == 0 ? 0 : random.Next() >> (64 - bits);

    private int Below(int bound) => random.Below(bound);

    private int Rarely(int bound) => random.OneIn(4) ? Below(bound) : 0;
}
