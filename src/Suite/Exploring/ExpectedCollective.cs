using Spanker.Conformance.Collectives;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>What the cards hold before a collective, and what each must hold after it, by the reference along the algorithm's own tree.</summary>
public sealed class ExpectedCollective
{
    /// <summary>NaN wins and -0 is less than +0, as the cards' arithmetic declares.</summary>
    public static readonly ExtremumPolicy CardPolicy = new(NanPolicy.Propagate, ZeroPolicy.Ordered);

    /// <summary>Works out the collective.</summary>
    /// <param name="setup">The collective.</param>
    /// <param name="number">Which of those that run at once; its data are its own.</param>
    public ExpectedCollective(CollectiveSetup setup, int number)
    {
        ArgumentNullException.ThrowIfNull(setup);
        int length = setup.Length;
        Inputs = new float[setup.Cards][];
        Result = new float[length];
        for (int card = 0; card < setup.Cards; card++)
        {
            Inputs[card] = new float[length];
            CollectiveElements.Fill(setup.Data, card + number * setup.Cards, Inputs[card]);
        }

        if (setup.Algorithm.Gathers)
        {
            Gather(setup);
            return;
        }

        int pieces = setup.Algorithm.Pieces(setup.Cards);
        for (int index = 0; index < pieces; index++)
        {
            var piece = Piece.Of(length, pieces, index);
            CollectiveReference.AllReduce(
                setup.Operation,
                [.. Inputs.Select(input => (ReadOnlyMemory<float>)input.AsMemory(piece.First, piece.Count))],
                setup.Algorithm.OrderOf(setup.Cards, index)!,
                CardPolicy,
                Result.AsSpan(piece.First, piece.Count));
        }
    }

    /// <summary>Each card's buffer at the start.</summary>
    public float[][] Inputs { get; }

    /// <summary>Every card's buffer at the end.</summary>
    public float[] Result { get; }

    /// <summary>The first element that is not as expected, or null.</summary>
    public string? Difference(ReadOnlySpan<float> actual)
    {
        for (int index = 0; index < Result.Length; index++)
        {
            if (!CollectiveReference.IsExpected(ReduceOperation.Sum, CardPolicy, Result[index], actual[index]))
            {
                return $"y[{index}] = {NumberText.Of(actual[index])}, expected {NumberText.Of(Result[index])}";
            }
        }

        return null;
    }

    private void Gather(CollectiveSetup setup)
    {
        int block = setup.Length / setup.Cards;
        for (int card = 0; card < setup.Cards; card++)
        {
            Inputs[card].AsSpan(card * block, block).CopyTo(Result.AsSpan(card * block));
        }
    }
}
