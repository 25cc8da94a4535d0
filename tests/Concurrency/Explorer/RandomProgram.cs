using System.Text;
using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Tests.Concurrency.Explorer;

/// <summary>A small program made from a number: two or three tasks of a few operations on cells, locks, signals and queues, perhaps with limits and a fault.</summary>
internal sealed class RandomProgram
{
    private readonly List<List<(int What, int Which)>> tasks = [];
    private readonly bool fault;
    private readonly bool spurious;
    private ulong state;

    internal RandomProgram(ulong seed)
    {
        state = unchecked(seed * 0x9E3779B97F4A7C15 + 1);
        int count = 2 + Below(2);
        for (int task = 0; task < count; task++)
        {
            List<(int, int)> operations = [];
            for (int i = 1 + Below(4); i > 0; i--)
            {
                operations.Add((Below(12), Below(2)));
            }

            tasks.Add(operations);
        }

        fault = Below(4) == 0;
        spurious = Below(4) == 0;
        HasTimers = tasks.Exists(operations => operations.Exists(operation => operation.What is 7 or 11));
    }

    internal bool HasTimers { get; }

    public override string ToString()
    {
        StringBuilder text = new();
        foreach (List<(int What, int Which)> operations in tasks)
        {
            text.Append('[').AppendJoin(' ', operations.Select(operation => $"{operation.What}.{operation.Which}")).Append(']');
        }

        return text.Append(fault ? " fault" : string.Empty).Append(spurious ? " spurious" : string.Empty).ToString();
    }

    internal Script Build()
    {
        ulong seen = 0;
        SharedCell[] cells = [];
        Script program = new()
        {
            Limits = HasTimers,
            SpuriousTimeouts = spurious,
            OnReset = () => seen = 0,
            State = () => unchecked(seen * 31 + (ulong)cells[0].Value * 7 + (ulong)cells[1].Value),
            OnJudge = () => seen % 5 == 4 ? new Finding(FindingKind.WrongResult, "4 modulo 5") : null,
        };
        cells = [program.With(new SharedCell("x")), program.With(new SharedCell("y"))];
        SharedLock[] locks = [program.With(new SharedLock("a")), program.With(new SharedLock("b"))];
        SharedSignal[] signals = [program.With(new SharedSignal("s")), program.With(new SharedSignal("p", stays: false))];
        for (int task = 0; task < tasks.Count; task++)
        {
            int number = task;
            program.Task("t" + task, host => Run(host, number));
        }

        if (fault)
        {
            program.Beside(new EnvironmentAction("fault", new Operation(cells[0], OperationKind.Write, 9)));
        }

        return program;

        async ValueTask Run(ITaskHost host, int task)
        {
            ulong mine = (ulong)task;
            List<int> held = [];
            int step = 0;
            foreach ((int what, int which) in tasks[task])
            {
                step++;
                switch (what)
                {
                    case 0 or 1:
                        mine = unchecked(mine * 3 + (ulong)await cells[which].ReadAsync(host));
                        break;
                    case 2:
                        await cells[which].WriteAsync(host, (task + 1) * 10 + step);
                        break;
                    case 3:
                        await cells[which].WriteAsync(host, step % 2);
                        break;
                    case 4 or 5 when !held.Contains(which):
                        await locks[which].TakeAsync(host);
                        held.Add(which);
                        break;
                    case 6:
                        await signals[which].GiveAsync(host);
                        break;
                    case 7:
                        if (which == 1)
                        {
                            await signals[1].EnlistAsync(host, task);
                        }

                        mine = unchecked(mine * 5 + (ulong)(await signals[which].AwaitAsync(host, task, limited: true) == 1 ? 1 : 2));
                        break;
                    case 11 when !held.Contains(which):
                        if (await locks[which].TakeAsync(host, limited: true) == StepOutcome.TimedOut)
                        {
                            mine = unchecked(mine * 13 + 1);
                        }
                        else
                        {
                            held.Add(which);
                        }

                        break;
                    case 8 when held.Count > 0:
                        await locks[held[^1]].GiveAsync(host);
                        held.RemoveAt(held.Count - 1);
                        break;
                    case 9:
                        if (which == 1)
                        {
                            await signals[1].EnlistAsync(host, task);
                        }

                        await signals[which].AwaitAsync(host, task);
                        break;
                    case 10:
                        mine = unchecked(mine * 11 + (ulong)await cells[which].AwaitAsync(host, step % 2));
                        break;
                    default:
                        mine = unchecked(mine * 7 + (ulong)await signals[which].PollAsync(host));
                        break;
                }
            }

            for (int i = held.Count - 1; i >= 0; i--)
            {
                await locks[held[i]].GiveAsync(host);
            }

            seen = unchecked(seen + (mine + 1) * (ulong)(task * 100 + 1));
        }
    }

    private int Below(int bound)
    {
        unchecked
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            return (int)(state % (ulong)bound);
        }
    }
}
