using System.Collections;
using System.Runtime.InteropServices;

namespace Spanker.Conformance.Device;

/// <summary>Starts a program in a session of its own, with pipes for its standard streams and the worker's mark in its environment.</summary>
internal static unsafe class PipeSpawn
{
    // The child's descriptors are copied from above those that it is to have, so that no copy overwrites another's source.
    private const int LowestSource = 100;

    /// <summary>Starts it; the process's id.</summary>
    /// <param name="program">Its file.</param>
    /// <param name="words">Its arguments, the first being its name.</param>
    /// <param name="mark">The mark's value.</param>
    /// <param name="streams">Descriptors for its standard input, output and error.</param>
    /// <exception cref="IOException">It does not start.</exception>
    public static int Start(string program, IReadOnlyList<string> words, string mark, int[] streams)
    {
        List<string> environment = [$"{WorkerMarker.Name}={mark}"];
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if ((string)variable.Key != WorkerMarker.Name)
            {
                environment.Add($"{variable.Key}={variable.Value}");
            }
        }

        int[] sources = [.. streams.Select(s => LinuxCalls.Control(s, LinuxCalls.DuplicateCloseOnExec, LowestSource))];
        byte* actions = stackalloc byte[512]; // 80 and 336 bytes in glibc
        byte* attributes = stackalloc byte[1024];
        byte* allSignals = stackalloc byte[128];
        byte* noSignals = stackalloc byte[128];
        new Span<byte>(allSignals, 128).Fill(0xFF);
        new Span<byte>(noSignals, 128).Clear();
        _ = LinuxCalls.FileActionsInit(actions);
        _ = LinuxCalls.AttributesInit(attributes);
        for (int stream = 0; stream < sources.Length; stream++)
        {
            _ = LinuxCalls.FileActionsDuplicate(actions, sources[stream], stream);
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
