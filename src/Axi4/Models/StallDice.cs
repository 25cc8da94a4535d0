namespace Spanker.Conformance.Axi4;

/// <summary>The choices of a model, from a seed: splitmix64 (Steele, Lea, Flood 2014), a few operations a throw.</summary>
internal struct StallDice(ulong seed)
{
    /// <summary>A chance of one.</summary>
    public const int Always = 256;

    private ulong state = seed;

    /// <summary>True in <paramref name="chance"/> of 256 throws; without a throw where it can be told beforehand.</summary>
    public bool Falls(int chance) => chance > 0 && (chance >= Always || (int)(Next() >> 56) < chance);

    /// <summary>A number 0 .. <paramref name="most"/>.</summary>
    public int UpTo(int most) => most == 0 ? 0 : (int)(Next() % ((ulong)most + 1));

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            state += 0x9e37_79b9_7f4a_7c15;
            ulong mixed = (state ^ (state >> 30)) * 0xbf58_476d_1ce4_e5b9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94d0_49bb_1331_11eb;
            return mixed ^ (mixed >> 31);
        }
    }
}
