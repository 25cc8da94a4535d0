using System.Diagnostics;
using System.Text;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Tests.Vcd;
using Spanker.Conformance.Vcd;

namespace Spanker.Conformance.Tests.LongChecks.Bus;

/// <summary>Dumps of a gigabyte that were made to take memory or time, the whole way through a check.</summary>
internal sealed class BusGiants(long bytes)
{
    private const long HeldLimitBytes = 400L << 20;
    private const int PiecesAtOnce = 256;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    // Every pin of a 256-bit interface with ids of 64 bits, one id code a letter.
    private static readonly (char Code, string Name, int Width)[] Pins =
    [
        ('!', "aclk", 1), ('"', "aresetn", 1), ('A', "awvalid", 1), ('B', "awready", 1), ('C', "awaddr", 64), ('D', "awid", 64), ('E', "awlen", 8), ('F', "awsize", 3),
        ('G', "awburst", 2), ('H', "wvalid", 1), ('I', "wready", 1), ('J', "wdata", 256), ('K', "wstrb", 32), ('L', "wlast", 1), ('M', "bvalid", 1), ('N', "bready", 1),
        ('O', "bid", 64), ('P', "bresp", 2), ('Q', "arvalid", 1), ('R', "arready", 1), ('S', "araddr", 64), ('T', "arid", 64), ('U', "arlen", 8), ('V', "arsize", 3),
        ('W', "arburst", 2), ('X', "rvalid", 1), ('Y', "rready", 1), ('Z', "rdata", 256), ('a', "rid", 64), ('b', "rresp", 2), ('c', "rlast", 1),
    ];

    /// <summary>Tries each; the exit code is 1 if one took too long or held too much.</summary>
    public int Run(TextWriter output)
    {
        bool isBounded = true;
        foreach ((string name, Func<Stream> open) in All())
        {
            Stopwatch watch = Stopwatch.StartNew();
            string end = EndOf(open);
            long held = GC.GetTotalMemory(forceFullCollection: false);
            isBounded &= watch.Elapsed < Limit && held < HeldLimitBytes;
            output.WriteLine($"{name}: {watch.Elapsed.TotalSeconds:0.0} s, {held >> 20} MiB on the heap, at most {BusFuzz.HeldAtMost()} so far: {end}");
        }

        return isBounded ? 0 : 1;
    }

    private static string EndOf(Func<Stream> open)
    {
        using CancellationTokenSource limit = new(Limit);
        try
        {
            IReadOnlyList<BusVerdict> verdicts = VcdBusCheck.Check(open, map: null, AxiCheckOptions.Default with { Profile = new AxiProfile { Name = "memory", TargetIsMemory = true } }, keepsTransactions: false, limit.Token);
            return verdicts.Count == 0
                ? "no interface"
                : $"{verdicts.Count} interfaces, {verdicts[0].Verdict.Cycles} cycles, {verdicts[0].Verdict.Rules.Sum(rule => rule.Violated)} violations, {verdicts[0].Incomplete ?? "complete"}";
        }
        catch (VcdException refused)
        {
            return refused.Message;
        }
        catch (OperationCanceledException)
        {
            return $"not ended after {Limit.TotalMinutes:0} minutes";
        }
    }

    private IEnumerable<(string Name, Func<Stream> Open)> All()
    {
        yield return ("one identifier", () => new EndlessStream("$scope module t $end $var wire 1 "u8.ToArray(), (byte)'!', bytes));
        yield return ("one name", () => new EndlessStream("$scope module t $end $var wire 1 ! "u8.ToArray(), (byte)'n', bytes));
        yield return ("one value", () => new EndlessStream([.. Head(), .. "#0\nb"u8], (byte)'1', bytes));
        yield return ("one comment", () => new EndlessStream("$comment "u8.ToArray(), (byte)'c', bytes));
        yield return ("one scope in another", () => Header(index => $"$scope module s{index} $end\n"));
        yield return ("variables", () => Header(index => $"$var wire 1 ! v{index} $end\n"));
        yield return ("wide variables", () => Header(index => $"$var wire 1048576 {Code(index)} awaddr{index} $end\n"));
        yield return ("interfaces", () => Header(index => $"$scope module m{index} $end $var wire 1 ! aclk $end $var wire 1 A awvalid $end $var wire 1 B awready $end $upscope $end\n"));
        yield return ("interfaces in a dump that goes on", () => new GeneratedStream(
            [.. Enumerable.Range(0, 2000).SelectMany(Interface), .. "$enddefinitions $end\n"u8],
            Pieces(cycle => $"#{cycle * 2}\n0!\n#{(cycle * 2) + 1}\n1!\n"),
            bytes));
        yield return ("times", () => Dump(cycle => $"#{cycle}\n"));
        yield return ("a clock alone", () => Dump(Clocked(_ => string.Empty)));
        yield return ("writes to every page, never answered", () => Dump(Clocked(cycle => $"1A\n1B\n1H\n1I\n1L\nb{Binary(cycle * 4096)} C\nb101 F\nb1 G\n")));
        yield return ("writes to every page", () => Dump(Clocked(cycle => $"1A\n1B\n1H\n1I\n1L\n1M\n1N\nb{Binary(cycle * 4096)} C\nb101 F\nb1 G\nb11111111111111111111111111111111 K\n")));
        yield return ("data without an address", () => Dump(Clocked(_ => "1H\n1I\n")));
        yield return ("addresses answered without data", () => Dump(Clocked(cycle => cycle % 2 == 0 ? "1A\n1B\n0M\n" : "0A\n1M\n1N\n")));
        yield return ("reads of ever new ids", () => Dump(Clocked(cycle => $"1Q\n1R\nb{Binary(cycle)} T\n")));
        yield return ("reads of ever new ids, a reset each", () => Dump(Clocked(cycle => $"1Q\n1R\nb{Binary(cycle)} T\n{cycle % 2}\"\n")));
        yield return ("answers to nothing, another id each", () => Dump(Clocked(cycle => $"1X\n1Y\nb{Binary(cycle)} a\n1M\n1N\nb{Binary(cycle)} O\n")));
        yield return ("x everywhere, every other cycle", () => Dump(Clocked(cycle => string.Concat(Pins.Skip(2).Select(pin => pin.Width == 1 ? $"{(cycle % 2 == 0 ? "x" : "1")}{pin.Code}\n" : $"b{(cycle % 2 == 0 ? "x" : "1")} {pin.Code}\n")))));
        yield return ("gaps", () => Dump(Clocked(cycle => cycle % 2 == 0 ? "$dumpoff\nx!\n$end\n" : "$dumpon\n0!\n$end\n")));
    }

    private static byte[] Head() => Encoding.ASCII.GetBytes(
        $"$scope module t $end\n{string.Concat(Pins.Select(pin => $"$var wire {pin.Width} {pin.Code} {pin.Name} $end\n"))}$upscope $end\n$enddefinitions $end\n");

    /// <summary>A read port of its own nets on the common clock.</summary>
    private static byte[] Interface(int index) => Encoding.ASCII.GetBytes(
        $"$scope module m{index} $end $var wire 1 ! aclk $end {string.Concat(((string[])["arvalid", "arready", "rvalid", "rready"]).Select((name, pin) => $"$var wire 1 {Code(1000 + (index * 4) + pin)} {name} $end "))}$upscope $end\n");

    private static string Binary(long value) => value.ToString("b", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>An id code of four letters or fewer.</summary>
    private static string Code(long index)
    {
        StringBuilder code = new();
        for (long rest = index + 1; rest > 0; rest /= 90)
        {
            _ = code.Append((char)('!' + (rest % 90)));
        }

        return code.ToString();
    }

    private static Func<long, string> Clocked(Func<long, string> changes) =>
        cycle => $"#{cycle * 10}\n0!\n{(cycle == 0 ? "1\"\n" : string.Empty)}{changes(cycle)}#{(cycle * 10) + 5}\n1!\n";

    private static Func<long, byte[]> Pieces(Func<long, string> piece) =>
        block => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, PiecesAtOnce).Select(each => piece((block * PiecesAtOnce) + each))));

    private GeneratedStream Header(Func<long, string> declaration) => new([], Pieces(declaration), bytes);

    private GeneratedStream Dump(Func<long, string> piece) => new(Head(), Pieces(piece), bytes);
}
