using Spanker.Conformance.Collectives;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>A collective small enough to explore.</summary>
/// <param name="Algorithm">What the cards do.</param>
/// <param name="Cards">N.</param>
/// <param name="Chunks">Frames that each piece takes.</param>
/// <param name="Credits">Frames that a link holds.</param>
public sealed record CollectiveSetup(ICollectiveAlgorithm Algorithm, int Cards, int Chunks, int Credits)
{
    /// <summary>What a reduction computes.</summary>
    public ReduceOperation Operation { get; init; } = ReduceOperation.Sum;

    /// <summary>The data.</summary>
    public CollectiveDataKind Data { get; init; } = CollectiveDataKind.Cancelling;

    /// <summary>Collectives that run at once, on channels of their own.</summary>
    public int AtOnce { get; init; } = 1;

    /// <summary>What goes wrong, or null.</summary>
    public LinkFault? Fault { get; init; }

    /// <summary>Elements of a frame.</summary>
    public int FrameElements { get; init; } = 2;

    /// <summary>True if limits may pass although frames are on the way.</summary>
    public bool SpuriousTimeouts { get; init; }

    /// <summary>Elements of each card's buffer where they are given; <see cref="Chunks"/> then says nothing. To gather, a multiple of the cards.</summary>
    public int? Elements { get; init; }

    /// <summary>Elements of each card's buffer: each piece takes <see cref="Chunks"/> frames, and the last frame of a piece has a tail.</summary>
    public int Length
    {
        get
        {
            if (Elements is int given)
            {
                return given;
            }

            int whole = Chunks * FrameElements;
            int piece = whole > 1 ? whole - 1 : whole;
            return piece * Algorithm.Pieces(Cards);
        }
    }
}
