namespace Spanker.Conformance.Axi4;

/// <summary>Random requests that keep the rules, without end; the same for the same options.</summary>
public sealed class AxiTraffic
{
    private readonly AxiBusShape shape;
    private readonly AxiTrafficOptions options;
    private readonly AxiBurstKind[] kinds;
    private StallDice dice;

    /// <summary>Traffic for an interface.</summary>
    public AxiTraffic(AxiBusShape shape, AxiTrafficOptions options)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.WindowBytes, (ulong)AxiBurst.PageBytes);
        this.shape = shape;
        this.options = options;
        kinds = options.Profile?.BurstKinds is { } few ? [.. few] : [AxiBurstKind.Incr, AxiBurstKind.Fixed, AxiBurstKind.Wrap];
        dice = new(options.Seed);
    }

    /// <summary>The next request.</summary>
    public AxiRequest Next()
    {
        AxiBurst burst = NextBurst();
        bool isRead = dice.Falls(StallDice.Always / 2);
        int words = burst.Beats * shape.DataWords;
        AxiRequest request = new()
        {
            IsRead = isRead,
            Burst = burst,
            Id = shape.IdBits == 0 ? 0 : (ulong)dice.UpTo((1 << Math.Min(shape.IdBits, 16)) - 1),
            Attributes = options.VariesAttributes ? ((ulong)dice.UpTo(7) << AxiAttributes.ProtShift) | ((ulong)dice.UpTo(15) << AxiAttributes.QosShift) : 0,
            GapCycles = dice.UpTo(options.MaxGapCycles),
        };
        return isRead ? request with { Destination = new ulong[words] } : request with { Data = NextData(words), Strobes = NextStrobes(burst) };
    }

    private AxiBurst NextBurst()
    {
        AxiBurstKind kind = dice.Falls(3 * StallDice.Always / 4) ? AxiBurstKind.Incr : kinds[dice.UpTo(kinds.Length - 1)];
        int size = options.Profile?.BeatSize ?? dice.UpTo(shape.FullSize);
        int beatBytes = 1 << size;
        int most = Math.Min(options.MaxBeats, Math.Min(AxiBurst.MaxBeats, AxiBurst.PageBytes / beatBytes));
        int beats = kind switch
        {
            AxiBurstKind.Wrap => Math.Min(1 << System.Numerics.BitOperations.Log2((uint)most), 2 << dice.UpTo(3)),
            AxiBurstKind.Fixed => 1 + dice.UpTo(Math.Min(most, 16) - 1),
            _ => NextLength(most),
        };
        kind = kind == AxiBurstKind.Wrap && beats < 2 ? AxiBurstKind.Incr : kind;
        ulong page = options.Base + ((ulong)dice.UpTo((int)(options.WindowBytes / AxiBurst.PageBytes) - 1) * AxiBurst.PageBytes);
        int room = (AxiBurst.PageBytes / beatBytes) - (kind == AxiBurstKind.Incr ? beats : 1);
        int place = dice.Falls(options.PageEnds) ? room : dice.UpTo(room);

        // A WRAP begins at a whole beat; the others may begin inside one.
        int inside = kind != AxiBurstKind.Wrap && options.Profile?.BeatSize is null && dice.Falls(StallDice.Always / 4) ? dice.UpTo(beatBytes - 1) : 0;
        return new(page + (ulong)((place * beatBytes) + inside), beats, size, kind);
    }

    // Short ones are frequent, as are the longest.
    private int NextLength(int most) => dice.UpTo(7) switch
    {
        0 => most,
        < 5 => 1 + dice.UpTo(Math.Min(8, most) - 1),
        _ => 1 + dice.UpTo(most - 1),
    };

    private ulong[] NextData(int words)
    {
        ulong[] data = new ulong[words];
        for (int i = 0; i < words; i++)
        {
            data[i] = dice.Next();
        }

        return data;
    }

    private UInt128[] NextStrobes(AxiBurst burst)
    {
        if (!dice.Falls(options.SparseStrobes))
        {
            return [];
        }

        UInt128[] strobes = new UInt128[burst.Beats];
        for (int beat = 0; beat < strobes.Length; beat++)
        {
            UInt128 chosen = new(dice.Next(), dice.Next());
            strobes[beat] = burst.LanesOf(beat, shape.DataBytes).Strobe & (dice.Falls(StallDice.Always / 8) ? 0 : chosen);
        }

        return strobes;
    }
}
