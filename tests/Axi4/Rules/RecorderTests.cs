using Spanker.Conformance.Axi4;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Rules;

public sealed class RecorderTests
{
    [Fact]
    public void Lanes_with_x_are_those_of_the_read_that_had_them_even_after_one_that_was_given_up()
    {
        AxiRecorder recorder = new(AxiBusShape.ProfileA);
        AxiChecker checker = new(AxiBusShape.ProfileA, AxiCheckOptions.GenerationA, recorder);

        // After a gap, one outstanding being the most, the second address proves that the first read has ended; its end was not seen.
        checker.Gap();
        Ask(checker, beats: 4);
        Answer(checker, unknown: 0xff00, isLast: false);
        Ask(checker, beats: 1);
        Answer(checker, unknown: 0x0100_0000, isLast: true);
        _ = checker.Finish();

        AxiTransaction read = Assert.Single(recorder.Transactions);
        Assert.Equal((UInt128)0b1000, Assert.Single(read.Beats).UnknownLanes);
    }

    [Fact]
    public void What_finishes_when_the_memory_is_full_is_counted_and_not_kept()
    {
        // A transaction of one beat takes 256 + 64 + 32 bytes.
        AxiRecorder recorder = new(AxiBusShape.ProfileA, mostBytes: 1000);
        AxiChecker checker = new(AxiBusShape.ProfileA, AxiCheckOptions.GenerationA, recorder);
        for (int read = 0; read < 5; read++)
        {
            Ask(checker, beats: 1);
            Answer(checker, unknown: 0, isLast: true);
        }

        AxiVerdict verdict = checker.Finish();
        Assert.Equal((2, 3), (recorder.Transactions.Count, recorder.NotKept));
        Assert.Equal(5, verdict.Of(AxiRules.ReadBeats).Satisfied);
    }

    private static void Ask(AxiChecker checker, int beats)
    {
        AxiCycle pins = default;
        (pins.Ar.Valid, pins.Ar.Ready, pins.Ar.Size, pins.Ar.Burst, pins.Ar.Len) = (AxiBit.High, AxiBit.High, 5, AxiBurstKind.Incr, beats - 1);
        checker.Push(pins);
    }

    private static void Answer(AxiChecker checker, ulong unknown, bool isLast)
    {
        AxiCycle pins = default;
        (pins.R.Valid, pins.R.Ready, pins.R.Last) = (AxiBit.High, AxiBit.High, isLast ? AxiBit.High : AxiBit.Low);
        pins.R.DataUnknown[0] = unknown;
        checker.Push(pins);
    }
}
