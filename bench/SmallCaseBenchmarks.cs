using BenchmarkDotNet.Attributes;
using Spanker.Conformance.Device;

namespace Spanker.Conformance.Bench;

/// <summary>Small cases: how many a second, over which boundary, with and without the judge.</summary>
public class SmallCaseBenchmarks : IDisposable
{
    /// <summary>Turns an iteration takes.</summary>
    public const int Turns = 2048;

    /// <summary>Turns an iteration takes of what is slow.</summary>
    public const int FewTurns = 512;

    private readonly List<IDisposable> held = [];
    private Action<int, int> work = (_, _) => { };
    private Action all = () => { };

    /// <summary>How many threads of the runner do it.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Prepares the row.</summary>
    [GlobalSetup(Target = nameof(RawLibrary))]
    public void PrepareRawLibrary()
    {
        LibDeviceSource source = Hold(new LibDeviceSource(BuiltForMeasuring.Here.SampleLibrary));
        RawCall call = new();
        Begin(nameof(RawLibrary), (_, _) => call.Make(source));
    }

    /// <summary>Open, matmul, close of a library in a warm process.</summary>
    [Benchmark(OperationsPerInvoke = Turns)]
    public void RawLibrary() => Take(Turns);

    /// <summary>Prepares the row.</summary>
    [GlobalSetup(Target = nameof(JudgedLibrary))]
    public void PrepareJudgedLibrary()
    {
        JudgedCases cases = new(Turns, Hold(new LibDeviceSource(BuiltForMeasuring.Here.SampleLibrary)));
        Begin(nameof(JudgedLibrary), (_, turn) => cases.Try(turn));
    }

    /// <summary>Judged cases on the library.</summary>
    [Benchmark(OperationsPerInvoke = Turns)]
    public void JudgedLibrary() => Take(Turns);

    /// <summary>Prepares the row.</summary>
    [GlobalSetup(Target = nameof(PooledLibrary))]
    public void PreparePooledLibrary()
    {
        JudgedCases cases = new(Turns, Hold(new LibDeviceSource(BuiltForMeasuring.Here.SampleLibrary)));
        all = () => cases.TryAll(Threads);
        Begin(nameof(PooledLibrary), (_, _) => { });
    }

    /// <summary>The same cases through the pool of a run.</summary>
    [Benchmark(OperationsPerInvoke = Turns)]
    public void PooledLibrary()
    {
        RowLoad.Count(Turns);
        all();
    }

    /// <summary>Prepares the row.</summary>
    [GlobalSetup(Target = nameof(JudgedSimulation))]
    public void PrepareJudgedSimulation()
    {
        JudgedCases cases = new(Turns, SimSource.Parse("sim"));
        Begin(nameof(JudgedSimulation), (_, turn) => cases.Try(turn));
    }

    /// <summary>The same cases on a simulated Sail, in the runner's own process.</summary>
    [Benchmark(OperationsPerInvoke = Turns)]
    public void JudgedSimulation() => Take(Turns);

    /// <summary>Prepares the row.</summary>
    [GlobalSetup(Target = nameof(RoundTrip))]
    public void PrepareRoundTrip()
    {
        EchoProcess[] echoes = [.. Enumerable.Range(0, Threads).Select(_ => Hold(new EchoProcess()))];
        Begin(nameof(RoundTrip), (thread, _) => echoes[thread].RoundTrip());
    }

    /// <summary>A byte to a child process and back.</summary>
    [Benchmark(OperationsPerInvoke = Turns)]
    public void RoundTrip() => Take(Turns);

    /// <summary>Prepares the row.</summary>
    [GlobalSetup(Target = nameof(RawProgram))]
    public void PrepareRawProgram()
    {
        PipeDeviceSource source = Hold(PipeDeviceSource.Parse(BuiltForMeasuring.Here.PythonCommand));
        RawCall call = new();
        Begin(nameof(RawProgram), (_, _) => call.Make(source));
    }

    /// <summary>Open, matmul, close of a program behind a pipe.</summary>
    [Benchmark(OperationsPerInvoke = FewTurns)]
    public void RawProgram() => Take(FewTurns);

    /// <summary>Ends the row.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        RowLoad.End();
        held.ForEach(item => item.Dispose());
        held.Clear();
        GC.SuppressFinalize(this);
    }

    private void Take(int turns)
    {
        RowLoad.Count(turns);
        ThreadTeam.Run(Threads, turns, work);
    }

    private T Hold<T>(T item)
        where T : IDisposable
    {
        held.Add(item);
        return item;
    }

    private void Begin(string row, Action<int, int> toDo)
    {
        work = toDo;
        RowLoad.Begin(row, Threads);
    }
}
