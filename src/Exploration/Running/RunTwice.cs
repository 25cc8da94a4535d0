namespace Spanker.Conformance.Exploration;

/// <summary>Runs a schedule a second time and compares every step and the end: a program whose only choice is the schedule does the same again.</summary>
internal static class RunTwice
{
    /// <summary>The first difference, or null. <paramref name="first"/> is left as it is.</summary>
    internal static Finding? Compare(Execution first, ExploredProgram program, int stepLimit)
    {
        ulong state = program.StateHash();
        Execution second = new(program, stepLimit);
        ReplayOf replay = new(Schedule.Of(first));
        replay.Begin();
        second.Run(replay);
        int common = Math.Min(first.Steps, second.Steps);
        for (int step = 0; step < common; step++)
        {
            if (first.Log[step] != second.Log[step])
            {
                return new Finding(
                    FindingKind.Nondeterminism,
                    $"step {step + 1} was '{Text(first, step)}' and, by the same schedule, '{Text(second, step)}'");
            }
        }

        return first.Steps != second.Steps || second.Finding is not null
            ? new Finding(FindingKind.Nondeterminism, $"{first.Steps} steps and no finding, then by the same schedule {second.Steps} steps and {second.Finding?.Message ?? "none"}")
            : state != program.StateHash()
            ? new Finding(FindingKind.Nondeterminism, "the same schedule left another state the second time")
            : null;
    }

    private static string Text(Execution run, int step)
    {
        StepRecord record = run.Log[step];
        return $"{run.Threads.NameOf(record.Thread)}: {record.Operation} -> {record.Outcome}";
    }
}
