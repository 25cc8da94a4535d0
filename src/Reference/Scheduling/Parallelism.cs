namespace Spanker.Conformance.Reference;

/// <summary>How a tile's work is spread over the cards (CONTRACT SCH-3).</summary>
public enum Parallelism
{
    /// <summary>Every card holds a part of the weights, and all activations cross the links.</summary>
    TensorParallel = 0,

    /// <summary>Cards hold layers of their own, and activations cross from one card to the next.</summary>
    ModelParallel = 1,
}
