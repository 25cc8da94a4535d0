using System.Collections;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Spanker.Conformance.Device;

/// <summary>Starts the processes that host devices: each in a session of its own, with the mark in its environment and the descriptors that it is to have.</summary>
/// <remarks>
/// They are started on one thread that lives as long as this process. A worker asks the kernel to be killed when its parent dies (PR_SET_PDEATHSIG), and
/// "parent" there is the thread that started it, not the process: one started from a thread of the case pool would be killed as soon as the pool is done.
/// </remarks>
internal static unsafe class ChildSpawn
{
    // The child's descriptors are copied from above those that it is to have, so that no copy overwrites another's source.
    private const int LowestSource = 100;
    private static readonly BlockingCollection<Action> Orders = StartThread();

    /// <summary>Starts a program; the process's id.</summary>
    /// <param name="program">Its file.</param>
    /// <param name="words">Its arguments, the first being its name.</param>
    /// <param name="mark">The value of <see cref="WorkerMarker.Name"/> in its environment.</param>
    /// <param name="descriptors">This process's descriptors, and the child's that they become.</param>
    /// <exception cref="IOException">It does not start.</exception>
    public static int Start(string program, IReadOnlyList<string> words, string mark, IReadOnlyList<(int Ours, int Theirs)> descriptors)
    {
        TaskCompletionSource<int> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Orders.Add(() =>
        {
            try
            {
                done.SetResult(StartHere(program, words, mark, descriptors));
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        });
        return done.Task.GetAwaiter().GetResult();
    }

    private static BlockingCollection<Action> StartThread()
    {
        BlockingCollection<Action> orders = [];
        new Thread(() =>
        {
            foreach (Action order in orders.GetConsumingEnumerable())
            {
                order();
            }
        })
        {
            IsBackground = true,
            Name = "spawner",
        }.Start();
        return orders;
    }

    private static int StartHere(string program, IReadOnlyList<string> words, string mark, IReadOnlyList<(int Ours, int Theirs)> descriptors)
    {
        List<string> environment = [$"{WorkerMarker.Name}={mark}"];
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if ((string)variable.Key != WorkerMarker.Name)
            {
                environment.Add($"{variable.Key}={variable.Value}");
            }
        }

        int[] sources = [.. descriptors.Select(d => LinuxCalls.Control(d.Ours, LinuxCalls.DuplicateCloseOnExec, LowestSource))];
        if (sources.Any(source => source < 0))
        {
            string why = Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
            Array.ForEach(sources, source => _ = source < 0 ? 0 : LinuxCalls.Close(source));
            throw new IOException($"its descriptors cannot be copied: {why}");
        }

        byte* actions = stackalloc byte[512]; // 80 and 336 bytes in glibc
        byte* attributes = stackalloc byte[1024];
        byte* allSignals = stackalloc byte[128];
        byte* noSignals = stackalloc byte[128];
        new Span<byte>(allSignals, 128).Fill(0xFF);
        new Span<byte>(noSignals, 128).Clear();
        _ = LinuxCalls.FileActionsInit(actions);
        _ = LinuxCalls.AttributesInit(attributes);
        for (int i = 0; i < sources.Length; i++)
        {
            _ = LinuxCalls.FileActionsDuplicate(actions, sources[i], descriptors[i].Theirs);
        }

        _ = LinuxCalls.AttributesSetFlags(
            attributes, LinuxCalls.SpawnNewSession | LinuxCalls.SpawnSetSignalDefaults | LinuxCalls.SpawnSetSignalMask);
        _ = LinuxCalls.AttributesSetSignalDefaults(attributes, allSignals);
        _ = LinuxCalls.AttributesSetSignalMask(attributes, noSignals);
        nint[] texts = [.. words.Append(null).Concat(environment).Append(null).Select(Marshal.StringToCoTaskMemUTF8)];
        try
        {
            fixed (nint* first = texts)
            {
                int error = LinuxCalls.Spawn(out int started, program, actions, attributes, (byte**)first, (byte**)(first + words.Count + 1));
                return error == 0 ? started : throw new IOException(Marshal.GetPInvokeErrorMessage(error));
            }
        }
        finally
        {
            _ = LinuxCalls.FileActionsDestroy(actions);
            _ = LinuxCalls.AttributesDestroy(attributes);
            Array.ForEach(texts, Marshal.FreeCoTaskMem);
            Array.ForEach(sources, source => LinuxCalls.Close(source));
        }
    }
}
