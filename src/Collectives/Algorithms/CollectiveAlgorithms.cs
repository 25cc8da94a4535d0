namespace Spanker.Conformance.Collectives;

/// <summary>The algorithms by name.</summary>
public static class CollectiveAlgorithms
{
    /// <summary>Those that reduce.</summary>
    public static IReadOnlyList<ICollectiveAlgorithm> AllReduce { get; } =
        [new DirectAllReduce(), new RingAllReduce(), new HalvingDoublingAllReduce(), new BinomialTreeAllReduce()];

    /// <summary>Those that gather.</summary>
    public static IReadOnlyList<ICollectiveAlgorithm> AllGather { get; } = [new RingAllGather(), new DoublingAllGather()];

    /// <summary>The algorithm of that name, or null.</summary>
    public static ICollectiveAlgorithm? Find(string name, bool gathers) =>
        (gathers ? AllGather : AllReduce).FirstOrDefault(algorithm => algorithm.Name == name);
}
