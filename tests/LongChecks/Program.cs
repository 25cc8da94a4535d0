using System.Globalization;
using Spanker.Conformance.Tests.LongChecks;
using Spanker.Conformance.Tests.LongChecks.Bus;
using Spanker.Conformance.Tests.LongChecks.Products;

const string Usage = """
    Checks that are too long for the tests. Exit code 0: no difference; 1: a difference, printed; 2: wrong use; 3: not all could be seen.
      exact-product [--count N] [--seed N]   the exact dot product against BigInteger (default 10000000, 1)
      exact-tiles [--count N] [--seed N] [--paths P,P]
                                             the tiled product against the 128-bit one, in a child process on each hardware path: own, avx512-off,
                                             avx2-off, all-off (default 10000000 elements on each at least, 1, all four)
      exact-tiles-here [--count N] [--seed N]
                                             the same in this process, on the path that its environment leaves it
      leaks [--count N] [--seed N]           ends runners at random moments and looks for what is left of them (default 200, 1)
      bus-cycles [--count N] [--seed N]      random legal traffic of the bus models under every stall setting (default 100000000 cycles, 1)
      bus-fuzz [--count N] [--seconds N] [--seed N]
                                             damaged dumps and traces through discovery, checkers, meter and trace forms (default 1000000 files or 60 seconds, 1)
      bus-giants [--count N]                 dumps of N bytes that were made to take memory or time (default 1073741824)
      bounds [--count N] [--seed N]          the worst error seen for each class, as a fraction of its bound (default 20000, 1)
      explore-memory [--count N] [--seed N]  the working set of the explorer after each million of short schedules (default 10000000, 1)
      planted-bugs [--count N] [--seed N]    schedules that each strategy needs for each planted bug, the median over N seeds (default 21, 1)
    """;

long? count = null;
long seconds = 60;
ulong seed = 1;
IReadOnlyList<HardwarePath> paths = HardwarePath.All;
bool isUnderstood = args.Length % 2 == 1;
for (int i = 1; i + 1 < args.Length; i += 2)
{
    if (args[i] == "--count" && long.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out long parsed))
    {
        count = parsed;
    }
    else if (args[i] == "--seconds" && long.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out parsed))
    {
        seconds = parsed;
    }
    else if (args[i] == "--paths")
    {
        string[] names = args[i + 1].Split(',');
        paths = [.. HardwarePath.All.Where(path => names.Contains(path.Name))];
        isUnderstood &= args[0] == "exact-tiles" && paths.Count == names.Length;
    }
    else
    {
        isUnderstood &= args[i] == "--seed" && ulong.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out seed);
    }
}

switch (isUnderstood ? args[0] : null)
{
    case "exact-product":
        return new ExactProductCheck(seed, count ?? 10_000_000).Run(Console.Out);
    case "exact-tiles":
        return new ExactTilesCheck(seed, count ?? 10_000_000, paths).Run(Console.Out);
    case ChildRun.Command:
        return new ExactTilesComparison(seed, count ?? 10_000_000).Run(Console.Out);
    case "leaks":
        return new LeakCheck(seed, count ?? 200).Run(Console.Out);
    case "bus-cycles":
        return new BusCyclesCheck(seed, count ?? 100_000_000).Run(Console.Out);
    case "bus-fuzz":
        return new BusFuzz(seed, count ?? 1_000_000, TimeSpan.FromSeconds(seconds)).Run(Console.Out);
    case "bus-giants":
        return new BusGiants(count ?? 1L << 30).Run(Console.Out);
    case "bounds":
        return new BoundCheck(seed, count ?? 20_000).Run(Console.Out);
    case "explore-memory":
        return new ExploreMemoryCheck(seed, count ?? 10_000_000).Run(Console.Out);
    case "planted-bugs":
        return new PlantedBugsCheck(seed, (int)Math.Clamp(count ?? 21, 1, 1001)).Run(Console.Out);
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
