namespace Spanker.Conformance.Exploration;

/// <summary>Something that happens beside the tasks: a link that fails, a frame that comes late. To the scheduler it is a thread of one operation.</summary>
/// <remarks>
/// A failure comes at some point of every run, after all tasks have ended at the latest, which is as good as never. A state in which the tasks can go on
/// only if it comes is a deadlock all the same. So <see cref="ExploredProgram.Judge"/> must not mind a failure after the end.
/// </remarks>
/// <param name="Name">What findings call it.</param>
/// <param name="Operation">What is done, once it is permitted.</param>
/// <param name="WhenIdle">True if it comes only when no task can go on, as a limit of time does; it then competes with the timers.</param>
public sealed record EnvironmentAction(string Name, Operation Operation, bool WhenIdle = false);
