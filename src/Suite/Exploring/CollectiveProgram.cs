using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>A collective as a program to explore: a task for each card and collective, the links between them, and the failure, if there is one.</summary>
/// <remarks>
/// Right is: without a failure every card ends with the expected bits, and every credit is back. With one, each card ends with the expected bits or with a
/// typed error (CONTRACT COL-10).
/// </remarks>
public sealed class CollectiveProgram : ExploredProgram
{
    private readonly CollectiveSetup setup;
    private readonly CardMesh mesh;
    private readonly ExpectedCollective[] expected;
    private readonly float[][] buffers;
    private readonly CollectiveException?[] problems;
    private readonly CollectiveCall[] calls;

    /// <summary>A program of what <paramref name="setup"/> says.</summary>
    public CollectiveProgram(CollectiveSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        this.setup = setup;
        SpuriousTimeouts = setup.SpuriousTimeouts;
        mesh = new CardMesh(setup.Cards, new LinkShape(setup.Credits, setup.FrameElements, setup.AtOnce), setup.Algorithm, setup.Fault);
        foreach (SharedObject shared in mesh.Shared)
        {
            Share(shared);
        }

        expected = [.. Enumerable.Range(0, setup.AtOnce).Select(number => new ExpectedCollective(setup, number))];
        calls =
        [
            .. Enumerable.Range(0, setup.AtOnce).Select(number => new CollectiveCall(
                Id: number + 1, Channel: number, CombinationOf(setup.Operation), Averages: setup.Operation == ReduceOperation.Avg)),
        ];
        int tasks = setup.Cards * setup.AtOnce;
        buffers = new float[tasks][];
        problems = new CollectiveException?[tasks];
        for (int task = 0; task < tasks; task++)
        {
            buffers[task] = new float[setup.Length];
            AddTask(setup.AtOnce == 1 ? $"card {task}" : $"card {task % setup.Cards}, collective {task / setup.Cards + 1}");
        }

        if (setup.Fault is not null)
        {
            foreach (EnvironmentAction action in mesh.Link(setup.Fault.From, setup.Fault.To).ActionsOf(setup.Fault))
            {
                AddEnvironment(action);
            }
        }
    }

    /// <inheritdoc/>
    public override string Name => $"{setup.Algorithm.Name} over {setup.Cards} cards";

    /// <inheritdoc/>
    public override bool LimitsWaits => setup.Fault is not null || setup.SpuriousTimeouts;

    /// <inheritdoc/>
    public override void Reset()
    {
        for (int task = 0; task < buffers.Length; task++)
        {
            expected[task / setup.Cards].Inputs[task % setup.Cards].CopyTo(buffers[task], 0);
            if (setup.Algorithm.Gathers)
            {
                HideOthers(task);
            }

            problems[task] = null;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask RunTaskAsync(int task, ITaskHost host)
    {
        try
        {
            await setup.Algorithm.RunAsync(new Card(mesh, task % setup.Cards, calls[task / setup.Cards], buffers[task], host));
        }
        catch (CollectiveException problem)
        {
            problems[task] = problem;
        }
    }

    /// <inheritdoc/>
    public override Finding? Judge()
    {
        bool failureMayBe = setup.Fault is not null || setup.SpuriousTimeouts;
        bool allEnded = true;
        for (int task = 0; task < buffers.Length; task++)
        {
            if (problems[task] is { } problem)
            {
                allEnded = false;
                if (!failureMayBe)
                {
                    FindingKind kind = problem.Problem == CollectiveProblem.Foreign ? FindingKind.MixedCollectives : FindingKind.WrongResult;
                    return new Finding(kind, $"{Tasks[task]} gave up although nothing failed: {problem.Message}");
                }
            }
            else if (expected[task / setup.Cards].Difference(buffers[task]) is { } difference)
            {
                return new Finding(FindingKind.WrongResult, $"{Tasks[task]} ended with success, but {difference}");
            }
        }

        if (allEnded && !failureMayBe)
        {
            for (int number = 0; number < setup.AtOnce; number++)
            {
                if (mesh.Leftovers(number) is { } leaked)
                {
                    return leaked;
                }
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override ulong StateHash()
    {
        ulong hash = 0xCBF29CE484222325;
        unchecked
        {
            for (int task = 0; task < buffers.Length; task++)
            {
                hash = (hash ^ (ulong)((int?)problems[task]?.Problem + 1 ?? 0)) * 0x100000001B3;
                foreach (float element in buffers[task])
                {
                    hash = (hash ^ BitConverter.SingleToUInt32Bits(element)) * 0x100000001B3;
                }
            }
        }

        return hash;
    }

    internal static Combination CombinationOf(ReduceOperation operation) => operation switch
    {
        ReduceOperation.Max => Combination.Max,
        ReduceOperation.Min => Combination.Min,
        _ => Combination.Sum,
    };

    /// <summary>A gathering card has its own block and nothing of the others'.</summary>
    private void HideOthers(int task)
    {
        int block = setup.Length / setup.Cards;
        int own = task % setup.Cards;
        buffers[task].AsSpan(0, own * block).Fill(float.NaN);
        buffers[task].AsSpan((own + 1) * block).Fill(float.NaN);
    }
}
