using System.Buffers.Binary;
using Spanker.Conformance.Suite.Gguf;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Gguf;

/// <summary>The sample file, cut and corrupted at every byte: one clear line, little memory, no other exception.</summary>
public sealed class GgufDamageTests
{
    private const int HeaderBytes = 736;

    /// <summary>What a header of 736 bytes may make a reader allocate, its exception and message included; a count of 2^20 items would exceed it.</summary>
    private const long AllocationLimitBytes = 256 * 1024;

    private static readonly byte[] Sample = File.ReadAllBytes(RepositoryRoot.File("golden/q4k/sample.gguf"));

    [Fact]
    public void A_file_cut_at_any_byte_of_its_header_is_refused_in_one_line()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("gguf").FullName, "cut.gguf");
        try
        {
            for (int length = 0; length <= HeaderBytes; length++)
            {
                File.WriteAllBytes(path, Sample.AsSpan(0, length));
                GgufException fault = Assert.Throws<GgufException>(() => GgufFile.Open(path).Dispose());
                AssertOneLine(fault, $"cut at {length}");
            }
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    [Fact]
    public void A_file_cut_anywhere_in_its_data_is_refused()
    {
        // Every length near the end and a stride over the rest; the last tensor is Q8_0, so its end is known.
        for (int length = HeaderBytes; length < Sample.Length; length += length < Sample.Length - 5000 ? 997 : 1)
        {
            GgufException fault = Assert.Throws<GgufException>(() => GgufBytes.Parse(Sample.AsSpan(0, length)));
            AssertOneLine(fault, $"cut at {length}");
        }
    }

    [Fact]
    public void A_flipped_bit_in_the_header_is_read_or_refused_and_costs_little_memory()
    {
        int refused = 0;
        byte[] damaged = [.. Sample];
        for (int bit = 0; bit < HeaderBytes * 8; bit++)
        {
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            refused += ReadOrRefuse(damaged, $"bit {bit}") ? 0 : 1;
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        // Magic, version, counts, lengths, types and offsets make up about a third of the header; all of them must matter.
        Assert.InRange(refused, 1000, (HeaderBytes * 8) - 1000);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(0x7fffffffUL)]
    [InlineData(0xffffffffUL)]
    [InlineData(GgufBytes.Huge)]
    [InlineData(0x7fffffffffffffffUL)]
    [InlineData(0x8000000000000000UL)]
    [InlineData(0xffffffffffffffffUL)]
    public void A_hostile_number_over_any_eight_bytes_of_the_header_is_read_or_refused_and_costs_little_memory(ulong value)
    {
        byte[] damaged = [.. Sample];
        for (int offset = 0; offset <= HeaderBytes - sizeof(ulong); offset++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(damaged.AsSpan(offset), value);
            ReadOrRefuse(damaged, $"{value} at byte {offset}");
            Sample.AsSpan(offset, sizeof(ulong)).CopyTo(damaged.AsSpan(offset));
        }
    }

    private static bool ReadOrRefuse(byte[] file, string damage)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        GgufException? fault = null;
        try
        {
            GgufBytes.Parse(file);
        }
        catch (GgufException e)
        {
            fault = e;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < AllocationLimitBytes, $"{damage}: {allocated} bytes allocated");
        if (fault is not null)
        {
            AssertOneLine(fault, damage);
        }

        return fault is null;
    }

    private static void AssertOneLine(GgufException fault, string damage)
    {
        bool clear = fault.OffsetBytes is not null && fault.Message.Contains($"byte {fault.OffsetBytes}: ", StringComparison.Ordinal)
            && fault.Message.Contains("; expected ", StringComparison.Ordinal) && !fault.Message.Any(char.IsControl) && fault.Message.Length < 500;
        Assert.True(clear, $"{damage}: {fault.Message}");
    }
}
