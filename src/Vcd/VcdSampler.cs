namespace Spanker.Conformance.Vcd;

/// <summary>What a circuit that is clocked by one signal sees: one sample of the chosen signals for each rising edge of the clock.</summary>
/// <remarks>
/// An edge is a timestamp at whose end the clock is 1 and before which it was 0. Its sample holds the values at the end of the timestamp before. Where the
/// clock's own line stands among the others of its timestamp means nothing: Icarus writes it last, Verilator in the middle, and registers change in the same timestamp.
/// <code>
/// var sampler = new VcdSampler(reader, clock, [valid, ready, data]);
/// while (sampler.Read())
/// {
///     if (sampler.IsHigh(0) &amp;&amp; sampler.IsHigh(1)) { Take(sampler.Edge, sampler.Value(2), sampler.Unknown(2)); }
/// }
/// </code>
/// The first timestamp holds no edge, since nothing is known before it. After the end, <see cref="VcdReader.Incomplete"/> says whether the file was cut.
/// </remarks>
public sealed class VcdSampler
{
    private readonly VcdReader reader;
    private readonly int clock;
    private readonly int[] signalOf;
    private readonly int[] firstWordOf;
    private readonly int[] wordsOf;
    private readonly ulong[] values;
    private readonly ulong[] unknowns;
    private readonly int[][] indexesOf;
    private readonly int[] changed;
    private readonly bool[] isChanged;
    private int changedCount;
    private bool hasGap;

    /// <summary>Tracks clock and signals in a reader of which no timestamp was read yet. The order of <paramref name="signals"/> is that of the samples.</summary>
    /// <exception cref="VcdException">The clock is not one bit, or a signal cannot be tracked.</exception>
    public VcdSampler(VcdReader reader, VcdVariable clock, IReadOnlyList<VcdVariable> signals)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(signals);
        if (clock.WidthBits != 1)
        {
            throw new VcdException($"the clock {VcdException.Quote(clock.ToString())} is {clock.WidthBits} bits wide", "one bit");
        }

        this.reader = reader;
        this.clock = reader.Track(clock);
        signalOf = [.. signals.Select(reader.Track)];
        firstWordOf = new int[reader.Signals];
        wordsOf = new int[reader.Signals];
        int words = 0;
        for (int signal = 0; signal < firstWordOf.Length; signal++)
        {
            firstWordOf[signal] = words;
            wordsOf[signal] = (reader.WidthBits(signal) + 63) / 64;
            words += wordsOf[signal];
        }

        ILookup<int, int> indexes = Enumerable.Range(0, signalOf.Length).ToLookup(index => signalOf[index]);
        indexesOf = [.. Enumerable.Range(0, reader.Signals).Select(signal => indexes[signal].ToArray())];
        changed = [.. Enumerable.Range(0, signalOf.Length)];
        isChanged = new bool[signalOf.Length];
        Array.Fill(isChanged, true);
        changedCount = changed.Length;
        values = new ulong[words];
        unknowns = new ulong[words];
        for (int signal = 0; signal < firstWordOf.Length; signal++)
        {
            for (int bit = 0; bit < reader.WidthBits(signal); bit++)
            {
                unknowns[firstWordOf[signal] + (bit / 64)] |= 1UL << (bit % 64);
            }
        }
    }

    /// <summary>The time of the edge, in ticks of the file's timescale.</summary>
    public ulong Time { get; private set; }

    /// <summary>The number of the edge, from 0.</summary>
    public long Edge { get; private set; } = -1;

    /// <summary>Whether dumping was off at some moment since the sample before: edges may be missing there, and nothing may be concluded across it.</summary>
    public bool IsAfterGap { get; private set; }

    /// <summary>Times that the clock became 1 from x or z while dumping was on; these are not taken for edges.</summary>
    public long UnclearEdges { get; private set; }

    /// <summary>
    /// The signals, by their index in the constructor's list, that may differ from the sample before; all of them in the first. In no order that
    /// means anything.
    /// </summary>
    public ReadOnlySpan<int> Changed => changed.AsSpan(0, changedCount);

    /// <summary>Goes on to the next edge; false at the end of the file.</summary>
    public bool Read()
    {
        if (Edge >= 0)
        {
            foreach (int index in Changed)
            {
                isChanged[index] = false;
            }

            changedCount = 0;
        }

        while (true)
        {
            Settle();
            if (!reader.ReadTimestamp())
            {
                return false;
            }

            hasGap |= reader.HasGap;
            if (reader.Value(clock)[0] != 1 || reader.Unknown(clock)[0] != 0)
            {
                continue;
            }

            int word = firstWordOf[clock];
            if (unknowns[word] != 0)
            {
                UnclearEdges += reader.HasGap ? 0 : 1;
            }
            else if (values[word] == 0)
            {
                Time = reader.Time;
                Edge++;
                (IsAfterGap, hasGap) = (hasGap, false);
                return true;
            }
        }
    }

    /// <summary>Words of the sampled value of signal <paramref name="index"/> of the constructor's list, least significant first. Of an unknown bit, 0 is x and 1 is z. Valid until the next edge.</summary>
    public ReadOnlySpan<ulong> Value(int index) => values.AsSpan(firstWordOf[signalOf[index]], wordsOf[signalOf[index]]);

    /// <summary>For each bit of the sampled value: 1 where it is x or z.</summary>
    public ReadOnlySpan<ulong> Unknown(int index) => unknowns.AsSpan(firstWordOf[signalOf[index]], wordsOf[signalOf[index]]);

    /// <summary>Whether bit 0 of the sampled value is 1.</summary>
    public bool IsHigh(int index) => (Value(index)[0] & ~Unknown(index)[0] & 1) == 1;

    /// <summary>Whether bit 0 of the sampled value is 0.</summary>
    public bool IsLow(int index) => ((Value(index)[0] | Unknown(index)[0]) & 1) == 0;

    /// <summary>Whether any bit of the sampled value is x or z.</summary>
    public bool HasUnknown(int index) => Unknown(index).ContainsAnyExcept(0UL);

    /// <summary>Makes the values at the end of the timestamp that was read last those of which the next edge takes its sample.</summary>
    private void Settle()
    {
        foreach (int signal in reader.Changed)
        {
            if (signal >= firstWordOf.Length)
            {
                // Tracked by someone else since.
                continue;
            }

            foreach (int index in indexesOf[signal])
            {
                if (!isChanged[index])
                {
                    isChanged[index] = true;
                    changed[changedCount++] = index;
                }
            }

            int word = firstWordOf[signal];
            if (wordsOf[signal] == 1)
            {
                values[word] = reader.Value(signal)[0];
                unknowns[word] = reader.Unknown(signal)[0];
            }
            else
            {
                reader.Value(signal).CopyTo(values.AsSpan(word));
                reader.Unknown(signal).CopyTo(unknowns.AsSpan(word));
            }
        }
    }
}
