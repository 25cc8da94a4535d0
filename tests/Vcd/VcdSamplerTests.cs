using FsCheck.Xunit;
using Spanker.Conformance.Tests.Support;
using Spanker.Conformance.Vcd;
using Xunit;

namespace Spanker.Conformance.Tests.Vcd;

/// <summary>What is sampled at rising edges; expected values are written by hand or modelled as strings of digits.</summary>
public sealed class VcdSamplerTests
{
    [Theory]
    [InlineData("1!\n0\"\nb1010 #")]
    [InlineData("1!\nb1010 #\n0\"")]
    [InlineData("0\"\n1!\nb1010 #")]
    [InlineData("0\"\nb1010 #\n1!")]
    [InlineData("b1010 #\n1!\n0\"")]
    [InlineData("b1010 #\n0\"\n1!")]
    public void An_edge_samples_what_was_before_its_timestamp_wherever_its_line_stands(string lines) =>
        Assert.Equal(["5: 0 1 0101"], Samples($"{VcdText.Header("clk 1 !", "valid 1 \"", "data 4 #")}#0\n0!\n1\"\nb101 #\n#5\n{lines}\n#7\nb11 #\n"));

    [Theory]
    [InlineData("0!", "1!\n0!", false)]
    [InlineData("0!", "x!\n1!", true)]
    [InlineData("1!", "0!\n1!", false)]
    [InlineData("x!", "1!", false)]
    [InlineData("z!", "1!", false)]
    [InlineData("0!", "x!", false)]
    [InlineData("0!", "z!", false)]
    [InlineData("0!", "b1 !", true)]
    public void An_edge_is_0_before_and_1_at_the_end_of_a_timestamp(string before, string after, bool isEdge) =>
        Assert.Equal(isEdge ? 1 : 0, Samples($"{VcdText.Header("clk 1 !")}#0\n{before}\n#5\n{after}\n").Length);

    [Fact]
    public void A_clock_that_becomes_1_from_x_is_counted_and_no_edge()
    {
        VcdSampler sampler = Sampler($"{VcdText.Header("clk 1 !")}#0\nx!\n#5\n1!\n#10\n0!\n#15\n1!\n");
        Assert.True(sampler.Read());
        Assert.Equal((15UL, 1L), (sampler.Time, sampler.UnclearEdges));
    }

    [Fact]
    public void Edges_are_numbered_from_0()
    {
        VcdSampler sampler = Sampler($"{VcdText.Header("clk 1 !")}#0\n0!\n#5\n1!\n#10\n0!\n#15\n1!\n");
        List<long> edges = [];
        while (sampler.Read())
        {
            edges.Add(sampler.Edge);
        }

        Assert.Equal([0, 1], edges);
    }

    [Fact]
    public void A_gap_is_said_at_the_first_edge_behind_it_and_no_edge_is_seen_in_it()
    {
        VcdSampler sampler = Sampler(
            $"{VcdText.Header("clk 1 !")}#0\n0!\n#5\n1!\n#10\n0!\n#15\n$dumpoff\nx!\n$end\n1!\n#20\n0!\n#25\n1!\n#35\n$dumpon\n0!\n$end\n1!\n#40\n0!\n#45\n1!\n#50\n0!\n#55\n1!\n");
        List<(ulong, bool)> edges = [];
        while (sampler.Read())
        {
            edges.Add((sampler.Time, sampler.IsAfterGap));
        }

        // Icarus writes the clock's rise behind the section of the timestamp, at 15 and at 35: what was before is not known, so neither is an edge.
        Assert.Equal([(5, false), (45, true), (55, false)], edges);
    }

    [Fact]
    public void A_clock_of_two_bits_is_refused()
    {
        VcdReader reader = VcdText.Reader(VcdText.Header("clk 2 !"));
        Assert.Equal("the clock 't.clk' is 2 bits wide; expected one bit", Assert.Throws<VcdException>(() => new VcdSampler(reader, reader.Header.Variables[0], [])).Message);
    }

    [Theory]
    [InlineData('0', false, true, false)]
    [InlineData('1', true, false, false)]
    [InlineData('x', false, false, true)]
    [InlineData('z', false, false, true)]
    public void A_bit_is_high_or_low_or_unknown(char state, bool isHigh, bool isLow, bool isUnknown)
    {
        VcdReader reader = VcdText.Reader($"{VcdText.Header("clk 1 !", "v 1 \"")}#0\n0!\n{state}\"\n#5\n1!\n");
        VcdSampler sampler = new(reader, reader.Header.Variables[0], [reader.Header.Variables[1]]);
        Assert.True(sampler.Read());
        Assert.Equal((isHigh, isLow, isUnknown), (sampler.IsHigh(0), sampler.IsLow(0), sampler.HasUnknown(0)));
    }

    [Property(MaxTest = 400)]
    public void The_samples_are_those_of_the_model(ulong seed)
    {
        RandomDump dump = new(seed);
        Assert.Equal(dump.ExpectedSamples(), Samples(dump.Text(seed)));
    }

    [Property(MaxTest = 300)]
    public void Permuting_the_changes_within_timestamps_changes_no_sample(ulong seed, ulong permutation)
    {
        RandomDump dump = new(seed);
        Assert.Equal(Samples(dump.Text(1)), Samples(dump.Text(permutation)));
    }

    [Property(MaxTest = 300)]
    public void A_signal_that_is_not_named_as_changed_is_as_it_was_in_the_sample_before(ulong seed)
    {
        VcdReader reader = VcdText.Reader(new RandomDump(seed).Text(seed));
        VcdVariable[] variables = [.. reader.Header.Variables.Where(variable => variable.Kind == VcdVariableKind.Bits)];
        VcdSampler sampler = new(reader, variables.First(variable => variable.WidthBits == 1), variables);
        string[] before = new string[variables.Length];
        while (sampler.Read())
        {
            string[] now = [.. variables.Select((variable, i) => VcdText.Digits(sampler.Value(i), sampler.Unknown(i), variable.WidthBits))];
            int[] differing = [.. Enumerable.Range(0, now.Length).Where(i => now[i] != before[i])];
            Assert.Empty(differing.Except(sampler.Changed.ToArray()));
            before = now;
        }
    }

    [Fact]
    public void Signals_are_named_as_changed_once_and_only_if_they_had_a_value_since_the_sample_before()
    {
        VcdReader reader = VcdText.Reader($"{VcdText.Header("clk 1 !", "a 1 \"", "b 1 #", "c 1 \"")}#0\n0!\n0\"\n0#\n#5\n1!\n#6\n1\"\n#7\n0\"\n#10\n0!\n#15\n1!\n1#\n#20\n0!\n#25\n1!\n");
        VcdSampler sampler = new(reader, reader.Header.Variables[0], [.. reader.Header.Variables.Skip(1)]);
        List<int[]> changed = [];
        while (sampler.Read())
        {
            changed.Add([.. sampler.Changed.ToArray().Order()]);
        }

        // a and c share a net; b changes in the timestamp of the second edge, and so for the third sample.
        Assert.Equal([[0, 1, 2], [0, 2], [1]], changed);
    }

    [Fact]
    public void The_drawn_dumps_reach_edges_with_x_z_wide_vectors_and_glitches()
    {
        RandomDump[] dumps = [.. Enumerable.Range(0, 400).Select(seed => new RandomDump((ulong)seed))];
        string[] samples = [.. dumps.SelectMany(dump => dump.ExpectedSamples())];
        int glitches = dumps.Sum(dump => dump.Timestamps.Count(timestamp => timestamp.Changes.Count(change => change.Signal == 0) > 1));
        int[] reached = [samples.Length, samples.Count(s => s.Contains('x')), samples.Count(s => s.Contains('z')), samples.Count(s => s.Length > 140), glitches];
        Assert.All(reached, times => Assert.InRange(times, 50, int.MaxValue));
    }

    [Fact]
    public void Reordering_the_lines_of_a_simulators_dump_changes_no_sample()
    {
        string text = File.ReadAllText(RepositoryRoot.File("golden/axi4/vcd/verilator.vcd"));
        string[] lines = text.Split('\n');
        int first = Array.FindIndex(lines, line => line.StartsWith('#'));
        List<string> reversed = [.. lines[..first]];
        for (int at = first; at < lines.Length;)
        {
            int next = Array.FindIndex(lines, at + 1, line => line.StartsWith('#'));
            next = next < 0 ? lines.Length - 1 : next;
            reversed.Add(lines[at]);
            reversed.AddRange(lines[(at + 1)..next].Reverse());
            at = next == lines.Length - 1 ? lines.Length : next;
        }

        Assert.Equal(Samples(text), Samples(string.Join('\n', reversed) + "\n"));
    }

    private static VcdSampler Sampler(string text)
    {
        VcdReader reader = VcdText.Reader(text);
        return new VcdSampler(reader, reader.Header.Variables[0], []);
    }

    /// <summary>Samples of all variables with the first as clock, one line each.</summary>
    private static string[] Samples(string text)
    {
        VcdReader reader = VcdText.Reader(text);
        VcdVariable[] variables = [.. reader.Header.Variables.Where(variable => variable.Kind == VcdVariableKind.Bits)];
        VcdSampler sampler = new(reader, variables.First(variable => variable.WidthBits == 1), variables);
        List<string> lines = [];
        while (sampler.Read())
        {
            lines.Add($"{sampler.Time}: {string.Join(' ', variables.Select((variable, i) => VcdText.Digits(sampler.Value(i), sampler.Unknown(i), variable.WidthBits)))}");
        }

        return [.. lines];
    }
}
