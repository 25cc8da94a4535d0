namespace Spanker.Conformance.Exploration;

/// <summary>Every interleaving, with no reduction, or those within a budget: what the reduction is checked against, and the two bounded searches.</summary>
/// <remarks>
/// Depth first. The cost of a choice is 0 without a bound; for preemptions 1 if the last task could have gone on (Musuvathi and Qadeer, "Iterative context
/// bounding", PLDI 2007); for delays the number of enabled threads that are passed over, in a round from the last one (Emmi, Qadeer and
/// Rakamaric, "Delay-bounded scheduling", POPL 2011). One bound at a time; a caller iterates.
/// </remarks>
public sealed class EveryInterleaving : Strategy
{
    private readonly List<Node> nodes = [];
    private readonly ScheduleBound bound;
    private readonly int budget;
    private int depth;
    private bool begun;

    private EveryInterleaving(string name, ScheduleBound bound, int budget)
    {
        Name = name;
        this.bound = bound;
        this.budget = budget;
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override bool Exhausts => bound == ScheduleBound.None;

    /// <summary>Every interleaving.</summary>
    public static EveryInterleaving All() => new("every-interleaving", ScheduleBound.None, 0);

    /// <summary>Those with at most so many preemptions.</summary>
    public static EveryInterleaving WithPreemptions(int preemptions) => new("preemptions", ScheduleBound.Preemptions, preemptions);

    /// <summary>Those with at most so many delays.</summary>
    public static EveryInterleaving WithDelays(int delays) => new("delays", ScheduleBound.Delays, delays);

    /// <inheritdoc/>
    public override bool Begin()
    {
        depth = 0;
        if (!begun)
        {
            begun = true;
            return true;
        }

        while (nodes.Count > 0)
        {
            Node node = nodes[^1];
            ThreadSet left = node.Within.Except(node.Done);
            if (!left.IsEmpty)
            {
                node.Chosen = left.First;
                node.Done = node.Done.With(node.Chosen);
                return true;
            }

            nodes.RemoveAt(nodes.Count - 1);
        }

        return false;
    }

    /// <inheritdoc/>
    public override int Choose(Execution run, ThreadSet enabled)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (depth == nodes.Count)
        {
            int last = depth == 0 ? -1 : nodes[depth - 1].Chosen;
            int spent = depth == 0 ? 0 : nodes[depth - 1].SpentAfter;
            nodes.Add(Open(run.Threads.Count, enabled, last, spent));
        }

        Node node = nodes[depth++];
        node.SpentAfter = node.Spent + Cost(run.Threads.Count, node.Enabled, node.Last, node.Chosen);
        return node.Chosen;
    }

    private Node Open(int threads, ThreadSet enabled, int last, int spent)
    {
        ThreadSet within = ThreadSet.None;
        int cheapest = -1;
        for (ThreadSet left = enabled; !left.IsEmpty; left = left.WithoutFirst())
        {
            int cost = Cost(threads, enabled, last, left.First);
            if (spent + cost <= budget || bound == ScheduleBound.None)
            {
                within = within.With(left.First);
            }

            cheapest = cost == 0 && cheapest < 0 ? left.First : cheapest;
        }

        int chosen = cheapest >= 0 ? cheapest : within.First;
        return new Node { Enabled = enabled, Within = within, Last = last, Spent = spent, Chosen = chosen, Done = ThreadSet.Of(chosen) };
    }

    private int Cost(int threads, ThreadSet enabled, int last, int thread)
    {
        if (bound == ScheduleBound.Preemptions)
        {
            return last >= 0 && last != thread && enabled.Has(last) ? 1 : 0;
        }

        if (bound == ScheduleBound.None)
        {
            return 0;
        }

        int passed = 0;
        int from = Math.Max(last, 0);
        for (int at = 0; at < threads; at++)
        {
            int candidate = (from + at) % threads;
            if (candidate == thread)
            {
                return passed;
            }

            passed += enabled.Has(candidate) ? 1 : 0;
        }

        return passed;
    }

    private sealed class Node
    {
        internal ThreadSet Enabled { get; init; }

        internal ThreadSet Within { get; init; }

        internal ThreadSet Done { get; set; }

        internal int Last { get; init; }

        internal int Spent { get; init; }

        internal int SpentAfter { get; set; }

        internal int Chosen { get; set; }
    }
}
