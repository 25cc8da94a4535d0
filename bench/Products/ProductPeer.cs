using System.Diagnostics;
using System.Globalization;

namespace Spanker.Conformance.Bench.Products;

/// <summary>A child process that multiplies the same operands: OpenBLAS, or plain C loops (bench/native/product_peer.c).</summary>
internal sealed class ProductPeer : IDisposable
{
    /// <summary>The kernel of OpenBLAS where the environment does not say another; <c>-</c> is the plain loops.</summary>
    public const string Loops = "-";

    private const string Library = "libopenblas.so.0";
    private readonly Process process;

    /// <summary>Starts it on operands in a file.</summary>
    /// <param name="program">The built product_peer.</param>
    /// <param name="core">What OPENBLAS_CORETYPE is to be; empty for the library's own choice; <see cref="Loops"/> for none of it.</param>
    /// <param name="threads">Threads of the library.</param>
    /// <param name="operands">The file, and the shape of what it holds.</param>
    /// <exception cref="InvalidOperationException">It does not start, in one line.</exception>
    public ProductPeer(string program, string core, int threads, MeasuredOperands operands)
    {
        ProcessStartInfo start = new(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (string[])
            [
                core == Loops ? Loops : Library,
                Text(threads),
                operands.Path,
                Text(operands.M),
                Text(operands.N),
                Text(operands.K),
            ])
        {
            start.ArgumentList.Add(argument);
        }

        // A machine may pin a slow kernel for all its programs.
        foreach (string name in start.Environment.Keys.Where(key => key.StartsWith("OPENBLAS_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        if (core is not (Loops or ""))
        {
            start.Environment["OPENBLAS_CORETYPE"] = core;
        }

        process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start");
        if (process.StandardOutput.ReadLine() is not string kernel)
        {
            InvalidOperationException ended = Ended();
            process.Dispose();
            throw ended;
        }

        Kernel = kernel;
    }

    /// <summary>What the library calls its kernel.</summary>
    public string Kernel { get; }

    /// <summary>Multiplies so many times in a row.</summary>
    /// <param name="product"><c>sgemm</c>, <c>dgemm</c>, or <c>loops</c>, which run once.</param>
    /// <param name="times">How often; the answer is about one.</param>
    public PeerAnswer Run(string product, int times = 1)
    {
        process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{product} {times}"));
        process.StandardInput.Flush();
        string[] words = (process.StandardOutput.ReadLine() ?? throw Ended()).Split(' ');
        return new PeerAnswer(
            double.Parse(words[0], CultureInfo.InvariantCulture),
            int.Parse(words[1], CultureInfo.InvariantCulture),
            [.. words.Skip(2).Select(word => BitConverter.UInt32BitsToSingle(uint.Parse(word, NumberStyles.HexNumber, CultureInfo.InvariantCulture)))]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private InvalidOperationException Ended()
    {
        string complaint = process.StandardError.ReadToEnd().Trim();
        process.WaitForExit();
        return new InvalidOperationException(complaint.Length > 0 ? complaint : FormattableString.Invariant($"product_peer ended with {process.ExitCode}"));
    }
}

/// <summary>What a peer answered.</summary>
/// <param name="Seconds">How long one took.</param>
/// <param name="Rows">Rows of A that it multiplied.</param>
/// <param name="Results">Elements at places spread evenly over those rows of OUT.</param>
internal sealed record PeerAnswer(double Seconds, int Rows, IReadOnlyList<float> Results);
