using System.Runtime.Intrinsics;

namespace Spanker.Conformance.Reference;

/// <summary>All elements of A * B^T, exact, at the speed of the hardware's integer products.</summary>
/// <remarks>Equal, bit for bit, to <see cref="ExactProduct.Element"/>. docs/numerics.md, section 2; docs/performance.md.</remarks>
public static class ExactTiles
{
    /// <summary>Bits of the registers that this machine multiplies in: 512, 256 or 128.</summary>
    public static int RegisterBits => ProductLanes512.IsSupported ? 512 : ProductLanes256.IsSupported ? 256 : 128;

    /// <summary>Multiplies; <paramref name="sink"/> takes each element once.</summary>
    /// <param name="a">Rows of A.</param>
    /// <param name="b">Rows of B.</param>
    /// <param name="blocks">Super-blocks in a row, k / 256; at least 1.</param>
    /// <param name="definition">What a weight is worth.</param>
    /// <param name="threads">Threads to use; at least 1.</param>
    /// <param name="sink">Takes the elements.</param>
    /// <param name="cancellation">Ends the work between tiles.</param>
    /// <typeparam name="TSink">What takes the elements.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException">There are no super-blocks in a row, or no threads.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    /// <exception cref="AggregateException">A row or the sink threw, on one of several threads; on one thread it comes as it was thrown.</exception>
    public static void Run<TSink>(
        in OperandRows a, in OperandRows b, int blocks, WeightDefinition definition, int threads, TSink sink, CancellationToken cancellation = default)
        where TSink : IElementSink
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blocks, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if ((long)blocks * PackedBlock.Words * 2 * (RegisterBits / 32) > LongRows.MostPanelWords)
        {
            LongRows.Run(a, b, blocks, definition, sink, cancellation);
        }
        else if (ProductLanes512.IsSupported)
        {
            new TiledProduct<ProductLanes512, Vector512<int>, TSink>(a, b, blocks, definition, threads, sink, cancellation).Run();
        }
        else if (ProductLanes256.IsSupported)
        {
            new TiledProduct<ProductLanes256, Vector256<int>, TSink>(a, b, blocks, definition, threads, sink, cancellation).Run();
        }
        else
        {
            new TiledProduct<ProductLanes128, Vector128<int>, TSink>(a, b, blocks, definition, threads, sink, cancellation).Run();
        }
    }
}
