namespace Spanker.Conformance.Vcd.Discovery;

/// <summary>Finds the resets of the interfaces of one clock: a reset's name in their scope or around it, and the level at which no VALID is seen.</summary>
internal sealed class ResetSurvey
{
    private const int CandidateLimit = 64;

    private readonly VcdReader reader;
    private readonly Tally[] tallies;
    private readonly VcdSampler sampler;

    /// <summary>The interfaces have clocks, all of the same net.</summary>
    public ResetSurvey(VcdReader reader, IReadOnlyList<VcdInterface> interfaces)
    {
        this.reader = reader;
        OneBitIndex index = new(reader.Header);
        List<VcdVariable> sampled = [];
        tallies = [.. interfaces.Select(item => new Tally(item, sampled, FindCandidates(index, item)))];
        sampler = new VcdSampler(reader, interfaces[0].Clock!.Value, sampled);
    }

    /// <summary>Reads up to <paramref name="limitBytes"/> and chooses; null for an interface where nothing has a reset's name.</summary>
    /// <exception cref="VcdException">Two resets fit an interface equally well.</exception>
    public VcdReset?[] Choose(long limitBytes)
    {
        while (reader.OffsetBytes < limitBytes && sampler.Read())
        {
            foreach (Tally tally in tallies)
            {
                tally.Count(sampler);
            }
        }

        return [.. tallies.Select(tally => tally.Pick())];
    }

    private static List<Candidate> FindCandidates(OneBitIndex index, VcdInterface item)
    {
        if (item.Reset is VcdReset named)
        {
            return [new Candidate(named.Variable, named.IsActiveHigh)];
        }

        HashSet<int> own = [.. item.Ports.Select(port => port.Variable.Net)];
        IEnumerable<VcdVariable> near = index.Around(item.Scope)
            .Where(v => !own.Contains(v.Net) && PinNames.IsReset(v.Name, out _))
            .DistinctBy(v => v.Net)
            .Take(CandidateLimit);
        List<Candidate> found = [];
        foreach (VcdVariable variable in near)
        {
            _ = PinNames.IsReset(variable.Name, out bool isActiveHigh);
            found.Add(new Candidate(variable, isActiveHigh));
        }

        return found;
    }

    /// <summary>The VALIDs of one interface against its candidates.</summary>
    private sealed class Tally
    {
        private readonly VcdInterface item;
        private readonly List<Candidate> candidates;
        private readonly int first;
        private readonly int valids;

        /// <summary>Appends the VALIDs and then the candidates to what is sampled.</summary>
        public Tally(VcdInterface item, List<VcdVariable> sampled, List<Candidate> candidates)
        {
            this.item = item;
            this.candidates = candidates;
            first = sampled.Count;
            sampled.AddRange(item.Ports.Where(port => port.Role.EndsWith("valid", StringComparison.Ordinal)).Select(port => port.Variable));
            valids = sampled.Count - first;
            sampled.AddRange(candidates.Select(candidate => candidate.Variable));
        }

        public void Count(VcdSampler sampler)
        {
            bool isValid = false;
            for (int i = first; i < first + valids; i++)
            {
                isValid |= sampler.IsHigh(i);
            }

            for (int i = 0; i < candidates.Count; i++)
            {
                candidates[i].Count(sampler.IsHigh(first + valids + i), sampler.IsLow(first + valids + i), isValid);
            }
        }

        public VcdReset? Pick()
        {
            if (item.Reset is VcdReset named)
            {
                return named with { IsConfirmed = candidates[0].IsConfirmed(named.IsActiveHigh) };
            }

            if (candidates.Count == 0)
            {
                return null;
            }

            List<Candidate> best = candidates.Exists(candidate => candidate.IsAnyConfirmed) ? candidates.FindAll(candidate => candidate.IsAnyConfirmed) : candidates;
            int nearest = best.Max(candidate => candidate.Variable.Scope.Length);
            best = best.FindAll(candidate => candidate.Variable.Scope.Length == nearest);
            Candidate chosen = best[0];
            if (best.Exists(candidate => !candidate.IsLike(chosen)))
            {
                string names = string.Join(", ", best.Take(4).Select(candidate => VcdException.Quote(candidate.Variable.ToString())));
                throw new VcdException($"the reset of {VcdException.Quote(item.Name)} could be any of {names}", "a map with a line 'reset PATH low' or 'reset PATH high'");
            }

            bool isActiveHigh = chosen.IsConfirmed(chosen.IsNamedHigh) || !chosen.IsConfirmed(!chosen.IsNamedHigh) ? chosen.IsNamedHigh : !chosen.IsNamedHigh;
            return new VcdReset(chosen.Variable, isActiveHigh, chosen.IsConfirmed(isActiveHigh));
        }
    }

    private sealed class Candidate(VcdVariable variable, bool isNamedHigh)
    {
        private long high;
        private long low;
        private long validWhileHigh;
        private long validWhileLow;
        private bool wasHigh;
        private bool wasLow;

        public VcdVariable Variable { get; } = variable;

        public bool IsNamedHigh { get; } = isNamedHigh;

        public bool IsAnyConfirmed => IsConfirmed(isActiveHigh: true) || IsConfirmed(isActiveHigh: false);

        public bool IsConfirmed(bool isActiveHigh) => isActiveHigh
            ? high > 0 && validWhileHigh == 0 && validWhileLow > 0
            : low > 0 && validWhileLow == 0 && validWhileHigh > 0;

        public bool IsLike(Candidate other) =>
            (high, low, validWhileHigh, validWhileLow) == (other.high, other.low, other.validWhileHigh, other.validWhileLow) && IsNamedHigh == other.IsNamedHigh;

        /// <summary>Looks at one edge. The first of a level says nothing: where a reset is synchronous, VALID is still what it was before.</summary>
        public void Count(bool isHigh, bool isLow, bool isValid)
        {
            bool isHighStill = isHigh && wasHigh;
            bool isLowStill = isLow && wasLow;
            (wasHigh, wasLow) = (isHigh, isLow);
            high += isHighStill ? 1 : 0;
            low += isLowStill ? 1 : 0;
            validWhileHigh += isHighStill && isValid ? 1 : 0;
            validWhileLow += isLowStill && isValid ? 1 : 0;
        }
    }
}
