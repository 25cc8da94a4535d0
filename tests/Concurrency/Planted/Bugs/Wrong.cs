using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>What the programs judge by.</summary>
internal static class Wrong
{
    /// <summary>Nothing if the two are equal, else a wrong result.</summary>
    internal static Finding? Unless<T>(string what, T actual, T expected) =>
        EqualityComparer<T>.Default.Equals(actual, expected) ? null : new Finding(FindingKind.WrongResult, $"{what} is {actual}, expected {expected}");

    /// <summary>Nothing if all credits are accounted for, else a leak.</summary>
    internal static Finding? UnlessCredits(string where, int actual, int expected) =>
        actual == expected ? null : new Finding(FindingKind.LeakedCredit, $"{where} accounts for {actual} of its {expected} credits");
}
