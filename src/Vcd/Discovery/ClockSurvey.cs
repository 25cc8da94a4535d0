namespace Spanker.Conformance.Vcd.Discovery;

/// <summary>Finds the clock of each interface by what the dump shows: one bit, periodic, and most changes of the interface's signals come with its rising edge.</summary>
/// <remarks>
/// Candidates are the one-bit variables of the interface's scope and of the scopes around it; where none of them is periodic, those with a clock's name anywhere.
/// Of the periodic ones in whose rising edges' timestamps at least half of the data's timestamps fall, those with a clock's name come first if they see nine tenths of
/// what the best sees, then those that see more, then those that rise less often (a clock of twice the rate sees as much). Where registers answer after a delay, the half
/// period that begins with the rising edge counts instead of its timestamp. Candidates that always rise together are not a tie; the nearest scope names it.
/// </remarks>
internal sealed class ClockSurvey
{
    private const int CandidateLimit = 4096;

    private readonly VcdReader reader;
    private readonly OneBitIndex index;
    private readonly List<PeriodWatch> watches = [];
    private readonly List<int> signalOfWatch = [];
    private readonly Dictionary<int, int> watchOfNet = [];
    private readonly List<Tally> tallies = [];

    public ClockSurvey(VcdReader reader, IEnumerable<VcdInterface> interfaces)
    {
        this.reader = reader;
        index = new OneBitIndex(reader.Header);
        foreach (VcdInterface item in interfaces)
        {
            tallies.Add(new Tally(item, [.. item.Ports.Select(port => reader.Track(port.Variable))], Candidates(item)));
        }
    }

    /// <summary>Reads up to <paramref name="limitBytes"/> and chooses; null where nothing is periodic and near.</summary>
    /// <exception cref="VcdException">Two clocks fit an interface equally well.</exception>
    public VcdVariable?[] Choose(long limitBytes)
    {
        int[][] talliesOfSignal = Invert(tallies.Count, tally => tallies[tally].Signals, reader.Signals);
        int[][] talliesOfWatch = Invert(tallies.Count, tally => tallies[tally].Watches, watches.Count);
        int[][] watchesOfSignal = Invert(watches.Count, watch => [signalOfWatch[watch]], reader.Signals);
        bool isFirst = true;
        HashSet<int> touched = [];
        List<int> rises = [];
        while (reader.OffsetBytes < limitBytes && reader.ReadTimestamp())
        {
            touched.Clear();
            rises.Clear();
            foreach (int signal in reader.Changed)
            {
                foreach (int watch in watchesOfSignal[signal])
                {
                    bool wasHigh = watches[watch].IsHigh;
                    bool isHigh = reader.Value(signal)[0] == 1;
                    if (watches[watch].Update(reader.Time, isHigh, reader.Unknown(signal)[0] != 0))
                    {
                        rises.Add(watch);
                    }

                    if (watches[watch].IsHigh != wasHigh)
                    {
                        foreach (int tally in talliesOfWatch[watch])
                        {
                            tallies[tally].Turn(watch, watches[watch].IsHigh);
                        }
                    }
                }

                touched.UnionWith(talliesOfSignal[signal]);
            }

            // Initial values and gaps change everything at once and say nothing about clocks.
            if (!isFirst && !reader.HasGap)
            {
                foreach (int tally in touched)
                {
                    tallies[tally].Count(rises);
                }
            }

            isFirst = false;
        }

        return [.. tallies.Select(Best)];
    }

    private static int[][] Invert(int count, Func<int, IReadOnlyList<int>> targets, int size)
    {
        List<int>[] inverse = [.. Enumerable.Range(0, size).Select(_ => new List<int>())];
        for (int i = 0; i < count; i++)
        {
            foreach (int target in targets(i).Distinct())
            {
                inverse[target].Add(i);
            }
        }

        return [.. inverse.Select(list => list.ToArray())];
    }

    /// <summary>Whether scope <paramref name="outer"/> is <paramref name="inner"/> or around it.</summary>
    private static bool IsAround(string outer, string inner) =>
        outer.Length == 0 || (inner.StartsWith(outer, StringComparison.Ordinal) && (inner.Length == outer.Length || inner[outer.Length] == '.'));

    private (int Watch, VcdVariable Variable)[] Candidates(VcdInterface item)
    {
        HashSet<int> own = [.. item.Ports.Select(port => port.Variable.Net)];
        IEnumerable<VcdVariable> around = index.Around(item.Scope);
        return [.. around.Where(v => PinNames.IsClock(v.Name)).Concat(around).DistinctBy(v => v.Net).Take(CandidateLimit).Concat(index.Clocks)
            .Where(v => !own.Contains(v.Net))
            .DistinctBy(v => v.Net)
            .Select(v => (WatchOf(v), v))];
    }

    private int WatchOf(VcdVariable variable)
    {
        if (!watchOfNet.TryGetValue(variable.Net, out int watch))
        {
            watch = watches.Count;
            watches.Add(new PeriodWatch());
            signalOfWatch.Add(reader.Track(variable));
            watchOfNet.Add(variable.Net, watch);
        }

        return watch;
    }

    private VcdVariable? Best(Tally tally)
    {
        List<int> periodic = [.. tally.Watches.Where(watch => watches[watch].IsPeriodic)];
        if (periodic.Exists(tally.IsNear))
        {
            _ = periodic.RemoveAll(watch => !tally.IsNear(watch));
        }

        foreach (Func<int, long> seen in new[] { tally.AtRise, tally.WhileHigh })
        {
            List<int> fit = [.. periodic.Where(watch => tally.Timestamps > 0 && seen(watch) * 2 >= tally.Timestamps)];
            if (fit.Count > 0)
            {
                return Pick(tally, fit, seen);
            }
        }

        List<int> named = periodic.FindAll(tally.HasClocksName);
        return named.Count > 0 ? Pick(tally, named, _ => 0) : null;
    }

    private VcdVariable Pick(Tally tally, List<int> fit, Func<int, long> seen)
    {
        long most = fit.Max(seen);
        List<int> best = fit.FindAll(watch => tally.HasClocksName(watch) && seen(watch) * 10 >= most * 9);
        best = best.Count > 0 ? best : fit;
        best = AllBy(best, watch => -seen(watch));
        best = AllBy(best, watch => watches[watch].Rises);
        if (best.Select(watch => watches[watch].Wave).Distinct().Count() > 1)
        {
            string names = string.Join(", ", best.Take(4).Select(watch => VcdException.Quote(tally.VariableOf(watch).ToString())));
            throw new VcdException($"the clock of {VcdException.Quote(tally.Item.Name)} could be any of {names}", "a map with a line 'clock PATH'");
        }

        return best.Select(tally.VariableOf).MaxBy(variable => variable.Scope.Length);
    }

    private static List<int> AllBy(List<int> items, Func<int, long> key)
    {
        long least = items.Min(key);
        return items.FindAll(item => key(item) == least);
    }

    /// <summary>The data of one interface against its candidates.</summary>
    private sealed class Tally(VcdInterface item, int[] signals, (int Watch, VcdVariable Variable)[] candidates)
    {
        private readonly Dictionary<int, int> place = candidates.Select((candidate, i) => (candidate.Watch, i)).ToDictionary(pair => pair.Watch, pair => pair.i);
        private readonly long[] atRise = new long[candidates.Length];
        private readonly long[] whileHigh = new long[candidates.Length];
        private readonly long[] sinceRise = new long[candidates.Length];

        public VcdInterface Item { get; } = item;

        public int[] Signals { get; } = signals;

        public int[] Watches { get; } = [.. candidates.Select(candidate => candidate.Watch)];

        /// <summary>Timestamps in which one of the interface's signals changed.</summary>
        public long Timestamps { get; private set; }

        /// <summary>The name under which this interface knows the net: others may know it under another.</summary>
        public VcdVariable VariableOf(int watch) => candidates[place[watch]].Variable;

        public bool IsNear(int watch) => IsAround(VariableOf(watch).Scope, Item.Scope);

        public bool HasClocksName(int watch) => PinNames.IsClock(VariableOf(watch).Name);

        public long AtRise(int watch) => atRise[place[watch]];

        public long WhileHigh(int watch) => whileHigh[place[watch]];

        /// <summary>A candidate changed level in a timestamp of which the data is not counted yet: data at the rise is of the high half, data at the fall of the low one.</summary>
        public void Turn(int watch, bool isHigh)
        {
            int i = place[watch];
            if (isHigh)
            {
                sinceRise[i] = Timestamps;
            }
            else
            {
                whileHigh[i] += Timestamps - sinceRise[i];
            }
        }

        public void Count(List<int> rises)
        {
            Timestamps++;
            foreach (int watch in rises)
            {
                if (place.TryGetValue(watch, out int i))
                {
                    atRise[i]++;
                }
            }
        }
    }
}
