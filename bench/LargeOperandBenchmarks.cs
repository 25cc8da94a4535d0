using BenchmarkDotNet.Attributes;

namespace Spanker.Conformance.Bench;

/// <summary>Large operands: from laid out to answered, beside a copy of as many bytes.</summary>
public class LargeOperandBenchmarks : IDisposable
{
    private readonly List<NativeBytes> elsewhere = [];
    private LargeOperands? operands;

    /// <summary>Prepares the row.</summary>
    [GlobalSetup(Target = nameof(FirstCall))]
    public void PrepareFirstCall() => RowLoad.Begin(nameof(FirstCall), 1);

    /// <summary>Lays the operands out for a fresh process.</summary>
    [IterationSetup(Target = nameof(FirstCall))]
    public void LayForFirstCall()
    {
        operands = new LargeOperands();
        operands.Lay();
    }

    /// <summary>A device's first call, which the library gets twice; the worker maps every page of the operands.</summary>
    [Benchmark]
    public void FirstCall() => operands!.Call();

    /// <summary>Prepares the row.</summary>
    [GlobalSetup(Target = nameof(LaterCall))]
    public void PrepareLaterCall() => RowLoad.Begin(nameof(LaterCall), 1);

    /// <summary>Lays the operands out for a fresh process and calls once.</summary>
    [IterationSetup(Target = nameof(LaterCall))]
    public void LayForLaterCall()
    {
        LayForFirstCall();
        operands!.Call();
    }

    /// <summary>Another call on the same operands.</summary>
    [Benchmark]
    public void LaterCall() => operands!.Call();

    /// <summary>Prepares the row.</summary>
    [GlobalSetup(Target = nameof(CallOnCopies))]
    public void PrepareCallOnCopies()
    {
        elsewhere.AddRange([new NativeBytes(LargeOperands.RowBytes), new NativeBytes(LargeOperands.RowBytes), new NativeBytes(sizeof(float))]);
        RowLoad.Begin(nameof(CallOnCopies), 1);
    }

    /// <summary>Starts a fresh process.</summary>
    [IterationSetup(Target = nameof(CallOnCopies))]
    public void OpenForCallOnCopies() => operands = new LargeOperands();

    /// <summary>A first call on operands that were not laid out where the worker reads: the same with one copy.</summary>
    [Benchmark]
    public void CallOnCopies() => operands!.CallOn(elsewhere[0], elsewhere[1], elsewhere[2]);

    /// <summary>Prepares the row.</summary>
    [GlobalSetup(Target = nameof(MemoryCopy))]
    public void PrepareMemoryCopy()
    {
        elsewhere.AddRange(Enumerable.Range(0, 4).Select(_ => new NativeBytes(LargeOperands.RowBytes)));
        RowLoad.Begin(nameof(MemoryCopy), 1);
    }

    /// <summary>memcpy of as many bytes, between pages that were touched before.</summary>
    [Benchmark]
    public void MemoryCopy()
    {
        elsewhere[0].CopyTo(elsewhere[2]);
        elsewhere[1].CopyTo(elsewhere[3]);
    }

    /// <summary>Ends the process.</summary>
    [IterationCleanup]
    public void EndProcess()
    {
        operands?.Dispose();
        operands = null;
    }

    /// <summary>Ends the row.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        RowLoad.End();
        EndProcess();
        elsewhere.ForEach(buffer => buffer.Dispose());
        elsewhere.Clear();
        GC.SuppressFinalize(this);
    }
}
