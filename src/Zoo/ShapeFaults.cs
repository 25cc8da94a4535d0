using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Zoo;

/// <summary>Devices that are right for some shapes and wrong for others.</summary>
public static class ShapeFaults
{
    private const ulong TileRows = 64;
    private const ulong TileColumns = 16;

    /// <summary>All entries of the family.</summary>
    public static IReadOnlyList<FaultyEntry> All { get; } =
    [
        Entry("row-off-by-one", "m=65,n=1,k=256", "reads the row before from row 64 of A on", () => new PatchedSail
        {
            Locate = (_, place) => place.Operand == Operand.A && place.Row >= TileRows ? place with { Row = place.Row - 1 } : place,
        }) with
        {
            AlsoKilledBy = FaultyEntry.ValueClauses,
        },
        Entry("row-index-in-8-bits", "m=257,n=1,k=256", "keeps the row of A in eight bits", () => new PatchedSail
        {
            Locate = (_, place) => place.Operand == Operand.A ? place with { Row = place.Row & 0xff } : place,
        }),
        Entry("tail-columns-stale", "m=1,n=17,k=256", "leaves the columns after the last whole tile of 16 as they were", () => new PatchedSail
        {
            Keeps = (call, _, column) => call.N < TileColumns || column < call.N / TileColumns * TileColumns,
        }) with
        {
            AlsoKilledBy = FaultyEntry.ValueClauses,
        },
        Entry("wrong-for-33-columns", "m=1,n=33,k=256", "doubles the last column when n is 33", () => new PatchedSail
        {
            Result = (call, _, column, value) => call.N == 33 && column == 32 ? 2 * value : value,
        }),
        Entry("wrong-for-17-blocks", "m=1,n=1,k=4352", "reads the block before the last twice when a row has 17", () => new PatchedSail
        {
            Locate = (call, place) => call.K == 17 * Q4KLayout.BlockWeights && place is { Operand: Operand.A, Block: 16 }
                ? place with { Block = 15 }
                : place,
        }) with
        {
            AlsoKilledBy = ["NUM-3"],
        },
        Entry("columns-swapped-at-a-tile", "m=1,n=17,k=256", "exchanges columns 15 and 16", () => new PatchedSail
        {
            Place = (call, row, column) => (row * call.N) + (call.N <= TileColumns ? column : column switch { 15 => 16, 16 => 15, _ => column }),
        }) with
        {
            AlsoKilledBy = FaultyEntry.ValueClauses,
        },
        Entry("transposed", "m=2,n=2,k=256", "stores OUT column by column", () => new PatchedSail
        {
            Place = (call, row, column) => (column * call.M) + row,
        }) with
        {
            AlsoKilledBy = FaultyEntry.ValueClauses,
        },
    ];

    private static FaultyEntry Entry(string name, string shape, string description, Func<IDevice> open) =>
        new(name, "shape", "MM-2", shape, description, open);
}
