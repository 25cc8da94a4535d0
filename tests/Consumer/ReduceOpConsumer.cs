using Spanker.Conformance.Device;

namespace Spanker.Conformance.Tests.Consumer;

/// <summary>Names every reduce operation that there is today.</summary>
public static class ReduceOpConsumer
{
    public static string Explain(ReduceOp operation) => operation switch
    {
        ReduceOp.Sum => "sum",
        ReduceOp.Max => "max",
        ReduceOp.Min => "min",
        ReduceOp.Avg => "avg",
#if !WITHOUT_DEFAULT
        _ => $"operation {(int)operation}",
#endif
    };
}
