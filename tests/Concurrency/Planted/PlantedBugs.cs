using Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

namespace Spanker.Conformance.Tests.Concurrency.Planted;

/// <summary>All planted bugs: between host and card, on links, in algorithms, among tasks.</summary>
internal static class PlantedBugs
{
    internal static IReadOnlyList<PlantedBug> All { get; } =
    [
        MissingWait.Bug, EarlyCompletion.Bug, DoorbellBeforeDescriptor.Bug, ReadBeforeDmaOut.Bug, BufferReusedBeforeDma.Bug, DoubleCompletion.Bug, LostWakeUp.Bug,
        AbortMissesWaiter.Bug, TimeoutAsSuccess.Bug,
        CreditLeak.Bug, CreditBeforeRead.Bug, AbortLeaksCredit.Bug, RetrainReplaysBeat.Bug, DuplicateUnchecked.Bug, CorruptLastFrame.Bug, SwappedCollectives.Bug,
        SharedCredits.Bug,
        WrongNeighbour.Bug, ChunkOffByOne.Bug, MisplacedTail.Bug, ArrivalOrderSum.Bug, AllSendFirst.Bug, DuplicateCounted.Bug,
        UnlockedAccumulator.Bug, LockOrder.Bug, RetryForEver.Bug, SurvivesReset.Bug,
    ];

    internal static PlantedBug Find(string name) => All.Single(bug => bug.Name == name);
}
