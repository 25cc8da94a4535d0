using System.Numerics;

namespace Spanker.Conformance.Axi4;

/// <summary>A set of signals, one bit each: which pins an interface has, or which a rule looks at.</summary>
/// <param name="Bits">Bit n stands for the signal of value n.</param>
public readonly record struct AxiSignalSet(ulong Bits)
{
    /// <summary>No signal.</summary>
    public static AxiSignalSet None => default;

    /// <summary>Every signal.</summary>
    public static AxiSignalSet All => new((1UL << ((int)AxiSignal.Reset + 1)) - 1);

    /// <summary>How many signals are in the set.</summary>
    public int Count => BitOperations.PopCount(Bits);

    /// <summary>The set of the signals named.</summary>
    public static AxiSignalSet Of(params ReadOnlySpan<AxiSignal> signals)
    {
        ulong bits = 0;
        foreach (AxiSignal signal in signals)
        {
            bits |= 1UL << (int)signal;
        }

        return new(bits);
    }

    /// <summary>Whether <paramref name="signal"/> is in the set.</summary>
    public bool Has(AxiSignal signal) => ((Bits >> (int)signal) & 1) != 0;

    /// <summary>Whether all of <paramref name="others"/> are in the set.</summary>
    public bool HasAll(AxiSignalSet others) => (others.Bits & ~Bits) == 0;

    /// <summary>This set and <paramref name="others"/>.</summary>
    public AxiSignalSet With(AxiSignalSet others) => new(Bits | others.Bits);

    /// <summary>This set without <paramref name="others"/>.</summary>
    public AxiSignalSet Without(AxiSignalSet others) => new(Bits & ~others.Bits);
}
