using System.Text;
using Spanker.Conformance.Tests.Support;
using Spanker.Conformance.Vcd;
using Xunit;

namespace Spanker.Conformance.Tests.Vcd;

/// <summary>Dumps of simulators, cut and corrupted: read, incomplete, or refused in one clear line, and nothing else.</summary>
public sealed class VcdDamageTests
{
    private static readonly byte[] Dump = File.ReadAllBytes(RepositoryRoot.File("golden/axi4/vcd/icarus-gap.vcd"));

    private static readonly int HeaderBytes = Encoding.Latin1.GetString(Dump).IndexOf("$enddefinitions $end", StringComparison.Ordinal) + "$enddefinitions $end".Length;

    [Fact]
    public void A_header_cut_at_any_byte_is_incomplete()
    {
        for (int length = 0; length < HeaderBytes; length++)
        {
            VcdException fault = Assert.Throws<VcdException>(() => VcdText.ReadAll(new MemoryStream(Dump, 0, length), out _));
            Assert.True(fault.IsIncomplete, $"cut at {length}: {fault.Message}");
        }
    }

    [Fact]
    public void Changes_cut_at_any_byte_are_read_up_to_there_and_incomplete_unless_the_cut_is_between_lines()
    {
        string[] whole = VcdText.ReadAll(new MemoryStream(Dump), out _);
        for (int length = HeaderBytes + 1; length <= Dump.Length; length++)
        {
            string[] states = VcdText.ReadAll(new MemoryStream(Dump, 0, length), out VcdReader reader);
            Assert.Equal(whole.Take(states.Length - 1), states.SkipLast(1));
            bool isBetweenWords = Dump[length - 1] == '\n';
            Assert.True(isBetweenWords || reader.Incomplete is not null, $"cut at {length}");
        }
    }

    [Fact]
    public void A_flipped_bit_is_read_or_refused_in_one_line()
    {
        int refused = 0;
        byte[] damaged = [.. Dump];
        for (int bit = 0; bit < Dump.Length * 8; bit += 5)
        {
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                VcdText.ReadOnly(new MemoryStream(damaged));
            }
            catch (VcdException e)
            {
                refused++;
                Assert.True(e.Message.Contains("; expected ", StringComparison.Ordinal) && !e.Message.Any(char.IsControl), $"bit {bit}: {e.Message}");
            }

            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        // Most bits of digits, codes and keywords matter.
        Assert.InRange(refused, Dump.Length * 8 / 5 / 4, Dump.Length * 8 / 5);
    }

    [Fact]
    public void Fuzzing_for_a_moment_finds_nothing()
    {
        using StringWriter output = new();
        VcdFuzz fuzz = new(seed: 1, count: 1500, TimeSpan.MaxValue);
        Assert.True(fuzz.Run(output) == 0, output.ToString());
        Assert.InRange(fuzz.Read, 20, long.MaxValue);
        Assert.InRange(fuzz.Refused, 100, long.MaxValue);
    }

    [Fact]
    public void Fuzzing_finds_a_target_that_fails_on_a_damaged_dump()
    {
        using StringWriter output = new();
        VcdFuzz fuzz = new(seed: 1, count: 1500, TimeSpan.MaxValue, dump => _ = dump[Array.LastIndexOf(dump, (byte)35)]);
        Assert.Equal(1, fuzz.Run(output));
    }

    [Fact]
    public void A_damaged_dump_is_a_function_of_seed_and_index() => Assert.Equal(VcdFuzz.Damaged(seed: 7, index: 11), VcdFuzz.Damaged(seed: 7, index: 11));
}
