using FsCheck.Xunit;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Axi4.Bench;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Traces;

/// <summary>Recorded traffic as a trace: what it holds, and what a replay of it waits for.</summary>
public sealed class AxiTraceRecordingTests
{
    // Cycles of a transaction, and the index that it must wait for, worked by hand.
    public static TheoryData<string, (bool IsRead, long Request, long Address, long Last)[], int?[]> Orders { get; } = new()
    {
        { "one after the other", [(false, 1, 1, 5), (true, 6, 6, 9), (false, 10, 10, 12), (true, 13, 13, 15)], [null, 0, 1, 2] },
        { "the last cycle of one is the first of the next", [(false, 1, 1, 5), (true, 5, 5, 9)], [null, null] },
        { "a read that began before the write ended", [(false, 1, 1, 9), (true, 8, 9, 12), (true, 13, 13, 15)], [null, null, 0] },
        { "a poll, then a read of the result", [(false, 1, 1, 4), (true, 5, 5, 7), (true, 8, 8, 10)], [null, 0, 1] },
        { "the read waits for the write, though another read ended later", [(true, 1, 1, 9), (false, 2, 2, 8), (true, 10, 10, 12)], [null, null, 1] },
        { "two writes that end in the other order", [(false, 1, 1, 9), (false, 2, 2, 6), (true, 7, 7, 8), (true, 10, 10, 12)], [null, null, 1, 1] },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public void A_replayed_transaction_waits_for_what_had_ended_before_it_began(string name, (bool IsRead, long Request, long Address, long Last)[] cycles, int?[] after)
    {
        Assert.NotEmpty(name);
        AxiTrace trace = AxiTrace.Of(new(dataBits: 32, addressBits: 16, idBits: 2), [.. cycles.Select(Recorded)]);

        Assert.Equal(after, trace.Transactions.Select(each => each.After));
        Assert.All(trace.Transactions, each => Assert.Equal(0, each.Gap));
    }

    [Property(MaxTest = 60)]
    public void A_read_never_overtakes_a_write_that_it_came_after_nor_a_write_a_read(ulong seed)
    {
        AxiTrace trace = Recorded(seed);
        HashSet<int>[] ended = [.. trace.Transactions.Select(_ => new HashSet<int>())];
        int ordered = 0;
        for (int index = 0; index < ended.Length; index++)
        {
            if (trace.Transactions[index].After is int after)
            {
                // It has ended, and with it all before it of its direction, and what each of those waited for.
                bool isRead = trace.Transactions[after].IsRead;
                foreach (int each in Enumerable.Range(0, after + 1).Where(each => trace.Transactions[each].IsRead == isRead))
                {
                    ended[index].Add(each);
                    ended[index].UnionWith(ended[each]);
                }
            }

            AxiTransactionTiming timing = trace.Timing![index];
            long begin = trace.Transactions[index].IsRead ? timing.Request : Math.Min(timing.Request, timing.Beats[0].Offered);
            int[] before = [.. Enumerable.Range(0, ended.Length).Where(each => trace.Timing[each].Last < begin && trace.Transactions[each].IsRead != trace.Transactions[index].IsRead)];
            Assert.Subset(ended[index], new HashSet<int>(before));
            ordered += before.Length;
        }

        Assert.True(ordered > 0, "no order between writes and reads was met");
    }

    [Property(MaxTest = 60)]
    public void A_recording_reads_back_from_JSON_and_from_golden_text(ulong seed)
    {
        AxiTrace trace = Recorded(seed);

        Assert.Equal(trace, AxiTraceJson.Parse(AxiTraceJson.Print(trace)));
        Assert.Null(AxiTraceDiff.Compare(AxiTraceText.Parse(AxiTraceText.Print(trace, hasBeats: true)), trace).First);
    }

    [Fact]
    public void Traffic_recorded_twice_with_other_stalls_is_the_same_golden_text()
    {
        string[] texts = [TextWith(wait: 0), TextWith(wait: 3)];

        Assert.Equal(2, texts[0].Split('\n').Count(text => text.StartsWith("W ", StringComparison.Ordinal) || text.StartsWith("R ", StringComparison.Ordinal)));
        Assert.Equal(texts[0], texts[1]);

        static string TextWith(int wait)
        {
            Timeline line = new(new(dataBits: 64, addressBits: 32, idBits: 2), AxiCheckOptions.Default);
            line.Write("w", new(IsRead: false, Id: 1, 0x1008, Beats: 4, Size: 3, Kind: 1), new() { AddressWait = wait, DataWait = wait, DataOffset = wait == 0 ? 0 : -1 });
            line.Read("r", new(IsRead: true, Id: 2, 0x1000, Beats: 2, Size: 3, Kind: 1), new() { AddressWait = wait, DataWait = wait });
            line.Idle(80);
            AxiRecorder recorder = new(line.Shape);
            _ = line.Judge(recorder);
            return AxiTraceText.Print(AxiTrace.Of(line.Shape, recorder.Transactions), hasBeats: true);
        }
    }

    [Fact]
    public void Read_lanes_with_x_and_the_data_of_errors_do_not_count()
    {
        Timeline line = new(new(dataBits: 64, addressBits: 32, idBits: 2), AxiCheckOptions.Default);
        line.Read("x", new(IsRead: true, Id: 0, 0x1000, Beats: 1, Size: 3, Kind: 1));
        line.Read("e", new(IsRead: true, Id: 0, 0x1000, Beats: 1, Size: 3, Kind: 1), new() { Response = AxiResponse.SlvErr });
        line.ChangeAll("x.r0", (ref AxiCycle pins) =>
        {
            pins.R.Data[0] = 0x1122_3344_5566_7788 & ~0x0000_0100_0000_0010UL;
            pins.R.DataUnknown[0] = 0x0000_0100_0000_0010;
        });
        line.Idle(80);
        AxiRecorder recorder = new(line.Shape);
        _ = line.Judge(recorder);
        AxiTrace trace = AxiTrace.Of(line.Shape, recorder.Transactions);

        // x in bytes 0 and 5.
        Assert.Equal([new([0x1122_0044_5566_7700UL], 0xde, AxiResponse.Okay, IsLast: true)], trace.Transactions[0].Beats);
        Assert.Equal([new([0UL], 0, AxiResponse.SlvErr, IsLast: true)], trace.Transactions[1].Beats);
    }

    private static AxiTrace Recorded(ulong seed)
    {
        AxiBusShape shape = new(dataBits: 64, addressBits: 32, idBits: 3);
        AxiRecorder recorder = new(shape);
        AxiChecker checker = new(shape, AxiCheckOptions.Default, recorder);
        foreach (AxiCycle pins in new LegalTraffic(seed, new(shape, Transactions: 40) { Pace = 1 + (int)(seed % 3) }).Cycles())
        {
            checker.Push(pins);
        }

        _ = checker.Finish();
        return AxiTrace.Of(shape, recorder.Transactions);
    }

    private static AxiTransaction Recorded((bool IsRead, long Request, long Address, long Last) cycles) => new()
    {
        IsRead = cycles.IsRead,
        Id = 0,
        Burst = new(0, beats: 1, size: 2, AxiBurstKind.Incr),
        Attributes = 0,
        User = 0,
        Beats = [new([0UL], 0xf, AxiResponse.Okay, IsLast: true, OfferedCycle: cycles.Address, cycles.Address)],
        Response = AxiResponse.Okay,
        RequestCycle = cycles.Request,
        AddressCycle = cycles.Address,
        AnswerCycle = cycles.Last,
        LastCycle = cycles.Last,
    };
}
