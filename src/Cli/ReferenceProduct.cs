using System.Buffers.Binary;
using System.Globalization;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Suite;

namespace Spanker.Conformance.Cli;

/// <summary>
/// The exact product of two operand files, written band by band; and its bounds, rows of A in parallel against as many columns as fit into memory.
/// </summary>
internal sealed class ReferenceProduct : IDisposable
{
    // An exact weight takes 16 bytes.
    private const long TileWeights = 1 << 24;

    // Without bounds an operand stays as it is, and a band of OUT is made at a time: 32 MiB at most of A, of B and of OUT, unless a row is longer.
    private const long BandBytes = 32 << 20;
    private const long MostBandRows = 1024;

    private readonly InputFile a;
    private readonly InputFile b;
    private readonly MatmulShape shape;
    private readonly WeightDefinition weights;

    private ReferenceProduct(InputFile a, InputFile b, MatmulShape shape, WeightDefinition weights)
    {
        this.a = a;
        this.b = b;
        this.shape = shape;
        this.weights = weights;
    }

    /// <summary>Opens the operands and holds their lengths against the dimensions, in the order of CONTRACT MM-7.</summary>
    /// <exception cref="CommandException">Dimensions and lengths do not fit.</exception>
    public static ReferenceProduct Open(string pathOfA, string pathOfB, MatmulShape shape, WeightDefinition weights)
    {
        ThrowIfBad(shape);
        InputFile a = OpenOperand(pathOfA, "A", "m", shape.M, shape);
        try
        {
            return new ReferenceProduct(a, OpenOperand(pathOfB, "B", "n", shape.N, shape), shape, weights);
        }
        catch
        {
            a.Dispose();
            throw;
        }
    }

    /// <summary>Computes every element.</summary>
    /// <param name="output">OUT, [m x n] binary32, little endian.</param>
    /// <param name="bounds">The bounds for <paramref name="claim"/>, [m x n] binary64, little endian; null for none.</param>
    /// <param name="claim">The class whose bounds are written.</param>
    /// <param name="progress">Told how many elements of how many are done; from several threads.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public void Write(OutputFile output, OutputFile? bounds, ArithmeticClaim claim, Action<long, long> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(progress);
        if (bounds is null)
        {
            WriteProduct(output, progress, cancellation);
            return;
        }

        (long m, long n) = ((long)shape.M, (long)shape.N);
        long tile = Math.Clamp(TileWeights / (long)shape.K, 1, int.MaxValue);
        long done = 0;
        for (long first = 0; first < n && m > 0; first += tile)
        {
            long start = first;
            ExactRow[] columns = new ExactRow[Math.Min(tile, n - first)];
            ParallelOptions parallel = new() { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
            Run(columns.Length, parallel, j => columns[j] = Decode(b, start + j));
            Run(m, parallel, i =>
            {
                WriteRow(Decode(a, i), columns, (i * n) + start, output, bounds, claim, cancellation);
                progress(Interlocked.Add(ref done, columns.Length), m * n);
            });
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        a.Dispose();
        b.Dispose();
    }

    // What a worker threw is what the caller sees, not a bundle of it.
    private static void Run(long count, ParallelOptions options, Action<long> body)
    {
        try
        {
            Parallel.For(0, count, options, body);
        }
        catch (AggregateException bundle) when (bundle.InnerException is CommandException or OperationCanceledException)
        {
            throw bundle.InnerException;
        }
    }

    private void WriteProduct(OutputFile output, Action<long, long> progress, CancellationToken cancellation)
    {
        (long m, long n) = ((long)shape.M, (long)shape.N);
        long columns = Math.Clamp(BandBytes / shape.RowBytes, 1, Math.Max(1, n));
        long rows = Math.Clamp(BandBytes / Math.Max(shape.RowBytes, columns * sizeof(float)), 1, Math.Clamp(m, 1, MostBandRows));
        byte[] bytesOfA = new byte[rows * shape.RowBytes];
        byte[] bytesOfB = new byte[columns * shape.RowBytes];
        float[] band = new float[rows * columns];
        byte[] results = new byte[columns * sizeof(float)];
        for (long column = 0; column < n && m > 0; column += columns)
        {
            int columnCount = (int)Math.Min(columns, n - column);
            b.Read(column * shape.RowBytes, bytesOfB.AsSpan(0, columnCount * shape.RowBytes));
            for (long row = 0; row < m; row += rows)
            {
                cancellation.ThrowIfCancellationRequested();
                int rowCount = (int)Math.Min(rows, m - row);
                a.Read(row * shape.RowBytes, bytesOfA.AsSpan(0, rowCount * shape.RowBytes));
                ExactProduct.Matmul(
                    bytesOfA.AsMemory(0, rowCount * shape.RowBytes),
                    bytesOfB.AsMemory(0, columnCount * shape.RowBytes),
                    (ulong)rowCount,
                    shape.K,
                    (ulong)columnCount,
                    weights,
                    Environment.ProcessorCount,
                    band,
                    cancellation);
                for (int i = 0; i < rowCount; i++)
                {
                    for (int j = 0; j < columnCount; j++)
                    {
                        BinaryPrimitives.WriteSingleLittleEndian(results.AsSpan(j * sizeof(float)), band[(i * columnCount) + j]);
                    }

                    output.Write((((row + i) * n) + column) * sizeof(float), results.AsSpan(0, columnCount * sizeof(float)));
                }

                progress((column * m) + ((row + rowCount) * columnCount), m * n);
            }
        }
    }

    private static void WriteRow(
        ExactRow row, ExactRow[] columns, long firstElement, OutputFile output, OutputFile bounds, ArithmeticClaim claim, CancellationToken cancellation)
    {
        byte[] results = new byte[columns.Length * sizeof(float)];
        byte[] limits = new byte[columns.Length * sizeof(double)];
        for (int j = 0; j < columns.Length; j++)
        {
            cancellation.ThrowIfCancellationRequested();
            ExactElement element = ExactProduct.Element(row, columns[j]);
            BinaryPrimitives.WriteSingleLittleEndian(results.AsSpan(j * sizeof(float)), element.Value.ToSingle());
            BinaryPrimitives.WriteDoubleLittleEndian(limits.AsSpan(j * sizeof(double)), ErrorBound.For(claim, element));
        }

        output.Write(firstElement * sizeof(float), results);
        bounds.Write(firstElement * sizeof(double), limits);
    }

    private ExactRow Decode(InputFile operand, long row)
    {
        byte[] bytes = new byte[shape.RowBytes];
        operand.Read(row * bytes.Length, bytes);
        return ExactRow.Decode(bytes, weights);
    }

    private static void ThrowIfBad(MatmulShape shape)
    {
        if (shape.K == 0 || shape.K % Q4KLayout.BlockWeights != 0)
        {
            throw CommandException.Usage($"--k {shape.K}: expected a positive multiple of {Q4KLayout.BlockWeights} (MM-3)");
        }

        ThrowIfOverflowing("A", "m*(k/256)*144", shape.ABytes, shape);
        ThrowIfOverflowing("B", "n*(k/256)*144", shape.BBytes, shape);
        ThrowIfOverflowing("OUT", "m*n*4", shape.OutputBytes, shape);
        if (shape.K > ExactRow.MaxLength)
        {
            throw CommandException.Usage($"--k {shape.K}: expected at most {ExactRow.MaxLength}, the longest row whose exact product is sure to fit into 128 bits");
        }

        if (shape.OutputBytes * 2 > long.MaxValue)
        {
            throw CommandException.Usage($"{shape}: OUT of {shape.OutputBytes} bytes is more than a file can hold");
        }
    }

    private static void ThrowIfOverflowing(string name, string formula, UInt128 bytes, MatmulShape shape)
    {
        if (bytes > ulong.MaxValue)
        {
            string size = bytes == UInt128.MaxValue ? "more than 2^128 - 1" : bytes.ToString(CultureInfo.InvariantCulture);
            throw CommandException.Usage($"{shape}: {name} would be {formula} = {size} bytes; expected at most 2^64 - 1 (MM-5)");
        }
    }

    private static InputFile OpenOperand(string path, string name, string rowsName, ulong rows, MatmulShape shape)
    {
        UInt128 expected = (UInt128)rows * (ulong)shape.RowBytes;
        InputFile file = InputFile.Open(path, $"operand {name}, Q4_K blocks of {Q4KLayout.BlockBytes} bytes", mayBeEmpty: expected == 0);
        if ((UInt128)file.LengthBytes != expected)
        {
            file.Dispose();
            throw CommandException.Usage(string.Create(
                CultureInfo.InvariantCulture,
                $"{InputText.Quote(path)}: {name} has {file.LengthBytes} bytes; expected {rowsName}*(k/256)*144 = {expected} for {rowsName} = {rows}, k = {shape.K} (MM-4)"));
        }

        return file;
    }
}
