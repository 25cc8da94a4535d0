using System.Text.Json.Nodes;
using FsCheck.Xunit;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Rtl;

/// <summary>Another bench than ours reads a trace as JSON, replays it on hardware and verifies what comes back.</summary>
public sealed class ReplayTests
{
    private static readonly string ByHand = File.ReadAllText(RepositoryRoot.File("tests/Rtl/Replay/by-hand.json"));

    private static readonly Lazy<string> Recorded = new(() =>
    {
        BusVerdict bus = PairRun.Of(Simulator.Icarus, fault: 0).Bus;
        return AxiTraceJson.Print(AxiTrace.Of(bus.Shape, bus.Transactions));
    });

    [Fact]
    public void A_trace_that_was_written_by_hand_is_replayed_without_a_mismatch()
    {
        ToolRun run = ReplayBench.Replay(ByHand);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Matches("^10 transactions, 10 beats of R compared, [0-9]+ cycles: 0 mismatches\n$", run.Output);
    }

    [Fact]
    public void The_trace_that_was_written_by_hand_is_one() => Assert.Equal(ByHand, AxiTraceJson.Print(AxiTraceJson.Parse(ByHand)));

    [Fact]
    public void What_a_simulator_dumped_is_replayed_without_a_mismatch()
    {
        ToolRun run = ReplayBench.Replay(Recorded.Value);

        Assert.Equal((0, "", true), (run.ExitCode, run.Errors, run.Output.Contains(": 0 mismatches", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_changed_expected_byte_is_named_by_transaction_and_beat()
    {
        JsonNode trace = JsonNode.Parse(ByHand)!;
        Change(trace, transaction: 1, beat: 1, lane: 31);

        ToolRun run = ReplayBench.Replay(trace.ToJsonString());

        string[] lines = run.Output.Split('\n');
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            "transaction 1 (R id 0x2 at 0x000000001000), beat 1: data under mask 0xffffffff: expected 0x1100000a10000009100000081000000710000006100000051000000410000003, actual 0x1000000a10000009100000081000000710000006100000051000000410000003",
            lines[0]);
        Assert.EndsWith(": 1 mismatches", lines[1], StringComparison.Ordinal);
    }

    [Property(MaxTest = 25)]
    public void Any_changed_expected_byte_under_the_mask_fails_in_its_transaction_and_beat(ulong seed)
    {
        JsonNode trace = JsonNode.Parse(Recorded.Value)!;
        SplitMix64 random = new(seed);
        (int Transaction, int Beat, int Lane)[] places = [.. Places(trace)];
        (int transaction, int beat, int lane) = places[random.Below(places.Length)];
        Change(trace, transaction, beat, lane);

        ToolRun run = ReplayBench.Replay(trace.ToJsonString());

        Assert.Equal((1, 1), (run.ExitCode, run.Output.Split('\n').Count(line => line.StartsWith($"transaction {transaction} (", StringComparison.Ordinal) && line.Contains($", beat {beat}: data", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("\"resp\": \"DECERR\"\n", "\"resp\": \"OKAY\"\n", "transaction 6 (W id 0x7 at 0x000000010000): resp: expected OKAY, actual DECERR")]
    [InlineData("\"resp\": \"SLVERR\", \"last\": false", "\"resp\": \"OKAY\", \"last\": false", "transaction 9 (R id 0xa at 0x000000001008), beat 0: resp: expected OKAY, actual SLVERR")]
    [InlineData("\"resp\": \"SLVERR\", \"last\": false", "\"resp\": \"SLVERR\", \"last\": true", "transaction 9 (R id 0xa at 0x000000001008), beat 0: last: expected true, actual false")]
    [InlineData("\"len\": 2,", "\"len\": 1,", "transaction 7 (R id 0x8 at 0x000000010000), beat 1: last: expected false, actual true")]
    public void Another_response_or_end_than_expected_is_a_mismatch(string was, string becomes, string line)
    {
        Assert.Contains(was, ByHand, StringComparison.Ordinal);

        ToolRun run = ReplayBench.Replay(ByHand.Replace(was, becomes, StringComparison.Ordinal));

        Assert.Equal((1, line), (run.ExitCode, run.Output.Split('\n')[0]));
    }

    [Theory]
    [InlineData("\"len\": 2,", "\"len\": 256,", "axi_replay: transactions[7].len: 256; expected 0 to 255")]
    [InlineData("\"data_bits\": 256", "\"data_bits\": 128", "axi_replay: bus.data_bits: 128; expected 256, which the pins of this bench have")]
    [InlineData("trace/1", "trace/2", "axi_replay: schema: \"spanker-axi-trace/2\"; expected one of spanker-axi-trace/1")]
    [InlineData("\"0x2\"", "\"0xA\"", "axi_replay: transactions[1].id: \"0xA\"; expected 0x and 1 digits of 0-9a-f")]
    [InlineData("\"after\": 8", "\"after\": 9", "axi_replay: transactions[9].after: 9; expected 0 to 8")]
    [InlineData("\"kind\": \"R\"", "\"kind\": \"Q\"", "axi_replay: transactions[1].kind: \"Q\"; expected one of W, R")]
    public void What_is_no_trace_is_refused_in_a_line(string was, string becomes, string line)
    {
        Assert.Contains(was, ByHand, StringComparison.Ordinal);

        ToolRun run = ReplayBench.Replay(ByHand.Replace(was, becomes, StringComparison.Ordinal));

        Assert.Equal((2, "", line + "\n"), (run.ExitCode, run.Output, run.Errors));
    }

    [Fact]
    public void A_library_that_is_no_slave_is_refused_in_a_line()
    {
        ToolRun run = ReplayBench.Start(RepositoryRoot.File("tests/Rtl/Replay/by-hand.json"), "nothing.so");

        Assert.Equal((2, "axi_replay: nothing.so: cannot open shared object file: No such file or directory\n"), (run.ExitCode, run.Errors));
    }

    private static IEnumerable<(int Transaction, int Beat, int Lane)> Places(JsonNode trace)
    {
        JsonArray all = trace["transactions"]!.AsArray();
        for (int i = 0; i < all.Count; i++)
        {
            if (all[i]!["kind"]!.GetValue<string>() != "R")
            {
                continue;
            }

            JsonArray beats = all[i]!["expect"]!["beats"]!.AsArray();
            for (int beat = 0; beat < beats.Count; beat++)
            {
                uint mask = Convert.ToUInt32(beats[beat]!["mask"]!.GetValue<string>(), 16);
                foreach (int lane in Enumerable.Range(0, 32).Where(lane => ((mask >> lane) & 1) != 0))
                {
                    yield return (i, beat, lane);
                }
            }
        }
    }

    /// <summary>Flips the lowest bit of a byte that is expected.</summary>
    private static void Change(JsonNode trace, int transaction, int beat, int lane)
    {
        JsonNode expected = trace["transactions"]![transaction]!["expect"]!["beats"]![beat]!;
        char[] data = expected["data"]!.GetValue<string>().ToCharArray();
        int digit = data.Length - 1 - (2 * lane);
        data[digit] = "0123456789abcdef"[Convert.ToInt32(data[digit].ToString(), 16) ^ 1];
        expected["data"] = new string(data);
    }
}
