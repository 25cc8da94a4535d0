namespace Spanker.Conformance.Exploration;

/// <summary>A visible operation: what a task is about to do to a shared object.</summary>
/// <param name="Target">The object.</param>
/// <param name="Kind">What is done to it.</param>
/// <param name="Argument">What the object needs to know beside that; its meaning is the object's.</param>
public readonly record struct Operation(SharedObject Target, OperationKind Kind, int Argument = 0)
{
    /// <summary>As findings and diagrams show it: <c>receive link 0-&gt;1</c>.</summary>
    public override string ToString() => Target.Describe(this);
}
