namespace Spanker.Conformance.Exploration;

/// <summary>A program of several tasks over shared objects, which can be run again from the start any number of times.</summary>
public abstract class ExploredProgram
{
    /// <summary>The most threads a program may have: tasks, their timers, and what the environment does.</summary>
    public const int MostThreads = 64;

    private readonly List<SharedObject> objects = [];
    private readonly List<string> tasks = [];
    private readonly List<EnvironmentAction> environment = [];

    /// <summary>What the program is, in a few words.</summary>
    public abstract string Name { get; }

    /// <summary>The shared objects, by their index.</summary>
    public IReadOnlyList<SharedObject> Objects => objects;

    /// <summary>The tasks' names.</summary>
    public IReadOnlyList<string> Tasks => tasks;

    /// <summary>What happens that no task does.</summary>
    public IReadOnlyList<EnvironmentAction> Environment => environment;

    /// <summary>True if tasks wait with a limit; each of them then has a timer, which is a thread to the scheduler.</summary>
    public virtual bool LimitsWaits => true;

    /// <summary>True if a limit may pass although something else could go on; otherwise time passes only when nothing can.</summary>
    public bool SpuriousTimeouts { get; init; }

    /// <summary>Everything back to the start: the program's own state; objects are reset by the caller.</summary>
    public abstract void Reset();

    /// <summary>Runs a task to its end.</summary>
    public abstract ValueTask RunTaskAsync(int task, ITaskHost host);

    /// <summary>Once all tasks have ended: what is wrong with what they left, or null.</summary>
    public abstract Finding? Judge();

    /// <summary>A digest of what the tasks left; equal for equal ends.</summary>
    public virtual ulong StateHash() => 0;

    /// <summary>Registers a shared object.</summary>
    protected T Share<T>(T shared)
        where T : SharedObject
    {
        ArgumentNullException.ThrowIfNull(shared);
        shared.Index = objects.Count;
        objects.Add(shared);
        return shared;
    }

    /// <summary>Declares a task; returns its number.</summary>
    protected int AddTask(string name)
    {
        tasks.Add(name);
        return tasks.Count - 1;
    }

    /// <summary>Declares something that the environment does once, if at all.</summary>
    protected void AddEnvironment(EnvironmentAction action) => environment.Add(action);
}
