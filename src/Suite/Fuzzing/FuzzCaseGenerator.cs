using Spanker.Conformance.Collectives;
using Spanker.Conformance.Device;

namespace Spanker.Conformance.Suite;

/// <summary>Random cases of the clauses that can be judged on a device. Case i is a pure function of the seed, i and the clauses.</summary>
public sealed class FuzzCaseGenerator
{
    private const int MostSails = 16;
    private const int MostElements = 4099;
    private const int OrdinaryWork = 600;
    private const int GreatWork = 8000;
    private const int MostRequests = 200;

    // Reduce operations from here on are known to nobody, and it is not likely that one of them ever will be.
    private const int FirstUnknownOperation = 100;

    private readonly ulong seed;
    private readonly JudgingTerms terms;

    /// <summary>A generator of cases for a device.</summary>
    /// <param name="seed">From what the cases are made.</param>
    /// <param name="device">The device, for what it can be judged by.</param>
    /// <param name="terms">What it is held to.</param>
    /// <param name="filter">Which clauses are tried.</param>
    public FuzzCaseGenerator(ulong seed, IDevice device, JudgingTerms terms, ClauseFilter filter)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(filter);
        this.seed = seed;
        this.terms = terms;
        Clauses =
        [
            .. CheckCatalogue.All.Select(c => c.Clause).Where(
                id => filter.Selects(id) && Applicability.Rule(RequirementCatalogue.Find(id)!, device, terms) is null && CanMake(id)),
        ];
    }

    /// <summary>The clauses that cases are made for; empty if there is nothing to search.</summary>
    public IReadOnlyList<string> Clauses { get; }

    /// <summary>The case of number <paramref name="index"/>.</summary>
    public Case Make(ulong index)
    {
        if (Clauses.Count == 0)
        {
            throw new InvalidOperationException("no clause is left to make cases for");
        }

        CaseRandom random = CaseRandom.Keyed(seed, CaseRandom.Word("fuzz"), index);
        string clause = Clauses[random.Next(Clauses.Count)];
        return clause[..clause.IndexOf('-', StringComparison.Ordinal)] switch
        {
            "DRV" => new ControlNodeCase(clause),
            "TOP" => new TopologyCase(clause, random.Next(0, Math.Min(2 * MostSails, terms.Description.MaxSails))),
            "SCH" => Scheduled(ref random, clause),
            "COL" when clause == ShardingChecks.Clause => Sharded(ref random),
            "COL" when clause == "COL-10" => Interleaving(ref random, clause),
            "COL" => Collective(ref random, clause),
            "AXI" => Bus(ref random, clause),
            _ when clause == "MM-15" => Collective(ref random, clause),
            _ => Matmul(ref random, clause),
        };
    }

    // A clause whose check came later than this generator is left out rather than tried on cases that it may misread.
    private static bool CanMake(string clause) => clause is "MM-1" or "MM-2" or "MM-3" or "MM-4" or "MM-5" or "MM-6" or "MM-7" or "MM-8" or "MM-9"
        or "MM-10" or "MM-11" or "MM-12" or "MM-13" or "MM-14" or "MM-15" or "MM-16" or "NUM-1" or "NUM-2" or "NUM-3" or "NUM-4"
        or "COL-1" or "COL-2" or "COL-3" or "COL-4" or "COL-5" or "COL-6" or "COL-7" or "COL-8" or "COL-9" or "COL-10" or "COL-11" or "TOP-1" or "SCH-1" or "SCH-2" or "SCH-3"
        or "PROC-1" or "PROC-2" or "PROC-3"
        or "AXI-1" or "AXI-2" or "AXI-3" or "AXI-4" or "AXI-5" or "AXI-6" or "AXI-7"
        || RequirementCatalogue.Find(clause)!.Subject == Subject.Driver;

    // What the device's own host does on a call of any shape, or what its card does for a master of the suite's own.
    private static Case Bus(ref CaseRandom random, string clause)
    {
        BusScenario scenario = BusChecks.ScenarioOf(clause, ref random);
        return BusChecks.HasCalls(clause) && random.OneIn(2)
            ? Of(ref random, clause, FuzzShapes.Valid(ref random, OrdinaryWork), PlacementFamilies.Placement)
            : new BusCase(clause, scenario, random.Next(Suite.Bus.BusPace.All.Count), scenario == BusScenario.Shape ? 0 : random.Next(1, MostRequests), random.NextUInt64());
    }

    private static Case Scheduled(ref CaseRandom random, string clause)
    {
        if (clause == "SCH-1")
        {
            return new RatesCase(clause);
        }

        if (clause == "SCH-3" && random.OneIn(4))
        {
            (ulong bytes, ulong rate) = SchedulerChecks.RandomTransfer(ref random);
            return new TransferCase(clause, bytes, rate);
        }

        (Reference.Tile tile, ulong cards) = SchedulerChecks.RandomTile(ref random);
        return new TileCase(clause, tile, cards);
    }

    private ShardedCase Sharded(ref CaseRandom random)
    {
        Sharding sharding = (Sharding)random.Next(Enum.GetValues<Sharding>().Length);
        int shards = random.Next(1, Math.Min(MostSails, terms.Description.MaxSails));
        MatmulShape shape = FuzzShapes.Valid(ref random, sharding == Sharding.Pipeline ? OrdinaryWork / 4 : OrdinaryWork);
        return new(ShardingChecks.Clause, sharding, shards, shape, new GeneratedOperands(Pick(ref random, Dense), random.NextUInt64() >> 32));
    }

    private MatmulCase Matmul(ref CaseRandom random, string clause)
    {
        int work = random.OneIn(32) ? GreatWork : OrdinaryWork;
        MatmulShape valid = FuzzShapes.Valid(ref random, work);
        switch (clause)
        {
            case "MM-1":
                return random.OneIn(3) ? Probed(ref random, clause) : Of(ref random, clause, valid, Pick(ref random, CodeSpaceFamilies.All));
            case "MM-2":
                return Of(ref random, clause, valid, PlacementFamilies.Placement);
            case "MM-13":
                return random.OneIn(2) ? Literal(ref random, clause, hasNonFinite: false) : Of(ref random, clause, valid, Pick(ref random, Dense));
            case "NUM-1":
                return random.OneIn(2) ? Probed(ref random, clause) : Of(ref random, clause, valid, Pick(ref random, Decoding));
            case "NUM-2":
                return Of(ref random, clause, valid, NumericFamilies.Definitions);
            case "NUM-3":
                return Of(ref random, clause, FuzzShapes.Valid(ref random, OrdinaryWork, mostBlocks: 600), Pick(ref random, Sparse));
            case "NUM-4":
                bool hasNonFinite = terms.Description.NonFinite == Reference.NonFinitePolicy.Ieee;
                return random.OneIn(2) ? Literal(ref random, clause, hasNonFinite) : Of(ref random, clause, valid, Pick(ref random, OddScales));
            case "PROC-3":
                return Of(ref random, clause, ProcessChecks.RandomShape(ref random, terms.Description.Threads), DenseFamilies.Dense);
            case "MM-12" or "MM-16":
                return random.OneIn(3) ? Literal(ref random, clause, hasNonFinite: false) : Of(ref random, clause, valid, Pick(ref random, Dense));
            default:
                return Lengths(ref random, clause, Of(ref random, clause, valid, PlacementFamilies.Placement));
        }
    }

    private static IReadOnlyList<OperandFamily> Dense { get; } =
        [DenseFamilies.Dense, DenseFamilies.Eighth, DenseFamilies.Quantized, DenseFamilies.Cancelling];

    private static IReadOnlyList<OperandFamily> Decoding { get; } = [NumericFamilies.DecodeOfA, NumericFamilies.DecodeOfB];

    private static IReadOnlyList<OperandFamily> Sparse { get; } = [NumericFamilies.Sparse1, NumericFamilies.Sparse4];

    private static IReadOnlyList<OperandFamily> OddScales { get; } = [NumericFamilies.Subnormal, NumericFamilies.NonFinite];

    // The clauses about what is refused, and about what every call leaves behind.
    private static MatmulCase Lengths(ref CaseRandom random, string clause, MatmulCase valid)
    {
        switch (clause)
        {
            case "MM-3":
                return valid with { Shape = FuzzShapes.BadDepth(ref random) };
            case "MM-4":
                return WrongOperand(ref random, valid);
            case "MM-5":
                return FuzzShapes.Overflowing(ref random, valid);
            case "MM-6":
                return valid with
                {
                    OutputLength = random.OneIn(3) ? FuzzShapes.Longer(ref random) : FuzzShapes.Short(ref random, valid.Shape.OutputBytes),
                };
            case "MM-8":
                return valid with { Shape = FuzzShapes.Empty(ref random), OutputLength = MaybeLonger(ref random) };
            case "MM-7" or "MM-10" or "MM-14":
                return Refused(ref random, valid);
            default:
                return valid with { OutputLength = MaybeLonger(ref random) };
        }
    }

    private static BufferLength MaybeLonger(ref CaseRandom random) => random.OneIn(2) ? FuzzShapes.Longer(ref random) : BufferLength.Consistent;

    private static MatmulCase WrongOperand(ref CaseRandom random, MatmulCase tried)
    {
        int sides = random.Next(1, 3);
        return tried with
        {
            ALength = (sides & 1) != 0 ? FuzzShapes.Wrong(ref random, tried.Shape.ABytes) : tried.ALength,
            BLength = (sides & 2) != 0 ? FuzzShapes.Wrong(ref random, tried.Shape.BBytes) : tried.BLength,
        };
    }

    // One reason to refuse or several at a time.
    private static MatmulCase Refused(ref CaseRandom random, MatmulCase valid)
    {
        if (random.OneIn(6))
        {
            return FuzzShapes.Overflowing(ref random, valid);
        }

        MatmulCase tried = random.OneIn(3) ? valid with { Shape = FuzzShapes.BadDepth(ref random) } : valid;
        if (tried.Shape.K > int.MaxValue)
        {
            // No buffer can be laid out in rows of that length; this one goes with empty ones.
            return tried;
        }

        tried = random.OneIn(3) ? tried with { Shape = random.OneIn(2) ? tried.Shape with { M = 0 } : tried.Shape with { N = 0 } } : tried;
        tried = random.OneIn(2) ? WrongOperand(ref random, tried) : tried;
        return random.OneIn(2) ? tried with { OutputLength = FuzzShapes.Short(ref random, tried.Shape.OutputBytes) } : tried;
    }

    // Small: a search is as many calls as it has traces.
    private InterleavingCase Interleaving(ref CaseRandom random, string clause)
    {
        int cards = random.Next(2, Math.Min(3, terms.Description.MaxSails));
        LinkFault? fault = random.OneIn(3)
            ? null
            : new LinkFault((LinkFaultKind)random.Next(Enum.GetValues<LinkFaultKind>().Length), random.OneIn(2) ? 0 : cards - 1, random.OneIn(2) ? 1 : 0, random.Next(0, 3));
        fault = fault is { } chosen && chosen.From == chosen.To ? chosen with { From = 1 - chosen.To } : fault;
        return new(clause, cards, random.Next(1, 2), random.Next(1, 2), fault, (CollectiveDataKind)random.Next(Enum.GetValues<CollectiveDataKind>().Length));
    }

    private CollectiveCase Collective(ref CaseRandom random, string clause)
    {
        int most = Math.Min(MostSails, terms.Description.MaxSails);
        int sails = random.Next(clause is "COL-1" or "COL-8" ? Math.Min(2, most) : 1, Math.Max(1, most));
        int length = random.OneIn(8) ? random.Next(1, MostElements) : random.Next(1, 40);
        int operation = random.Next(0, 3);
        CollectiveData data = (CollectiveData)random.Next(Enum.GetValues<CollectiveData>().Length);
        int? any = random.OneIn(3) ? null : operation;
        EquatableLengths same = EquatableLengths.Uniform(sails, length);
        ulong own = random.NextUInt64();
        return clause switch
        {
            "COL-2" => new(clause, null, sails, same, data, own),
            "COL-3" => new(clause, any, OtherCount(ref random, most, sails), Ragged(ref random, sails), data, own),
            "COL-4" => Unequal(ref random, clause, any, most, own),
            "COL-5" => Nothing(clause, any, random.OneIn(4) ? 0 : sails, own),
            "COL-6" => random.OneIn(2)
                ? Unequal(ref random, clause, any, most, own)
                : new(clause, any, OtherCount(ref random, most, sails), Ragged(ref random, sails), data, own),
            "COL-9" => new(clause, any, 1, Ragged(ref random, random.Next(0, 3)), data, own),
            "MM-15" => new(clause, random.Next(FirstUnknownOperation, 1 << 20), sails, same, data, own),
            _ => new(clause, operation, sails, same, data, own),
        };
    }

    private static CollectiveCase Nothing(string clause, int? operation, int sails, ulong own) =>
        new(clause, operation, sails, EquatableLengths.Uniform(sails, 0), CollectiveData.Exact, own);

    private static int OtherCount(ref CaseRandom random, int most, int buffers)
    {
        int sails = random.Next(0, most);
        return sails != buffers ? sails : sails == most ? sails - 1 : sails + 1;
    }

    private static EquatableLengths Ragged(ref CaseRandom random, int count)
    {
        int[] lengths = new int[count];
        bool isUniform = random.OneIn(2);
        for (int i = 0; i < count; i++)
        {
            lengths[i] = isUniform && i > 0 ? lengths[0] : random.Next(0, 9);
        }

        return new(lengths);
    }

    private static CollectiveCase Unequal(ref CaseRandom random, string clause, int? operation, int most, ulong own)
    {
        int sails = random.Next(2, most);
        int[] lengths = [.. Enumerable.Repeat(random.Next(0, 20), sails)];
        for (int i = random.Next(1, 3); i > 0; i--)
        {
            int sail = random.Next(sails);
            lengths[sail] += random.OneIn(2) && lengths[sail] > 0 ? -random.Next(1, lengths[sail]) : random.Next(1, 5);
        }

        if (lengths.Distinct().Count() == 1)
        {
            lengths[^1]++;
        }

        return new(clause, operation, sails, new(lengths), CollectiveData.Exact, own);
    }

    private static MatmulCase Of(ref CaseRandom random, string clause, MatmulShape shape, OperandFamily family) =>
        new(clause, shape, new GeneratedOperands(family, random.NextUInt64() >> 32));

    private static MatmulCase Literal(ref CaseRandom random, string clause, bool hasNonFinite)
    {
        MatmulShape shape = FuzzShapes.Small(ref random, FuzzOperands.MostBlocks);
        return new(clause, shape, FuzzOperands.Any(ref random, shape, hasNonFinite));
    }

    private static MatmulCase Probed(ref CaseRandom random, string clause)
    {
        MatmulShape shape = FuzzShapes.Small(ref random, FuzzOperands.MostBlocks);
        return new(clause, shape, FuzzOperands.Probed(ref random, shape));
    }

    private static T Pick<T>(ref CaseRandom random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
