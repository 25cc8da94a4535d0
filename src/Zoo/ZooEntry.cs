using Spanker.Conformance.Device;

namespace Spanker.Conformance.Zoo;

/// <summary>A device with one known property, kept to prove that the suite notices it (faulty) or does not object to it (harmless).</summary>
public abstract record ZooEntry : IDeviceSource
{
    private readonly Func<IDevice> open;

    private protected ZooEntry(string name, string family, string description, Func<IDevice> open)
    {
        Name = name;
        Family = family;
        Description = description;
        Source = this;
        this.open = open;
    }

    private protected ZooEntry(string name, string family, string description, Func<string, IDeviceSource> sourceOf)
    {
        Name = name;
        Family = family;
        Description = description;
        Source = sourceOf(Spec);
        open = Source.Open;
    }

    /// <summary>The name that <c>fault:NAME</c> takes.</summary>
    public string Name { get; }

    /// <summary>The family: decode, arithmetic, shape, buffers, state, traffic, bus-host, bus-card, collectives, topology, sharding, scheduler, driver, real-path, vendor; for the harmless: harmless.</summary>
    public string Family { get; }

    /// <summary>What is odd about it, in a sentence.</summary>
    public string Description { get; }

    /// <inheritdoc/>
    public string Spec => "fault:" + Name;

    /// <summary>What opens it: this entry, or, for a device in a process of its own, the source that hosts it.</summary>
    public IDeviceSource Source { get; }

    /// <inheritdoc/>
    public IDevice Open() => open();
}

/// <summary>A device that deviates in one known way. What the suite must answer is declared here, before it is run.</summary>
public sealed record FaultyEntry : ZooEntry
{
    /// <summary>An entry that <paramref name="clause"/> must kill.</summary>
    /// <param name="name">The name that <c>fault:NAME</c> takes.</param>
    /// <param name="family">The family.</param>
    /// <param name="clause">The clause that must report it, such as MM-13.</param>
    /// <param name="minimalShape">The smallest case that shows it, as the suite prints shapes: <c>m=1,n=33,k=256</c>, <c>sails=2,length=1</c>, <c>sails=2</c>, <c>shards=2,m=1,n=2,k=256</c>, <c>cards=2,m=0,n=0,k=0,e=0</c>, <c>bytes=0,rate=0</c>, or <c>-</c> where a case has no shape.</param>
    /// <param name="description">What is wrong, in a sentence.</param>
    /// <param name="open">Opens a fresh device.</param>
    public FaultyEntry(string name, string family, string clause, string minimalShape, string description, Func<IDevice> open)
        : base(name, family, description, open)
    {
        Clause = clause;
        MinimalShape = minimalShape;
    }

    /// <summary>An entry that a source of its own opens.</summary>
    internal FaultyEntry(string name, string family, string clause, string minimalShape, string description, Func<string, IDeviceSource> sourceOf)
        : base(name, family, description, sourceOf)
    {
        Clause = clause;
        MinimalShape = minimalShape;
    }

    /// <summary>The clause that must report it.</summary>
    public string Clause { get; }

    /// <summary>The smallest case that shows it.</summary>
    public string MinimalShape { get; }

    /// <summary>The clauses whose cases compare values: a fault that touches values everywhere may show under any of them.</summary>
    public static IReadOnlyList<string> ValueClauses { get; } = ["MM-1", "MM-2", "MM-6", "MM-13", "NUM-1", "NUM-2", "NUM-3", "NUM-4"];

    /// <summary>Other clauses that may report it too, since it follows from the same fault; empty where <see cref="Clause"/> alone kills it.</summary>
    public IReadOnlyList<string> AlsoKilledBy { get; init; } = [];

    /// <summary>Words that the localisation must contain, such as "sub-block 5" or "high scale bits"; null where the fault has no place in the operands.</summary>
    public string? Where { get; init; }
}

/// <summary>A device that looks unusual and is right: the suite must accept it.</summary>
public sealed record HarmlessEntry : ZooEntry
{
    /// <summary>An entry that must conform.</summary>
    public HarmlessEntry(string name, string description, Func<IDevice> open)
        : base(name, "harmless", description, open)
    {
    }

    /// <summary>An entry that a source of its own opens.</summary>
    internal HarmlessEntry(string name, string description, Func<string, IDeviceSource> sourceOf)
        : base(name, "harmless", description, sourceOf)
    {
    }
}
