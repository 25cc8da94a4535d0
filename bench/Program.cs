using Spanker.Conformance.Bench;

const string Usage = """
    Measures and prints a table; docs/benchmarks.md says what its rows mean. Exit code 0: all rows were measured; 1: some were not; 2: wrong use.
      worker   devices in processes of their own: small cases a second, large operands without a copy (Linux, needs gcc and python3)
      axi      the bus: cycles a second of the checker, MB a second of a large VCD file (Linux; vcd2fst beside it where it is installed)
      cards    AllReduce of 64 MiB on 4 cards in this process, beside memcpy
      product  the exact product beside OpenBLAS and C loops, decoding and encoding beside plain loops (Linux; needs gcc, and OpenBLAS for two columns)
      explore  schedules and steps a second of the explorer, by strategy
    """;

switch (args)
{
    case ["worker"]:
        return new WorkerReport(Console.Out).Run();
    case ["axi"]:
        return new AxiReport(Console.Out).Run();
    case ["cards"]:
        return new CardsReport(Console.Out).Run();
    case ["product"]:
        return new ProductReport(Console.Out).Run();
    case ["explore"]:
        return new ExploreReport(Console.Out).Run();
    case [PeakMemory.Verb, string work, string path]:
        return PeakMemory.Run(work, path);
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
