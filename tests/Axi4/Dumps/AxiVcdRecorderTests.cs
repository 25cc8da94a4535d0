using System.Text;
using FsCheck.Xunit;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Tests.Axi4.Bench;
using Spanker.Conformance.Tests.Axi4.Rules;
using Spanker.Conformance.Vcd;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Dumps;

/// <summary>What is judged of a recorded dump is what is judged of the cycles themselves.</summary>
public sealed class AxiVcdRecorderTests
{
    private static readonly AxiCheckOptions MemoryOnly = new() { Profile = new AxiProfile { Name = "memory", TargetIsMemory = true } };

    private static readonly Dictionary<string, Mutant> Table =
        CycleMutants.All.Concat(UnknownMutants.All).Concat(TransactionMutants.All).ToDictionary(mutant => mutant.Rule);

    public static TheoryData<string> Mutants => [.. Table.Keys];

    [Property(MaxTest = 30)]
    public void A_dump_of_random_traffic_gives_the_verdict_and_the_transactions_of_its_cycles(ulong seed, byte width, byte idBits, bool isFourState, byte gaps, ushort cutAt)
    {
        AxiBusShape shape = new(8 << (width % 8), addressBits: 14 + (width % 51), idBits % 9) { IsFourState = isFourState };
        AxiCycle[] cycles = [.. new LegalTraffic(seed, new(shape, Transactions: 12) { Pace = 1 + (int)(seed % 3) }).Cycles().SkipLast(cutAt % 200)];

        DumpVerdicts.AssertSame(shape, MemoryOnly, probe =>
        {
            for (int cycle = 0; cycle < cycles.Length; cycle++)
            {
                // At most three gaps, somewhere, the first cycle included.
                if (gaps % 4 > 0 && cycle % (cycles.Length / (gaps % 4)) == gaps / 4 % (cycles.Length / (gaps % 4)))
                {
                    probe.Gap();
                }

                probe.Push(cycles[cycle]);
            }
        });
    }

    [Property(MaxTest = 10)]
    public void A_dump_of_random_traffic_of_profile_A_gives_the_verdict_of_its_cycles(ulong seed)
    {
        LegalTraffic traffic = new(seed, new(AxiBusShape.ProfileA, Transactions: 12) { IsProfileA = true });
        AxiCycle[] cycles = [.. traffic.Cycles()];

        DumpVerdicts.AssertSame(AxiBusShape.ProfileA, AxiCheckOptions.GenerationA, probe => Array.ForEach(cycles, pins => probe.Push(pins)));
    }

    [Theory]
    [MemberData(nameof(Mutants))]
    public void A_dump_of_a_mutant_gives_the_verdict_of_its_cycles(string rule)
    {
        Timeline line = Table[rule].Broken();

        DumpVerdicts.AssertSame(line.Shape, line.Options, line.PushTo);
    }

    // By hand: cycle 0 is there from time 0 and sampled at 5, cycle 1 from 5 on and sampled at 15.
    [Fact]
    public void A_dump_shows_each_cycle_from_the_edge_before_its_own()
    {
        AxiBusShape shape = new(dataBits: 8, addressBits: 4, idBits: 0) { Signals = AxiSignalSet.Of(AxiSignal.ArValid, AxiSignal.ArReady, AxiSignal.ArAddr, AxiSignal.Reset) };
        byte[] dump = DumpVerdicts.Record(shape, probe =>
        {
            AxiCycle pins = new() { Reset = AxiBit.High };
            pins.Set(AxiSignal.ArAddr, 0, unknown: 0xf);
            probe.Push(pins);
            pins.Reset = AxiBit.Low;
            pins.Set(AxiSignal.ArValid, 1);
            pins.Set(AxiSignal.ArAddr, 0b0101);
            probe.Push(pins);
            probe.Gap();
            probe.Push(pins);
        });

        string expected = """
            $version
            	Spanker Conformance
            $end
            $timescale
            	1ns
            $end
            $scope module case $end
            $scope module bus $end
            $var wire 1 ! aclk $end
            $var wire 1 " aresetn $end
            $var wire 1 # arvalid $end
            $var wire 1 $ arready $end
            $var wire 4 % araddr [3:0] $end
            $upscope $end
            $upscope $end
            $enddefinitions $end
            #0
            $dumpvars
            0!
            0"
            0#
            0$
            bx %
            $end
            #5
            1!
            1"
            1#
            b101 %
            #10
            0!
            #15
            1!
            #20
            $dumpoff
            x!
            x"
            x#
            x$
            bx %
            $end
            #25
            $dumpon
            0!
            1"
            1#
            0$
            b101 %
            $end
            #30
            1!

            """;
        Assert.Equal(expected.ReplaceLineEndings("\n"), Encoding.ASCII.GetString(dump));
    }
}
