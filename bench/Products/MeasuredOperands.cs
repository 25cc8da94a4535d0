using Spanker.Conformance.Suite;

namespace Spanker.Conformance.Bench.Products;

/// <summary>Operands of normally distributed weights, quantized, in memory and in a file for peers.</summary>
internal sealed class MeasuredOperands : IDisposable
{
    /// <summary>Generates and writes them.</summary>
    public MeasuredOperands(int m, int n, int k)
    {
        (M, N, K) = (m, n, k);
        MatmulShape shape = new(M: (ulong)m, N: (ulong)n, K: (ulong)k);
        GeneratedOperands data = new(DenseFamilies.Quantized, Seed: 1);
        A = Rows(data, shape, OperandSide.A, m);
        B = Rows(data, shape, OperandSide.B, n);
        Output = new float[(long)m * n];
        Path = System.IO.Path.GetTempFileName();
        using FileStream file = File.Create(Path);
        file.Write(A);
        file.Write(B);
    }

    /// <summary>Rows of A.</summary>
    public int M { get; }

    /// <summary>Rows of B.</summary>
    public int N { get; }

    /// <summary>Weights in a row.</summary>
    public int K { get; }

    /// <summary>A's rows.</summary>
    public byte[] A { get; }

    /// <summary>B's rows.</summary>
    public byte[] B { get; }

    /// <summary>Room for the product.</summary>
    public float[] Output { get; }

    /// <summary>Where both lie, A first.</summary>
    public string Path { get; }

    /// <summary>Multiplications of the whole product.</summary>
    public double Products => (double)M * N * K;

    /// <inheritdoc/>
    public void Dispose() => File.Delete(Path);

    private static byte[] Rows(GeneratedOperands data, MatmulShape shape, OperandSide side, int count)
    {
        byte[] rows = new byte[count * shape.RowBytes];
        for (int row = 0; row < count; row++)
        {
            data.FillRow(shape, side, (ulong)row, rows.AsSpan(row * shape.RowBytes, shape.RowBytes));
        }

        return rows;
    }
}
