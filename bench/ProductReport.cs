using System.Diagnostics;
using System.Globalization;
using Spanker.Conformance.Bench.Products;
using Spanker.Conformance.Reference;
using static Spanker.Conformance.Bench.Turns;

namespace Spanker.Conformance.Bench;

/// <summary>The exact product beside float products of the same operands, as ratios of medians over interleaved rounds.</summary>
/// <remarks>
/// Not BenchmarkDotNet: it measures one row after the other, and these are to be compared within each round, on a machine whose clock moves.
/// </remarks>
internal sealed class ProductReport(TextWriter output)
{
    private const int FewestRounds = 3;
    private const int MostRounds = 41;

    // A turn of a column is as many products as take about this long, so that what the turn before left in caches and clocks is a small part of it.
    private const double SecondsOfATurn = 0.05;
    private const int MostTimes = 256;
    private static readonly string[] Cores = ["", "Haswell", "Zen", "SkylakeX", "Cooperlake", "Sapphirerapids"];

    // Shapes, the seconds that their rounds may take, and how many times sgemm is asked for on one thread and one thread on two (0: nothing is).
    private static readonly (int M, int N, int K, double Seconds, double Sgemm, double TwoThreads)[] Shapes =
    [
        (256, 256, 256, 3, 1.2, 0),
        (1024, 1024, 1024, 8, 1.5, 1.7),
        (2048, 2048, 2048, 15, 1.5, 1.7),
        (4096, 4096, 4096, 50, 1.5, 1.7),
        (509, 257, 4352, 6, 1.2, 0),
        (1, 4096, 4096, 4, 0, 0),
        (8, 4096, 4096, 4, 0, 0),
    ];

    private bool isWhole = true;

    /// <summary>Measures and prints. The exit code is 1 if a row could not be measured; how fast it was decides nothing.</summary>
    public int Run()
    {
        string program = BuiltForMeasuring.Here.ProductPeer;
        WarmUp();
        string core = FastestCore(program);
        Say($"{Machine.Line()}");
        Say($"hardware paths: {Machine.HardwarePaths()}; the exact product in registers of {ExactTiles.RegisterBits} bits");
        Say($"");
        Say($"{"m x n x k",-18} {"exact",7} {"sgemm",7} {"dgemm",7} {"C loops",8} {"128 bit",8} {"2 thr.",7} {"sgemm 2",8}   {"of sgemm",-22} {"best",5} {"2 threads of 1",-20} {"rounds",6} {"alloc.",8}");
        foreach ((int m, int n, int k, double seconds, double sgemm, double twoThreads) in Shapes)
        {
            using MeasuredOperands operands = new(m, n, k);
            Measure(program, core, operands, seconds, sgemm, twoThreads);
        }

        Say($"");
        Say($"10^9 products a second, medians; each round runs every column once, and a ratio is the median of the rounds' ratios (best: of the fastest rounds). exact: from Q4_K bytes; sgemm, dgemm: decoded before;");
        Say($"C loops: gcc -O3 -march=native, unpacked before; 128 bit: the engine that judges one element; alloc.: MiB that one exact product allocates beside its result");
        new CodecReport(output).Run();
        return isWhole ? 0 : 1;
    }

    /// <summary>The runtime compiles what runs often again, in the background: until it has, a row would be measured with other code than the next.</summary>
    private static void WarmUp()
    {
        using MeasuredOperands operands = new(256, 256, 256);
        Stopwatch clock = Stopwatch.StartNew();
        while (clock.Elapsed < TimeSpan.FromSeconds(2))
        {
            Multiply(operands, threads: 1);
            Multiply(operands, threads: 2);
        }
    }

    private static void Multiply(MeasuredOperands operands, int threads) => ExactProduct.Matmul(
        operands.A, operands.B, (ulong)operands.M, (ulong)operands.K, (ulong)operands.N, WeightDefinition.Rational, threads, operands.Output);

    /// <summary>The engine that makes one element: as many rows of A as take a tenth of a second or so.</summary>
    private static double MultiplyBy128Bits(MeasuredOperands operands)
    {
        int rowBytes = operands.A.Length / operands.M;
        int rows = (int)Math.Clamp((1 << 26) / ((double)operands.N * operands.K), 1, operands.M);
        ExactRow[] columns = [.. Enumerable.Range(0, operands.N).Select(j => ExactRow.Decode(operands.B.AsSpan(j * rowBytes, rowBytes), WeightDefinition.Rational))];
        double seconds = Seconds(() =>
        {
            for (int i = 0; i < rows; i++)
            {
                ExactRow row = ExactRow.Decode(operands.A.AsSpan(i * rowBytes, rowBytes), WeightDefinition.Rational);
                foreach (ExactRow column in columns)
                {
                    _ = ExactProduct.Dot(row, column);
                }
            }
        });
        return seconds * operands.M / rows;
    }

    /// <summary>The library's kernels for machines like this run a product of 1024; the fastest of those that are right is the peer in every row.</summary>
    private string FastestCore(string program)
    {
        using MeasuredOperands operands = new(1024, 1024, 1024);
        Multiply(operands, threads: 2);
        (string Core, double Seconds) fastest = ("", double.PositiveInfinity);
        List<string> seen = [];
        foreach (string core in Cores)
        {
            try
            {
                using ProductPeer peer = new(program, core, threads: 1, operands);
                bool isRight = IsNear(operands, peer.Run("sgemm"));
                double seconds = Median(Enumerable.Range(0, 5).Select(_ => peer.Run("sgemm").Seconds));
                string name = core.Length == 0 ? FormattableString.Invariant($"its own choice ({peer.Kernel})") : core == peer.Kernel ? core : $"{core} ({peer.Kernel})";
                seen.Add(FormattableString.Invariant($"{name} {operands.Products / seconds / 1e9:0.0}{(isRight ? string.Empty : " and wrong")}"));
                fastest = isRight && seconds < fastest.Seconds ? (core, seconds) : fastest;
            }
            catch (InvalidOperationException e)
            {
                seen.Add($"{(core.Length == 0 ? "its own choice" : core)}: {e.Message}");
            }
        }

        isWhole &= double.IsFinite(fastest.Seconds);
        Say($"OpenBLAS kernels at 1024, 10^9 products a second: {string.Join("; ", seen)}");
        return fastest.Core;
    }

    private void Measure(string program, string core, MeasuredOperands operands, double seconds, double askedOfSgemm, double askedOfTwo)
    {
        List<ProductPeer> peers = [];
        try
        {
            ProductPeer? single = Open(peers, program, core, 1, operands);
            ProductPeer? two = Open(peers, program, core, 2, operands);
            ProductPeer? loops = Open(peers, program, ProductPeer.Loops, 1, operands);
            Multiply(operands, threads: 1);
            isWhole &= Check(operands, single?.Run("sgemm"), IsNear, "sgemm") & Check(operands, single?.Run("dgemm"), IsNear, "dgemm")
                & Check(operands, two?.Run("sgemm"), IsNear, "sgemm on two threads") & Check(operands, loops?.Run("loops"), IsSame, "the loops");
            long before = GC.GetTotalAllocatedBytes(precise: true);
            Multiply(operands, threads: 1);
            double allocated = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)(1 << 20);
            int times = (int)Math.Clamp(SecondsOfATurn / Seconds(() => Multiply(operands, threads: 1)), 1, MostTimes);
            Rounds rounds = new();
            Stopwatch clock = Stopwatch.StartNew();
            while (rounds.Count < FewestRounds || (clock.Elapsed.TotalSeconds < seconds && rounds.Count < MostRounds))
            {
                rounds.Add(
                    Seconds(() => Multiply(operands, threads: 1), times),
                    single?.Run("sgemm", times).Seconds,
                    Seconds(() => Multiply(operands, threads: 2), times),
                    single?.Run("dgemm", times).Seconds,
                    loops?.Run("loops") is PeerAnswer answer ? answer.Seconds * operands.M / answer.Rows : null,
                    two?.Run("sgemm", times).Seconds);

                // The library's threads wait in a loop for a while.
                Thread.Sleep(50);
            }

            double by128 = MultiplyBy128Bits(operands);
            double Rate(IEnumerable<double> times) => operands.Products / Median(times) / 1e9;
            double ofSgemm = Median(rounds.Exact.Zip(rounds.Sgemm, (exact, peer) => peer / exact));
            double best = rounds.Sgemm.DefaultIfEmpty(double.NaN).Min() / rounds.Exact.Min();
            double twoOfOne = Median(rounds.Exact.Zip(rounds.ExactOfTwo, (one, both) => one / both));
            Say($"{FormattableString.Invariant($"{operands.M} x {operands.N} x {operands.K}"),-18} {Rate(rounds.Exact),7:0.0} {Rate(rounds.Sgemm),7:0.0} {Rate(rounds.Dgemm),7:0.0} {Rate(rounds.Loops),8:0.0} {operands.Products / by128 / 1e9,8:0.00} {Rate(rounds.ExactOfTwo),7:0.0} {Rate(rounds.SgemmOfTwo),8:0.0}   {Ratio(ofSgemm, askedOfSgemm),-22} {best,5:0.00} {Ratio(twoOfOne, askedOfTwo),-20} {rounds.Count,6} {allocated,8:0.0}");
        }
        finally
        {
            peers.ForEach(peer => peer.Dispose());
        }
    }

    private static string Ratio(double ratio, double asked) => asked == 0
        ? FormattableString.Invariant($"{ratio:0.00}")
        : FormattableString.Invariant($"{ratio:0.00} ({asked:0.0} asked{(ratio >= asked ? string.Empty : ", not met")})");

    private ProductPeer? Open(List<ProductPeer> peers, string program, string core, int threads, MeasuredOperands operands)
    {
        try
        {
            ProductPeer peer = new(program, core, threads, operands);
            peers.Add(peer);
            return peer;
        }
        catch (InvalidOperationException e)
        {
            isWhole = false;
            Say($"not measured: {e.Message}");
            return null;
        }
    }

    private bool Check(MeasuredOperands operands, PeerAnswer? answer, Func<MeasuredOperands, PeerAnswer, bool> isRight, string name)
    {
        if (answer is not null && !isRight(operands, answer))
        {
            Say($"{name} gives other results: what it takes for them says nothing");
            return false;
        }

        return answer is not null;
    }

    private static IEnumerable<(float Exact, float Peer)> Places(MeasuredOperands operands, PeerAnswer answer) => answer.Results.Select(
        (result, place) => (operands.Output[(long)((double)place / answer.Results.Count * answer.Rows * operands.N)], result));

    private static bool IsSame(MeasuredOperands operands, PeerAnswer answer) => Places(operands, answer).All(place => place.Exact == place.Peer);

    /// <summary>Within a ten-thousandth of the largest: a check that the peer multiplies the same matrices, no judgement.</summary>
    private static bool IsNear(MeasuredOperands operands, PeerAnswer answer)
    {
        float largest = Places(operands, answer).Max(place => Math.Abs(place.Exact));
        return Places(operands, answer).All(place => Math.Abs(place.Exact - place.Peer) <= largest * 1e-4f);
    }

    private void Say(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>Seconds of each round.</summary>
    private sealed class Rounds
    {
        public List<double> Exact { get; } = [];

        public List<double> Sgemm { get; } = [];

        public List<double> ExactOfTwo { get; } = [];

        public List<double> Dgemm { get; } = [];

        public List<double> Loops { get; } = [];

        public List<double> SgemmOfTwo { get; } = [];

        public int Count => Exact.Count;

        public void Add(double exact, double? sgemm, double exactOfTwo, double? dgemm, double? loops, double? sgemmOfTwo)
        {
            Exact.Add(exact);
            ExactOfTwo.Add(exactOfTwo);
            foreach ((List<double> times, double? time) in (ReadOnlySpan<(List<double>, double?)>)[(Sgemm, sgemm), (Dgemm, dgemm), (Loops, loops), (SgemmOfTwo, sgemmOfTwo)])
            {
                if (time is double seconds)
                {
                    times.Add(seconds);
                }
            }
        }
    }
}
