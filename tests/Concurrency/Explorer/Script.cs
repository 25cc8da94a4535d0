using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Tests.Concurrency.Explorer;

/// <summary>A program written as one lambda a task, over objects that the test makes.</summary>
internal sealed class Script : ExploredProgram
{
    private readonly List<Func<ITaskHost, ValueTask>> bodies = [];

    public override string Name => "script";

    public override bool LimitsWaits => Limits;

    internal bool Limits { get; init; }

    internal Action OnReset { get; init; } = () => { };

    internal Func<Finding?> OnJudge { get; init; } = () => null;

    internal Func<ulong> State { get; init; } = () => 0;

    internal T With<T>(T shared)
        where T : SharedObject => Share(shared);

    internal Script Task(string name, Func<ITaskHost, ValueTask> body)
    {
        AddTask(name);
        bodies.Add(body);
        return this;
    }

    internal Script Beside(EnvironmentAction action)
    {
        AddEnvironment(action);
        return this;
    }

    public override void Reset() => OnReset();

    public override ValueTask RunTaskAsync(int task, ITaskHost host) => bodies[task](host);

    public override Finding? Judge() => OnJudge();

    public override ulong StateHash() => State();
}
