using System.Globalization;
using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>SCH-1 to SCH-3: the cost model, number by number.</summary>
public static class SchedulerChecks
{
    private const string RateZero = "rate 0";
    private const string RoundedBytes = "bytes beyond 2^53";
    private const ulong TwoTo32 = 1UL << 32;

    private static readonly Tile Ordinary = new(M: 7, N: 5, K: 11, ElementBytes: 2);

    // (2^32 - 1)(2^32 + 1) = 2^64 - 1: the largest product that needs no saturation.
    private static readonly (string Edge, Tile Tile)[] ByteEdges =
    [
        ("bytes", Ordinary),
        ("m = 0", Ordinary with { M = 0 }),
        ("n = 0", Ordinary with { N = 0 }),
        ("k = 0", Ordinary with { K = 0 }),
        ("e = 0", Ordinary with { ElementBytes = 0 }),
        ("weights of 2^64-1", new Tile(M: TwoTo32 - 1, N: 1, K: TwoTo32 + 1, ElementBytes: 1)),
        ("activations of 2^64-1", new Tile(M: TwoTo32 - 1, N: TwoTo32 + 1, K: 1, ElementBytes: 1)),
        ("weights saturate", new Tile(M: TwoTo32, N: 1, K: TwoTo32, ElementBytes: 1)),
        ("activations saturate", new Tile(M: TwoTo32, N: TwoTo32, K: 1, ElementBytes: 1)),
        ("e saturates", new Tile(M: TwoTo32, N: TwoTo32 / 2, K: TwoTo32 / 2, ElementBytes: 3)),
        ("nothing of a product beyond 64 bits", new Tile(M: TwoTo32, N: TwoTo32, K: TwoTo32, ElementBytes: 0)),
    ];

    // Weights take as long as activations where k = 4 n.
    private static readonly Tile[] CostTiles =
    [
        default,
        new(M: 1, N: 1, K: 4, ElementBytes: 1),
        new(M: 4096, N: 4096, K: 16_384, ElementBytes: 2),
        new(M: 1, N: 1, K: 5, ElementBytes: 1),
        new(M: 1, N: 1, K: 3, ElementBytes: 1),
        new(M: 4096, N: 1, K: 4096, ElementBytes: 4),
        new(M: 4096, N: 4096, K: 1, ElementBytes: 4),
        new(M: TwoTo32, N: TwoTo32, K: TwoTo32, ElementBytes: 2),
        new(M: TwoTo32, N: 3, K: TwoTo32, ElementBytes: 2),
        new(M: TwoTo32, N: TwoTo32, K: 3, ElementBytes: 2),
    ];

    private static readonly ulong[] CardCounts = [0, 1, 2, 3, 4, 7, 16, TwoTo32, ulong.MaxValue];

    private static readonly (ulong Bytes, ulong Rate)[] Transfers =
    [
        (0, 0), (1, 0), (ulong.MaxValue, 0), (0, 1), (1, 1), (1, 3), (2, 3), (10, 3), (100, 2_000_000_000), ((1UL << 53) + 1, 1), ((1UL << 53) + 3, 7), (1, ulong.MaxValue),
        ((1UL << 63) + 1025, (1UL << 53) + 1), (ulong.MaxValue, 500_000_000),
    ];

    /// <summary>All checks.</summary>
    public static IReadOnlyList<ClauseCheck> All { get; } =
    [
        new()
        {
            Clause = "SCH-1",
            Edges = _ => ["local DDR", "inter-card", "host link"],
            Cases = _ => [new RatesCase("SCH-1")],
            Try = TryRates,
        },
        new()
        {
            Clause = "SCH-2",
            Edges = _ => [.. ByteEdges.Select(edge => edge.Edge)],
            Cases = plan => ByteEdges.Select(edge => edge.Tile).Concat(RandomTiles(plan, "SCH-2").Select(random => random.Tile)).Select(tile => new TileCase("SCH-2", tile, Cards: 1)),
            Try = TryBytes,
        },
        new()
        {
            Clause = "SCH-3",
            Edges = _ => [.. CardCounts.Select(CardsEdge), "tie", "tensor parallel", "model parallel", "saturated", RateZero, RoundedBytes],
            Cases = plan =>
            [
                .. from tile in CostTiles from cards in CardCounts select new TileCase("SCH-3", tile, cards),
                .. RandomTiles(plan, "SCH-3").Select(random => new TileCase("SCH-3", random.Tile, random.Cards)),
                .. Transfers.Select(transfer => new TransferCase("SCH-3", transfer.Bytes, transfer.Rate)),
            ],
            Try = TryCost,
        },
    ];

    /// <summary>A tile whose dimensions are of any size, and a number of cards.</summary>
    public static (Tile Tile, ulong Cards) RandomTile(ref CaseRandom random)
    {
        Tile tile = new(M: AnySize(ref random), N: AnySize(ref random), K: AnySize(ref random), ElementBytes: (ulong)random.Next(0, 8));
        return (tile, random.OneIn(8) ? AnySize(ref random) : (ulong)random.Next(0, 16));
    }

    /// <summary>A transfer of any size at a rate of any size.</summary>
    public static (ulong Bytes, ulong Rate) RandomTransfer(ref CaseRandom random) => (AnySize(ref random), AnySize(ref random));

    // As many bits as any other, so that small numbers are as frequent as great ones; 40 bits for most, so that products are not all saturated.
    private static ulong AnySize(ref CaseRandom random)
    {
        int bits = random.OneIn(8) ? random.Next(0, 64) : random.Next(0, 24);
        return bits == 0 ? 0 : random.NextUInt64() >> (64 - bits);
    }

    private static IEnumerable<(Tile Tile, ulong Cards)> RandomTiles(CasePlan plan, string clause)
    {
        for (int i = 0; i < plan.Scale(40, 400, 4000); i++)
        {
            CaseRandom random = CaseRandom.Keyed(plan.SeedOf(clause + "/tile", i));
            yield return RandomTile(ref random);
        }
    }

    private static void TryRates(Trial trial)
    {
        Bandwidths right = Bandwidths.RevisionA;
        Bandwidths told = Ask(trial, device => device.Bandwidths);
        foreach ((string name, ulong expected, ulong actual) in new[]
        {
            ("local DDR", right.LocalDdr, told.LocalDdr), ("inter-card", right.InterCard, told.InterCard), ("host link", right.HostLink, told.HostLink),
        })
        {
            trial.Reach(name);
            trial.Observe(Compare($"the rate of {name}, bytes a second,", expected, actual));
        }
    }

    private static void TryBytes(Trial trial)
    {
        Tile tile = ((TileCase)trial.Case).Tile;
        foreach ((string edge, _) in ByteEdges.Where(edge => edge.Tile == tile))
        {
            trial.Reach(edge);
        }

        trial.Observe(
            Compare($"weight bytes of {Words(tile)}", CostModel.WeightBytes(tile), Ask(trial, device => device.WeightBytes(tile)))
            ?? Compare($"activation bytes of {Words(tile)}", CostModel.ActivationBytes(tile), Ask(trial, device => device.ActivationBytes(tile))));
    }

    private static void TryCost(Trial trial)
    {
        if (trial.Case is TransferCase transfer)
        {
            double seconds = Ask(trial, device => device.Seconds(transfer.Bytes, transfer.BytesPerSecond));
            double right = CostModel.Seconds(transfer.Bytes, transfer.BytesPerSecond);
            trial.Reach(transfer.BytesPerSecond == 0 ? RateZero : transfer.Bytes > 1UL << 53 ? RoundedBytes : "rates");
            trial.Observe(Compare($"seconds of {transfer.Bytes} bytes at {transfer.BytesPerSecond} bytes a second", right, seconds));
            return;
        }

        // Held to the rates that it tells: whether those are right is SCH-1's.
        TileCase tried = (TileCase)trial.Case;
        (Tile tile, ulong cards) = (tried.Tile, tried.Cards);
        Bandwidths rates = Ask(trial, device => device.Bandwidths);
        double tensor = CostModel.TensorParallelSeconds(tile, cards, rates);
        double model = CostModel.ModelParallelSeconds(tile, cards, rates);
        Parallelism choice = CostModel.Choose(tile, cards, rates);
        string what = FormattableString.Invariant($"{Words(tile)} over {cards} cards");
        Reach(trial, tried, tensor, model);
        trial.Observe(
            Compare($"tensor-parallel seconds of {what}", tensor, Ask(trial, device => device.TensorParallelSeconds(tile, cards)))
            ?? Compare($"model-parallel seconds of {what}", model, Ask(trial, device => device.ModelParallelSeconds(tile, cards)))
            ?? Compare($"the choice for {what} ({tensor:R} s, {model:R} s)", choice, Ask(trial, device => device.Choose(tile, cards))));
    }

    private static void Reach(Trial trial, TileCase tried, double tensor, double model)
    {
        trial.Reach(CardsEdge(tried.Cards));
        if (tried.Cards > 1)
        {
            trial.Reach(tensor == model ? "tie" : tensor < model ? "tensor parallel" : "model parallel");
        }

        if (CostModel.WeightBytes(tried.Tile) == ulong.MaxValue || CostModel.ActivationBytes(tried.Tile) == ulong.MaxValue)
        {
            trial.Reach("saturated");
        }
    }

    private static string CardsEdge(ulong cards) => cards switch
    {
        TwoTo32 => "N = 2^32",
        ulong.MaxValue => "N = 2^64-1",
        _ => FormattableString.Invariant($"N = {cards}"),
    };

    private static string Words(Tile tile) => FormattableString.Invariant($"m={tile.M},n={tile.N},k={tile.K},e={tile.ElementBytes}");

    private static T Ask<T>(Trial trial, Func<ISchedulerDevice, T> question)
        where T : struct
    {
        T answer;
        using (CallClock.Enter())
        {
            answer = question((ISchedulerDevice)trial.Device);
        }

        trial.Record.Answers?.Add(Text(answer));
        return answer;
    }

    // The shortest text that gives a binary64 value back: other values, other texts, but for NaNs, which are all alike.
    private static Deviation? Compare<T>(string what, T expected, T actual)
        where T : struct
    {
        (string right, string seen) = (Text(expected), Text(actual));
        return right == seen ? null : new Deviation($"{what}: {seen}, expected {right}", right, seen);
    }

    private static string Text<T>(T value)
        where T : struct => string.Create(CultureInfo.InvariantCulture, $"{value}");
}
