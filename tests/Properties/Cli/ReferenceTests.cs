using System.Buffers.Binary;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Cli;

/// <summary><c>reference</c>, held to BigInteger arithmetic that starts from the bytes.</summary>
public sealed class ReferenceTests : IDisposable
{
    private const int BlockBytes = 144;
    private const int Rows = 5;
    private const int Columns = 7;
    private const int Blocks = 3;

    private readonly ToolRun tool = new();
    private readonly byte[] a = Operand(seed: 11, rows: Rows);
    private readonly byte[] b = Operand(seed: 12, rows: Columns);

    public ReferenceTests()
    {
        tool.Write("a", a);
        tool.Write("b", b);
    }

    public void Dispose() => tool.Dispose();

    [Theory]
    [InlineData("exact", false)]
    [InlineData("f32", true)]
    public void Every_element_equals_integer_arithmetic_rounded_once(string weights, bool roundsWeights)
    {
        int code = Multiply("--weights", weights);

        Assert.Equal(0, code);
        byte[] written = tool.Read("out");
        Assert.Equal(Rows * Columns * sizeof(float), written.Length);
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
            {
                float expected = BigIntegerOracle.Round(BigIntegerOracle.Dot(Row(a, i), Row(b, j), roundsWeights));
                float actual = BinaryPrimitives.ReadSingleLittleEndian(written.AsSpan(((i * Columns) + j) * sizeof(float)));
                Assert.True(expected == actual, $"y[{i},{j}]: expected {expected:R}, actual {actual:R}");
            }
        }
    }

    [Fact]
    public void Weights_are_rationals_unless_said_otherwise()
    {
        Multiply("--weights", "exact");
        byte[] exact = tool.Read("out");

        Multiply();

        Assert.Equal(exact, tool.Read("out"));
    }

    [Fact]
    public void The_two_definitions_of_a_weight_differ_on_these_operands()
    {
        Multiply("--weights", "exact");
        byte[] exact = tool.Read("out");

        Multiply("--weights", "f32");

        Assert.NotEqual(exact, tool.Read("out"));
    }

    [Fact]
    public void The_bound_of_one_product_in_f32_is_one_rounding_of_it()
    {
        // One product of 3 * 1: exact in binary32, and the bound is u * 3 = 3 * 2^-24 at the most plus what is added for safety.
        tool.Write("a1", OneWeight(q: 3));
        tool.Write("b1", OneWeight(q: 1));

        int code = tool.Invoke(
            "reference", "--a", "@a1", "--b", "@b1", "--m", "1", "--k", "256", "--n", "1", "--out", "@out", "--weights", "f32", "--bounds", "@bounds", "--class", "f32");

        Assert.Equal(0, code);
        Assert.Equal(3f, BinaryPrimitives.ReadSingleLittleEndian(tool.Read("out")));
        byte[] bounds = tool.Read("bounds");
        Assert.Equal(sizeof(double), bounds.Length);
        Assert.InRange(BinaryPrimitives.ReadDoubleLittleEndian(bounds), 0, 3 * Math.ScaleB(1.0001, -24));
    }

    [Fact]
    public void A_bound_that_says_nothing_is_written_as_infinity()
    {
        // 256 products of (1 + 2^-10)^2: a bound of 256 * 2^-8 * S reaches S, so bfloat16 says nothing.
        byte[] dense = new byte[BlockBytes];
        dense[0] = 1;
        dense[1] = 0x3c;
        dense.AsSpan(4, 4).Fill(1);
        dense.AsSpan(12, 4).Fill(1);
        dense.AsSpan(16).Fill(0x11);
        tool.Write("dense", dense);

        tool.Invoke(
            "reference", "--a", "@dense", "--b", "@dense", "--m", "1", "--k", "256", "--n", "1", "--out", "@out", "--weights", "f32", "--bounds", "@bounds", "--class", "bf16-accumulate");

        Assert.Equal(256 * 1025f * 1025f / (1024 * 1024), BinaryPrimitives.ReadSingleLittleEndian(tool.Read("out")));
        Assert.Equal(double.PositiveInfinity, BinaryPrimitives.ReadDoubleLittleEndian(tool.Read("bounds")));
    }

    [Fact]
    public void A_product_without_rows_writes_an_empty_file()
    {
        tool.Write("none", []);

        int code = tool.Invoke("reference", "--a", "@none", "--b", "@b", "--m", "0", "--k", $"{Blocks * 256}", "--n", $"{Columns}", "--out", "@out");

        Assert.Equal((0, 0), (code, tool.Read("out").Length));
    }

    private int Multiply(params string[] more) => tool.Invoke(
        (string[])["reference", "--a", "@a", "--b", "@b", "--m", $"{Rows}", "--k", $"{Blocks * 256}", "--n", $"{Columns}", "--out", "@out", .. more]);

    private static ReadOnlySpan<byte> Row(byte[] operand, int row) => operand.AsSpan(row * Blocks * BlockBytes, Blocks * BlockBytes);

    private static byte[] OneWeight(byte q)
    {
        byte[] block = new byte[BlockBytes];
        block[1] = 0x3c;
        block[4] = 1;
        block[16] = q;
        return block;
    }

    // Random bytes by a multiplicative hash; the top exponent bits of d and dmin are cleared, so that every block is finite.
    private static byte[] Operand(uint seed, int rows)
    {
        byte[] bytes = new byte[rows * Blocks * BlockBytes];
        uint state = seed;
        for (int i = 0; i < bytes.Length; i++)
        {
            // unchecked: a generator walks the ring of 32-bit integers (Numerical Recipes' constants).
            state = unchecked((state * 1664525) + 1013904223);
            bool isTopOfHalf = i % BlockBytes is 1 or 3;
            bytes[i] = (byte)((state >> 24) & (isTopOfHalf ? 0xbfu : 0xffu));
        }

        return bytes;
    }
}
