using Spanker.Conformance.Bench;

const string Usage = """
    Measures and prints a table; docs/benchmarks.md says what its rows mean. Exit code 0: all rows were measured; 1: some were not; 2: wrong use.
      worker   devices in processes of their own: small cases a second, large operands without a copy (Linux, needs gcc and python3)
    """;

if (args is ["worker"])
{
    return new WorkerReport(Console.Out).Run();
}

Console.Error.WriteLine(Usage);
return 2;
