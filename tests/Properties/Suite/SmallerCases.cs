using System.Globalization;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Zoo;

namespace Spanker.Conformance.Tests.Properties.Suite;

/// <summary>Every case of a faulty device's clause whose shape is smaller than the one that its entry declares.</summary>
/// <remarks>
/// <para>Matmul: each m and n from 1 up to the declared (0 stays 0: an empty product is a kind of its own), each k that is a multiple of 256 below the declared, or
/// where that one is none, each smaller k that is none either. All combinations, but the declared. Of an m beyond 1024 (sizes that overflow) 1 to 64 and the
/// powers of two with their neighbours. Each with every set of buffer lengths that the clause's plan has, every operand family and two seeds; beyond 64 rows, of
/// the families placement and dense.</para>
/// <para>Collectives: fewer Sails, buffers or elements and none more, all combinations, every operation and kind of data that the clause's plan has, 128 seeds
/// (121 meet every pair of special values). Topologies: fewer Sails. Shards: fewer of them, and smaller products, by each way of sharding. Tiles and transfers: smaller
/// numbers, chosen as for a matmul's m, and 0. Explorations: fewer cards or chunks, with every fault and kind of data of the plan. Traffic is random: that fewer requests of the same sequence do not show a fault is what the
/// shrinker tries, one by one, and other sequences of the same length may show it or not. So it is with a card that answers wrongly when a channel waits: another
/// call waits elsewhere.</para>
/// </remarks>
internal static class SmallerCases
{
    private const ulong MostListed = 1024;
    private const ulong ManyRows = 64;
    private const ulong MostBytes = 1 << 20;

    /// <summary>Whether a smaller shape may well show the fault, by chance.</summary>
    public static bool DependsOnChance(FaultyEntry entry) => entry.Family == "bus-card" || entry.MinimalShape.StartsWith("requests=", StringComparison.Ordinal);

    public static IEnumerable<Case> Of(FaultyEntry entry)
    {
        if (DependsOnChance(entry))
        {
            return [];
        }

        string[] names = [.. entry.MinimalShape.Split(',').Select(part => part.Split('=')[0])];
        string[] values = [.. entry.MinimalShape.Split(',').Select(part => part.Split('=')[^1])];
        return names[0] switch
        {
            "m" => Matmuls(entry.Clause, new MatmulShape(M: Number(values[0]), N: Number(values[1]), K: Number(values[2]))),
            "sails" when names.Length == 1 => Enumerable.Range(0, (int)Number(values[0])).Select(sails => new TopologyCase(entry.Clause, sails)),
            "shards" => Sharded(entry.Clause, (int)Number(values[0]), new MatmulShape(M: Number(values[1]), N: Number(values[2]), K: Number(values[3]))),
            "cards" => Tiles(entry.Clause, Number(values[0]), new Tile(M: Number(values[1]), N: Number(values[2]), K: Number(values[3]), ElementBytes: Number(values[4]))),
            "chunks" => Interleavings(entry.Clause, (int)Number(values[0]), (int)Number(values[1])),
            "bytes" => Transfers(entry.Clause, Number(values[0]), Number(values[1])),
            "sails" => Collectives(entry.Clause, (int)Number(values[0]), names.Length == 3 ? (int)Number(values[1]) : null, values[^1]),
            _ => [],
        };
    }

    private static IEnumerable<Case> Matmuls(string clause, MatmulShape declared)
    {
        var lengths = Planned<MatmulCase>(clause).Select(c => (c.ALength, c.BLength, c.OutputLength)).Distinct().ToList();
        return
            from m in Counts(declared.M)
            from n in Counts(declared.N)
            from k in Depths(declared.K)
            let shape = new MatmulShape(M: m, N: n, K: k)
            where shape != declared
            from length in lengths
            from data in Operands(shape)
            let tried = new MatmulCase(clause, shape, data) { ALength = length.ALength, BLength = length.BLength, OutputLength = length.OutputLength }
            where CanBeLaidOut(tried)
            select tried;
    }

    private static IEnumerable<Case> Sharded(string clause, int shards, MatmulShape declared) =>
        from count in Enumerable.Range(1, shards)
        from m in Counts(declared.M)
        from n in Counts(declared.N)
        from k in Depths(declared.K)
        let shape = new MatmulShape(M: m, N: n, K: k)
        where (count, shape) != (shards, declared)
        from sharding in Enum.GetValues<Sharding>()
        from family in (OperandFamily[])[PlacementFamilies.Placement, DenseFamilies.Dense, DenseFamilies.Cancelling]
        from seed in Enumerable.Range(1, 8)
        select new ShardedCase(clause, sharding, count, shape, new GeneratedOperands(family, (ulong)seed));

    private static IEnumerable<Case> Tiles(string clause, ulong cards, Tile declared) =>
        from c in CountsFromZero(cards)
        from m in CountsFromZero(declared.M)
        from n in CountsFromZero(declared.N)
        from k in CountsFromZero(declared.K)
        from e in CountsFromZero(declared.ElementBytes)
        let tile = new Tile(M: m, N: n, K: k, ElementBytes: e)
        where (c, tile) != (cards, declared)
        select new TileCase(clause, tile, c);

    private static IEnumerable<Case> Interleavings(string clause, int chunks, int cards) =>
        from planned in Planned<InterleavingCase>(clause)
        from c in Enumerable.Range(1, chunks)
        where planned.Cards <= cards && (c, planned.Cards) != (chunks, cards)
        select planned with { Chunks = c };

    private static IEnumerable<Case> Transfers(string clause, ulong bytes, ulong rate) =>
        from b in CountsFromZero(bytes) from r in CountsFromZero(rate) where (b, r) != (bytes, rate) select new TransferCase(clause, b, r);

    private static IEnumerable<ulong> CountsFromZero(ulong declared) => declared == 0 ? [0] : Counts(declared).Prepend(0UL);

    private static IEnumerable<OperandData> Operands(MatmulShape shape) =>
        from family in shape.M > ManyRows ? [PlacementFamilies.Placement, DenseFamilies.Dense] : OperandFamilies.All
        from seed in Enumerable.Range(1, 2)
        select new GeneratedOperands(family, (ulong)seed);

    private static bool CanBeLaidOut(MatmulCase tried) =>
        (tried.ALength.IsAbsolute || tried.Shape.ABytes < MostBytes)
        && (tried.BLength.IsAbsolute || tried.Shape.BBytes < MostBytes)
        && (tried.OutputLength.IsAbsolute || tried.Shape.OutputBytes < MostBytes);

    private static IEnumerable<ulong> Counts(ulong declared)
    {
        if (declared <= MostListed)
        {
            return declared == 0 ? [0UL] : Enumerable.Range(1, (int)declared).Select(count => (ulong)count);
        }

        return Enumerable.Range(1, 64).Select(count => (ulong)count)
            .Concat(Enumerable.Range(7, 57).SelectMany(bit => new[] { (1UL << bit) - 1, 1UL << bit, (1UL << bit) + 1 }))
            .Where(count => count <= declared);
    }

    private static IEnumerable<ulong> Depths(ulong declared) => declared != 0 && declared % 256 == 0
        ? Enumerable.Range(1, (int)(declared / 256)).Select(blocks => (ulong)blocks * 256)
        : Enumerable.Range(0, (int)declared + 1).Select(k => (ulong)k).Where(k => k == 0 || k % 256 != 0);

    private static IEnumerable<Case> Collectives(string clause, int sails, int? buffers, string lengthsText)
    {
        int[] lengths = [.. lengthsText.Split('+').Select(text => (int)Number(text))];
        int count = buffers ?? sails;
        lengths = lengths.Length == 1 ? [.. Enumerable.Repeat(lengths[0], count)] : lengths;
        bool isRefused = count != sails || lengths.Distinct().Count() > 1;
        var kinds = Planned<CollectiveCase>(clause).Select(c => (c.Operation, c.Data)).Distinct().ToList();
        return
            from s in Enumerable.Range(0, sails + 1)
            from b in isRefused ? Enumerable.Range(0, count + 1) : [s]
            from shape in isRefused ? Vectors(b, lengths.Max()) : Enumerable.Range(0, lengths.DefaultIfEmpty().Max() + 1).Select(length => Enumerable.Repeat(length, b).ToArray())
            let elements = isRefused ? shape.Sum() : shape.DefaultIfEmpty().Max()
            let most = isRefused ? lengths.Sum() : lengths.DefaultIfEmpty().Max()
            where elements <= most && (s, b, elements) != (sails, count, most)
            where !isRefused || b != s || shape.Distinct().Count() > 1
            from kind in kinds
            from seed in Enumerable.Range(0, 128)
            select new CollectiveCase(clause, kind.Operation, s, new EquatableLengths(shape), kind.Data, (ulong)seed);
    }

    private static IEnumerable<int[]> Vectors(int count, int most) => count == 0
        ? [[]]
        : from first in Enumerable.Range(0, most + 1) from rest in Vectors(count - 1, most) select (int[])[first, .. rest];

    private static IEnumerable<T> Planned<T>(string clause) =>
        CheckCatalogue.Find(clause)!.Cases(new CasePlan(ZooRuns.Seed, Profile.Quick) { MaxSails = 8 }).OfType<T>();

    private static ulong Number(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);
}
