using Spanker.Conformance.Device;

namespace Spanker.Conformance.Suite;

/// <summary>COL-1 to COL-7 and MM-15: collectives as upstream's host mock does them.</summary>
public static class CollectiveChecks
{
    /// <summary>The Sails without which these checks cannot meet their edges.</summary>
    public const int SailsNeeded = 2;

    private const int UnknownOperation = 200;

    private static readonly ReduceOp[] Operations = [ReduceOp.Sum, ReduceOp.Max, ReduceOp.Min, ReduceOp.Avg];

    private static readonly int[] SailCounts = [1, 2, 3, 4, 5, 8];

    /// <summary>COL-1: the same bits on every card.</summary>
    public static ClauseCheck SameBits { get; } = new()
    {
        Clause = "COL-1",
        Edges = terms => [.. Operations.Select(op => $"{op}"), .. SailsUpTo(terms.Description.MaxSails).Where(n => n > 1).Select(n => $"{n} cards")],
        Cases = plan => Reduces(plan, "COL-1", SailsUpTo(plan.MaxSails).Where(n => n > 1)),
        Try = trial => TryReduce(trial, AgreeWithEachOther),
    };

    /// <summary>COL-7: Sail 0's buffer equals the fold, bit for bit.</summary>
    public static ClauseCheck Fold { get; } = new()
    {
        Clause = "COL-7",
        Edges = _ => [.. Operations.Select(op => $"{op}"), .. Enum.GetNames<CollectiveData>().Select(d => d.ToLowerInvariant() + " data")],
        Cases = plan => Reduces(plan, "COL-7", SailsUpTo(plan.MaxSails)),
        Try = trial => TryReduce(trial, AgreeWithFold),
    };

    /// <summary>COL-8: every card's buffer equals the declared trees, bit for bit, which is within the bound of each (docs/collectives-numerics.md).</summary>
    public static ClauseCheck DeclaredOrder { get; } = new()
    {
        Clause = "COL-8",
        Edges = terms =>
        [
            .. Operations.Select(op => $"{op}"),
            .. Enum.GetNames<CollectiveData>().Select(d => d.ToLowerInvariant() + " data"),
            .. SailsUpTo(terms.Description.MaxSails).Where(n => n > 1).Select(n => $"{n} cards"),
        ],
        Cases = plan => Reduces(plan, "COL-8", SailsUpTo(plan.MaxSails).Where(n => n > 1)),
        Try = trial => TryReduce(trial, (tried, done) => AgreeWithDeclared(trial.Terms.Description.Collectives!, tried, done)),
    };

    /// <summary>COL-2: AllGather.</summary>
    public static ClauseCheck Gather { get; } = new()
    {
        Clause = "COL-2",
        Edges = terms => [.. SailsUpTo(terms.Description.MaxSails).Select(n => $"{n} cards"), .. Enum.GetNames<CollectiveData>().Select(d => d.ToLowerInvariant() + " data")],
        Cases = plan =>
            from sails in SailsUpTo(plan.MaxSails)
            from length in (int[])[1, 7, 130]
            from data in Enum.GetValues<CollectiveData>()
            select new CollectiveCase(
                "COL-2", Operation: null, sails, EquatableLengths.Uniform(sails, length), data, plan.SeedOf($"COL-2/{data}", (sails * 1000) + length)),
        Try = trial =>
        {
            CollectiveTrial done = Call(trial, out CollectiveCase tried);
            trial.Reach($"{tried.Sails} cards");
            trial.Reach(tried.Data.ToString().ToLowerInvariant() + " data");
            float[] joined = [.. done.Before.SelectMany(b => b)];
            trial.Observe(
                MatmulTrial.CompareAnswer(null, done.Error) ?? CompareElements("the joined buffer", joined, done.Gathered) ?? InputChange(done) ?? Damage(done));
        },
    };

    /// <summary>COL-3: the number of buffers, checked first.</summary>
    public static ClauseCheck Buffers { get; } = Refusals(
        "COL-3",
        plan =>
            from operation in (int?[])[(int)ReduceOp.Sum, null]
            from row in new[]
            {
                ("too few", 2, new EquatableLengths(4)),
                ("too few of three", 3, new EquatableLengths(4, 4)),
                ("too many", 2, new EquatableLengths(4, 4, 4)),
                ("none", 2, new EquatableLengths()),
                ("some for no Sails", 0, new EquatableLengths(4)),
                ("before lengths", 2, new EquatableLengths(4, 5, 6)),
                ("before length 0", 2, new EquatableLengths(0, 0, 0)),
            }
            select (row.Item1, Refused(plan, "COL-3", operation, row.Item2, row.Item3)),
        error => error is TopologyMismatch);

    /// <summary>COL-4: lengths that differ.</summary>
    public static ClauseCheck Lengths { get; } = Refusals(
        "COL-4",
        plan =>
            from operation in (int?[])[(int)ReduceOp.Max, null]
            from row in new[]
            {
                ("last differs", 3, new EquatableLengths(4, 4, 5)),
                ("first to differ is named", 4, new EquatableLengths(4, 3, 4, 2)),
                ("Sail 0 sets the length", 3, new EquatableLengths(1, 6, 6)),
                ("0 on Sail 0", 2, new EquatableLengths(0, 6)),
                ("0 on another", 2, new EquatableLengths(6, 0)),
            }
            select (row.Item1, Refused(plan, "COL-4", operation, row.Item2, row.Item3)),
        error => error is ShapeMismatch);

    /// <summary>COL-5: nothing to do.</summary>
    public static ClauseCheck Nothing { get; } = new()
    {
        Clause = "COL-5",
        Edges = _ => ["length 0", "no Sails"],
        Cases = plan =>
            from operation in (int?[])[(int)ReduceOp.Sum, (int)ReduceOp.Avg, null]
            from sails in (int[])[0, 1, 2]
            select new CollectiveCase("COL-5", operation, sails, EquatableLengths.Uniform(sails, 0), CollectiveData.Exact, plan.SeedOf("COL-5", sails)),
        Try = trial =>
        {
            CollectiveTrial done = Call(trial, out CollectiveCase tried);
            trial.Reach(tried.Sails == 0 ? "no Sails" : "length 0");
            trial.Observe(MatmulTrial.CompareAnswer(null, done.Error) ?? Damage(done));
        },
    };

    /// <summary>COL-6: a refused collective changes nothing.</summary>
    public static ClauseCheck QuietRefusal { get; } = new()
    {
        Clause = "COL-6",
        Edges = _ => ["wrong number of buffers", "lengths differ"],
        Cases = plan =>
            from operation in (int?[])[(int)ReduceOp.Sum, (int)ReduceOp.Max, (int)ReduceOp.Min, (int)ReduceOp.Avg, null]
            from row in new[] { (2, new EquatableLengths(4)), (2, new EquatableLengths(4, 5)), (2, new EquatableLengths(4, 4, 4)) }
            select Refused(plan, "COL-6", operation, row.Item1, row.Item2),
        Try = trial =>
        {
            CollectiveTrial done = Call(trial, out CollectiveCase tried);
            if (done.Error is null)
            {
                // That it was not refused is COL-3's or COL-4's to report.
                return;
            }

            trial.Reach(tried.Sails == tried.Lengths.Count ? "lengths differ" : "wrong number of buffers");
            string? change = done.FindChange();
            trial.Observe(change is null ? null : new Deviation("a refused collective changed a buffer: " + change, "no change", change));
        },
    };

    /// <summary>MM-15: an operation that nobody knows.</summary>
    public static ClauseCheck OpenEnded { get; } = new()
    {
        Clause = "MM-15",
        Edges = _ => [$"reduce operation {UnknownOperation}"],
        Cases = plan =>
            from sails in (int[])[1, 2]
            select new CollectiveCase(
                "MM-15", UnknownOperation, sails, EquatableLengths.Uniform(sails, 5), CollectiveData.Exact, plan.SeedOf("MM-15", sails)),
        Try = trial =>
        {
            CollectiveTrial done = Call(trial, out CollectiveCase tried);
            if (tried.Lengths.Sum() == 0)
            {
                // Whether nothing to do or an unknown operation comes first is not said.
                return;
            }

            trial.Reach($"reduce operation {tried.Operation}");
            Deviation? deviation = done.Error is null
                ? new Deviation($"answered success to reduce operation {tried.Operation}, which nobody knows", "a typed error", "success")
                : done.FindChange() is string change ? new Deviation("an unknown operation changed a buffer: " + change, "no change", change) : null;
            trial.Observe(deviation);
        },
    };

    private static IEnumerable<int> SailsUpTo(int most) => SailCounts.Where(n => n <= most);

    private static IEnumerable<Case> Reduces(CasePlan plan, string clause, IEnumerable<int> sailCounts) =>
        from sails in sailCounts
        from operation in Operations
        from data in Enum.GetValues<CollectiveData>()
        from length in plan.Profile == Profile.Quick ? (int[])[1, 130] : [1, 7, 33, 130, 1024, 4099]
        select new CollectiveCase(
            clause, (int)operation, sails, EquatableLengths.Uniform(sails, length), data, plan.SeedOf($"{clause}/{operation}/{data}", (sails * 10_000) + length));

    private static CollectiveCase Refused(CasePlan plan, string clause, int? operation, int sails, EquatableLengths lengths) =>
        new(clause, operation, sails, lengths, CollectiveData.Exact, plan.SeedOf(clause, sails));

    private static CollectiveTrial Call(Trial trial, out CollectiveCase tried)
    {
        tried = (CollectiveCase)trial.Case;
        CollectiveTrial done = new(tried);
        done.Call((ICollectiveDevice)trial.Device);
        trial.Record.Answers?.Add(done);
        return done;
    }

    private static void TryReduce(Trial trial, Func<CollectiveCase, CollectiveTrial, Deviation?> compare)
    {
        CollectiveTrial done = Call(trial, out CollectiveCase tried);
        trial.Reach($"{(ReduceOp)tried.Operation!}");
        trial.Reach($"{tried.Sails} cards");
        trial.Reach(tried.Data.ToString().ToLowerInvariant() + " data");
        trial.Observe(MatmulTrial.CompareAnswer(null, done.Error) ?? compare(tried, done) ?? Damage(done));
    }

    private static Deviation? AgreeWithEachOther(CollectiveCase tried, CollectiveTrial done)
    {
        for (int card = 1; card < tried.Sails; card++)
        {
            if (CompareElements($"card {card}, beside card 0", done.Buffer(0), done.Buffer(card)) is Deviation deviation)
            {
                return deviation;
            }
        }

        return null;
    }

    private static Deviation? AgreeWithFold(CollectiveCase tried, CollectiveTrial done) =>
        CompareElements("card 0", Reference.HostMockFold.Reduce((Reference.ReduceOperation)tried.Operation!, done.Before), done.Buffer(0));

    private static Deviation? AgreeWithDeclared(CollectiveDeclaration declared, CollectiveCase tried, CollectiveTrial done)
    {
        if (declared.OrderOf is null)
        {
            return UndeclaredOrder.Compare(declared.Policy, (Reference.ReduceOperation)tried.Operation!, done);
        }

        Reference.ReduceOperation operation = (Reference.ReduceOperation)tried.Operation!;
        foreach (DeclaredOrder order in declared.OrderOf(tried.Sails, done.Before[0].Length))
        {
            float[] expected = new float[order.Count];
            Reference.CollectiveReference.AllReduce(
                operation,
                [.. done.Before.Select(buffer => (ReadOnlyMemory<float>)buffer.AsMemory(order.First, order.Count))],
                order.Tree,
                declared.Policy,
                expected);
            for (int card = 0; card < tried.Sails; card++)
            {
                ReadOnlySpan<float> actual = done.Buffer(card).Slice(order.First, order.Count);
                for (int i = 0; i < expected.Length; i++)
                {
                    if (!Reference.CollectiveReference.IsExpected(operation, declared.Policy, expected[i], actual[i]))
                    {
                        return new Deviation(
                            $"element {order.First + i} of card {card} is {NumberText.Of(actual[i])}, expected {NumberText.Of(expected[i])} in the declared order {order.Tree}",
                            NumberText.Of(expected[i]),
                            NumberText.Of(actual[i]));
                    }
                }
            }
        }

        return null;
    }

    private static Deviation? CompareElements(string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            if (!CollectiveTrial.SameBits(expected[i], actual[i]))
            {
                return new Deviation(
                    $"element {i} of {what} is {NumberText.Of(actual[i])}, expected {NumberText.Of(expected[i])}",
                    NumberText.Of(expected[i]),
                    NumberText.Of(actual[i]));
            }
        }

        return null;
    }

    private static Deviation? InputChange(CollectiveTrial done)
    {
        for (int card = 0; card < done.Before.Count; card++)
        {
            if (CompareElements($"card {card}, which was only to be read,", done.Before[card], done.Buffer(card)) is Deviation deviation)
            {
                return deviation;
            }
        }

        return null;
    }

    private static Deviation? Damage(CollectiveTrial done) =>
        done.FindDamage() is string damage ? new Deviation(damage, "nothing written outside the buffers", damage) : null;

    private static ClauseCheck Refusals(
        string clause,
        Func<CasePlan, IEnumerable<(string Edge, CollectiveCase Case)>> rows,
        Predicate<DeviceError> belongs)
    {
        CasePlan any = new(Seed: 0, Profile.Quick);
        Dictionary<(int, EquatableLengths), string> edgeOf = rows(any).DistinctBy(r => (r.Case.Sails, r.Case.Lengths))
            .ToDictionary(r => (r.Case.Sails, r.Case.Lengths), r => r.Edge);
        return new ClauseCheck
        {
            Clause = clause,
            Edges = terms => [.. rows(any).Where(r => r.Case.Sails <= terms.Description.MaxSails).Select(r => r.Edge).Distinct()],
            Cases = plan => rows(plan).Select(r => r.Case).Where(c => c.Sails <= plan.MaxSails),
            Try = trial =>
            {
                CollectiveTrial done = Call(trial, out CollectiveCase tried);
                if (CollectiveContract.ExpectedError(tried) is DeviceError expected && belongs(expected))
                {
                    trial.Observe(MatmulTrial.CompareAnswer(expected, done.Error));
                }

                if (edgeOf.TryGetValue((tried.Sails, tried.Lengths), out string? edge))
                {
                    trial.Reach(edge);
                }
            },
        };
    }
}
