namespace Spanker.Conformance.Collectives;

/// <summary>What all cards of a topology are asked to do together.</summary>
/// <param name="Id">Number that every frame of it bears.</param>
/// <param name="Channel">Channel of the links that it uses; two collectives at once have two.</param>
/// <param name="Combination">How values are combined; an AllGather does not look at it.</param>
/// <param name="Averages">True if the sum is divided by the number of cards at the end.</param>
public sealed record CollectiveCall(int Id, int Channel = 0, Combination Combination = Combination.Sum, bool Averages = false);
