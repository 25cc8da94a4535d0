using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Suite;

/// <summary>A host and its cards as a program to explore: the host's task, a task a card, one a DMA engine, and maybe somebody who aborts or closes.</summary>
/// <remarks>
/// Right is (CONTRACT COL-10, the host's side): a call succeeds only if every card's result is right. One that fails has a reason: a fault, an abort or a
/// close that hit it. It leaves the host's buffers as they were; a call without forming is then refused; after forming, without a fault, the next one
/// gives the right bits on every card. A call that was called off does not succeed.
/// </remarks>
public sealed class HostedProgram : ExploredProgram
{
    /// <summary>A fault and an abort can each spoil one call; what comes after them has to succeed.</summary>
    private const int MostAttempts = 4;

    private readonly CollectiveSetup setup;
    private readonly HostedScenario scenario;
    private readonly CardMesh mesh;
    private readonly HostedTopology topology;
    private readonly ExpectedCollective expected;
    private readonly Memory<float>[] buffers;
    private readonly List<HostedAttempt> attempts = [];
    private int calledOff;
    private bool ended;

    /// <summary>A program of what <paramref name="setup"/> and <paramref name="scenario"/> say.</summary>
    /// <param name="setup">The collective; one at a time.</param>
    /// <param name="scenario">What the host does.</param>
    /// <param name="driver">Another driver than <see cref="HostedTopology"/>, or null.</param>
    public HostedProgram(CollectiveSetup setup, HostedScenario scenario, Func<CardMesh, CollectiveSetup, HostedScenario, HostedTopology>? driver = null)
    {
        ArgumentNullException.ThrowIfNull(setup);
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentOutOfRangeException.ThrowIfNotEqual(setup.AtOnce, 1, nameof(setup));
        this.setup = setup;
        this.scenario = scenario;
        SpuriousTimeouts = setup.SpuriousTimeouts;
        mesh = new CardMesh(setup.Cards, new LinkShape(setup.Credits, setup.FrameElements), setup.Algorithm, setup.Fault);
        topology = driver is null ? new HostedTopology(mesh, setup.Algorithm, setup.Length, scenario.Hosting) : driver(mesh, setup, scenario);
        foreach (SharedObject shared in topology.Shared)
        {
            Share(shared);
        }

        expected = new ExpectedCollective(setup, 0);
        buffers = [.. Enumerable.Range(0, setup.Cards).Select(_ => new Memory<float>(new float[setup.Length]))];
        AddTasks();
    }

    /// <inheritdoc/>
    public override string Name => $"{setup.Algorithm.Name} over {setup.Cards} cards with their host";

    /// <inheritdoc/>
    public override bool LimitsWaits => setup.Fault is not null || setup.SpuriousTimeouts;

    /// <inheritdoc/>
    public override void Reset()
    {
        topology.Reset();
        attempts.Clear();
        calledOff = 0;
        ended = false;
        if (setup.Fault is not null)
        {
            mesh.Link(setup.Fault.From, setup.Fault.To).Fault = setup.Fault;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask RunTaskAsync(int task, ITaskHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        int card = (task - 1) % setup.Cards;
        if (task == 0)
        {
            await RunHostAsync(host);
        }
        else if (task <= setup.Cards)
        {
            await topology.Cards[card].RunAsync(host);
        }
        else if (task <= 2 * setup.Cards)
        {
            await topology.Cards[card].RunDmaAsync(host);
        }
        else if (scenario.User == HostedUser.Aborts)
        {
            calledOff = await topology.AbortAsync(host);
        }
        else
        {
            calledOff = await topology.CloseAsync(host);
        }
    }

    /// <inheritdoc/>
    public override Finding? Judge()
    {
        for (int i = 0; i < attempts.Count; i++)
        {
            if (Wrong(attempts[i]) is { } wrong)
            {
                return new Finding(FindingKind.WrongResult, $"call {i + 1} of the host {wrong}");
            }
        }

        if (!ended)
        {
            return new Finding(FindingKind.WrongResult, $"none of {attempts.Count} calls, each after forming, ended well");
        }

        return attempts[^1] is { Failure: null, FaultLay: false } ? mesh.Leftovers(0) : null;
    }

    /// <inheritdoc/>
    public override ulong StateHash()
    {
        ulong hash = 0xCBF29CE484222325;
        unchecked
        {
            foreach (HostedAttempt attempt in attempts)
            {
                HostFailure? failure = attempt.Failure;
                hash = (hash ^ (ulong)(failure is null ? 0 : 1 + (int)failure.Problem + 16 * (failure.Card + 1) + 4096 * ((int?)failure.CardProblem + 1 ?? 0))) * 0x100000001B3;
            }

            foreach (Memory<float> buffer in buffers)
            {
                foreach (float element in buffer.Span)
                {
                    hash = (hash ^ BitConverter.SingleToUInt32Bits(element)) * 0x100000001B3;
                }
            }
        }

        return hash;
    }

    private void AddTasks()
    {
        AddTask("host");
        for (int card = 0; card < setup.Cards; card++)
        {
            AddTask($"card {card}");
        }

        for (int card = 0; card < setup.Cards; card++)
        {
            AddTask($"dma {card}");
        }

        if (scenario.User != HostedUser.None)
        {
            AddTask("user");
        }

        if (setup.Fault is not null)
        {
            foreach (EnvironmentAction action in mesh.Link(setup.Fault.From, setup.Fault.To).ActionsOf(setup.Fault))
            {
                AddEnvironment(action);
            }
        }
    }

    private async ValueTask RunHostAsync(ITaskHost host)
    {
        int succeeded = 0;
        while (attempts.Count < MostAttempts && !ended)
        {
            Fill(host);
            int framesBefore = FramesOfLink();
            CollectiveCall call = new(attempts.Count + 1, 0, CollectiveProgram.CombinationOf(setup.Operation), setup.Operation == Reference.ReduceOperation.Avg);
            HostFailure? failure = await topology.CallAsync(call, buffers, host);
            int number = failure is { Problem: HostProblem.Closed } ? 0 : topology.Gate.Calls;
            bool faultLay = FaultCame(framesBefore);
            string? difference = failure is null ? Result(host) : Changed();
            HostFailure? again = failure is null or { Problem: HostProblem.Closed } ? null : await topology.CallAsync(call, buffers, host);
            attempts.Add(new HostedAttempt(number, failure, difference ?? (again is null ? null : Changed()), faultLay, again));
            succeeded += failure is null ? 1 : 0;
            ended = succeeded == scenario.Calls || failure is { Problem: HostProblem.Closed };
            if (failure is not null && !ended)
            {
                HostFailure? refused = await topology.FormAsync(host);
                ended = refused is { Problem: HostProblem.Closed };
                BringCardBack();
            }
        }

        await topology.CloseAsync(host);
    }

    private string? Wrong(HostedAttempt attempt)
    {
        bool mayClose = scenario.User == HostedUser.Closes;
        if (attempt.Failure is null)
        {
            return attempt.Difference is not null ? $"succeeded, but {attempt.Difference}"
                : attempt.Number == calledOff ? "succeeded although it was called off"
                : null;
        }

        bool hasReason = attempt.FaultLay || setup.SpuriousTimeouts || (attempt.Failure.Problem == HostProblem.Closed && mayClose) || (attempt.Number == calledOff && attempt.Number > 0);
        return !hasReason ? $"failed although nothing was wrong: {attempt.Failure.Message}"
            : attempt.Failure.Problem == HostProblem.Closed && !mayClose ? "was refused as closed, and nobody had closed"
            : attempt.Difference is not null ? $"failed, but left something else in the host's buffers: {attempt.Difference}"
            : attempt.Failure.Problem == HostProblem.Closed || attempt.Again is { Problem: HostProblem.NotFormed } ? null
            : attempt.Again is { Problem: HostProblem.Closed } && mayClose ? null
            : $"failed, and the next call without forming was not refused as it should be but ended with {attempt.Again?.Problem.ToString() ?? "success"}";
    }

    /// <summary>The inputs; a gathering card has its own block and nothing of the others'.</summary>
    private void Fill(ITaskHost host)
    {
        for (int card = 0; card < buffers.Length; card++)
        {
            host.Access(topology.HostBufferOf(card), 0, setup.Length, writes: true);
            for (int index = 0; index < setup.Length; index++)
            {
                buffers[card].Span[index] = Input(card, index);
            }
        }
    }

    private float Input(int card, int index)
    {
        int block = setup.Length / setup.Cards;
        return setup.Algorithm.Gathers && index / block != card ? float.NaN : expected.Inputs[card][index];
    }

    private string? Result(ITaskHost host)
    {
        for (int card = 0; card < buffers.Length; card++)
        {
            host.Access(topology.HostBufferOf(card), 0, setup.Length, writes: false);
            if (expected.Difference(buffers[card].Span) is { } difference)
            {
                return $"for card {card} {difference}";
            }
        }

        return null;
    }

    private string? Changed()
    {
        for (int card = 0; card < buffers.Length; card++)
        {
            for (int index = 0; index < setup.Length; index++)
            {
                if (BitConverter.SingleToInt32Bits(buffers[card].Span[index]) != BitConverter.SingleToInt32Bits(Input(card, index)))
                {
                    return $"for card {card} y[{index}] = {NumberText.Of(buffers[card].Span[index])}, before the call {NumberText.Of(Input(card, index))}";
                }
            }
        }

        return null;
    }

    /// <summary>True if the fault came since: a frame's with that frame, a link's when it went down after forming, a card's for as long as it is gone.</summary>
    private bool FaultCame(int framesBefore) => setup.Fault switch
    {
        null => false,
        { Kind: LinkFaultKind.PeerGone } => mesh.Link(setup.Fault.From, setup.Fault.To) is { Fault: not null, SenderWasGone: true },
        { Kind: LinkFaultKind.Down or LinkFaultKind.Retrain } => mesh.Link(setup.Fault.From, setup.Fault.To).Failures > 0,
        _ => framesBefore <= setup.Fault.Frame && setup.Fault.Frame < FramesOfLink(),
    };

    private int FramesOfLink() => setup.Fault is null ? 0 : mesh.Link(setup.Fault.From, setup.Fault.To).FramesSent;

    /// <summary>A card that was gone is there again once the topology is formed; other faults come once in any case.</summary>
    private void BringCardBack()
    {
        if (setup.Fault is { Kind: LinkFaultKind.PeerGone })
        {
            mesh.Link(setup.Fault.From, setup.Fault.To).Fault = null;
        }
    }
}
