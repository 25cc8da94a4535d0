using System.Globalization;

namespace Spanker.Conformance.Bench;

/// <summary>What the processors did while a row was measured.</summary>
/// <param name="OthersCores">Cores that other processes kept busy, on average: a row that was disturbed says so.</param>
/// <param name="RunnerSeconds">Processor time of this process a turn.</param>
/// <param name="ChildSeconds">Processor time of its child processes a turn, waiting in a loop included.</param>
internal sealed record RowLoad(double OthersCores, double RunnerSeconds, double ChildSeconds)
{
    private static readonly Dictionary<(string Row, int Threads), RowLoad> Known = [];
    private static (string Row, int Threads, ProcessorTime Begun, int Calls, long Turns)? current;

    /// <summary>A row begins.</summary>
    public static void Begin(string row, int threads) => current = (row, threads, ProcessorTime.Now(), 0, 0);

    /// <summary>The row is about to take some turns. The first calls are not counted: compiling takes most of their time.</summary>
    public static void Count(int turns)
    {
        if (current is (string row, int threads, ProcessorTime begun, int calls, long counted))
        {
            current = calls < Measuring.Warmups ? (row, threads, ProcessorTime.Now(), calls + 1, 0) : (row, threads, begun, calls + 1, counted + turns);
        }
    }

    /// <summary>The row that began last ends; its child processes still run.</summary>
    public static void End()
    {
        if (current is (string row, int threads, ProcessorTime begun, _, long turns))
        {
            Known[(row, threads)] = ProcessorTime.Now().Since(begun, Math.Max(1, turns));
            current = null;
        }
    }

    /// <summary>The load of a row; null if it was never measured.</summary>
    public static RowLoad? During(string row, int threads) => Known.GetValueOrDefault((row, threads));

    /// <summary>Jiffies (Linux: hundredths of a second) since the machine, and each process, started.</summary>
    private readonly record struct ProcessorTime(long All, long Idle, long Runner, long Children)
    {
        private const double JiffiesPerSecond = 100;

        public static ProcessorTime Now()
        {
            // cpu user nice system idle iowait irq softirq steal ..; what guests take is part of user, and what the host took counts as others'.
            string first = File.ReadLines("/proc/stat").First();
            long[] machine = [.. first.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8).Select(Number)];
            string[] own = ProcessStat.Of(Environment.ProcessId) ?? throw new InvalidOperationException("/proc/PID/stat cannot be read");
            long children = Number(own[ProcessStat.ChildUserTime]) + Number(own[ProcessStat.ChildSystemTime]);
            children += ProcessStat.ChildrenOfThis().Sum(child => Number(child[ProcessStat.UserTime]) + Number(child[ProcessStat.SystemTime]));
            return new ProcessorTime(
                machine.Sum(), machine[3] + machine[4], Number(own[ProcessStat.UserTime]) + Number(own[ProcessStat.SystemTime]), children);
        }

        public RowLoad Since(ProcessorTime before, long turns)
        {
            long busy = All - Idle - (before.All - before.Idle);
            double wall = (double)(All - before.All) / Environment.ProcessorCount;
            long runner = Runner - before.Runner;
            long children = Children - before.Children;
            return new RowLoad(
                wall > 0 ? Math.Max(0, (busy - runner - children) / wall) : 0, runner / JiffiesPerSecond / turns, children / JiffiesPerSecond / turns);
        }

        private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
    }
}
