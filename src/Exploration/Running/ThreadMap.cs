namespace Spanker.Conformance.Exploration;

/// <summary>The threads of a program: its tasks, then a timer for each task that waits with a limit, then what the environment does.</summary>
public sealed class ThreadMap
{
    private readonly ExploredProgram program;

    /// <summary>The threads of <paramref name="program"/>.</summary>
    public ThreadMap(ExploredProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        this.program = program;
        TaskCount = program.Tasks.Count;
        TimerCount = program.LimitsWaits ? TaskCount : 0;
        Count = TaskCount + TimerCount + program.Environment.Count;
        if (Count > ExploredProgram.MostThreads)
        {
            throw new ArgumentException(
                $"{program.Name} has {Count} threads ({TaskCount} tasks, {TimerCount} timers, {program.Environment.Count} of the environment); the explorer takes {ExploredProgram.MostThreads}",
                nameof(program));
        }
    }

    /// <summary>Number of threads.</summary>
    public int Count { get; }

    /// <summary>Number of tasks.</summary>
    public int TaskCount { get; }

    /// <summary>Number of timers: none, or one a task.</summary>
    public int TimerCount { get; }

    /// <summary>First thread of the environment.</summary>
    public int FirstOfEnvironment => TaskCount + TimerCount;

    /// <summary>True for a task.</summary>
    public bool IsTask(int thread) => thread < TaskCount;

    /// <summary>True for a timer.</summary>
    public bool IsTimer(int thread) => thread >= TaskCount && thread < FirstOfEnvironment;

    /// <summary>The timer of a task.</summary>
    public int TimerOf(int task) => TaskCount + task;

    /// <summary>The task of a timer.</summary>
    public int TaskOf(int timer) => timer - TaskCount;

    /// <summary>The action of a thread of the environment.</summary>
    public EnvironmentAction ActionOf(int thread) => program.Environment[thread - FirstOfEnvironment];

    /// <summary>What diagrams call the thread.</summary>
    public string NameOf(int thread) =>
        IsTask(thread) ? program.Tasks[thread]
        : IsTimer(thread) ? "timer of " + program.Tasks[TaskOf(thread)]
        : ActionOf(thread).Name;
}
