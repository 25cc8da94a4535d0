using System.Numerics;
using Spanker.Conformance.Tests.Axi4.Bursts;

namespace Spanker.Conformance.Tests.Axi4.Bench;

/// <summary>A transaction that the tests decide on, in plain numbers: nothing in it is computed by the code under test.</summary>
/// <param name="IsRead">Read or write.</param>
/// <param name="Id">AxID.</param>
/// <param name="Address">AxADDR.</param>
/// <param name="Beats">AxLEN + 1.</param>
/// <param name="Size">AxSIZE.</param>
/// <param name="Kind">AxBURST.</param>
internal sealed record PlannedBurst(bool IsRead, ulong Id, ulong Address, int Beats, int Size, int Kind)
{
    private List<List<BigInteger>>? bytes;

    public bool IsExclusive { get; init; }

    /// <summary>The addresses of the bytes of each beat, by the naive walk.</summary>
    public List<List<BigInteger>> Bytes => bytes ??= NaiveBurst.Bytes(Address, Beats, 1 << Size, Kind);

    /// <summary>The lanes of a beat on a bus of so many bytes.</summary>
    public IEnumerable<int> Lanes(int beat, int busBytes) => Bytes[beat].Select(address => (int)(address % busBytes));
}
