namespace Spanker.Conformance.Tests.LongChecks.Products;

/// <summary><see cref="ExactTilesComparison"/> in a child process on each hardware path that .NET can be held to.</summary>
internal sealed class ExactTilesCheck(ulong seed, long count, IReadOnlyList<HardwarePath> paths)
{
    private readonly List<string> seen = [];
    private readonly List<string> absent = [];

    /// <summary>
    /// Exit code 1 if a child differs, or is not on the path that it was held to; 3 if all is equal, but the machine lacks the instructions that
    /// a path is without, so that the path is its own and shows nothing more.
    /// </summary>
    public int Run(TextWriter output)
    {
        ChildRun bare = ChildRun.Start(string.Empty, seed, 0, TextWriter.Null);
        HardwareFlags own = bare.Flags;
        output.WriteLine($"this machine: {bare.FirstLine}");
        foreach (HardwarePath path in paths)
        {
            if (path.IsAbsent(own))
            {
                absent.Add(path.SwitchedOff);
                output.WriteLine($"{path.Name}: absent here: {path.SwitchedOff}; nothing to switch off, not run");
                continue;
            }

            output.WriteLine($"{path.Name}:{(path.Variable.Length > 0 ? $" {path.Variable}=0" : string.Empty)}");
            string? failure = Follow(path, own, output);
            if (failure is not null)
            {
                output.WriteLine($"{path.Name}: {failure}");
                return 1;
            }
        }

        output.WriteLine(seen.Count == 0 ? "no path was run" : $"equal on every path that was run: {string.Join("; ", seen)}");
        if (absent.Count > 0)
        {
            output.WriteLine($"not shown on this machine, absent here: {string.Join(", ", absent)}");
        }

        return absent.Count > 0 || seen.Count == 0 ? 3 : 0;
    }

    private string? Follow(HardwarePath path, HardwareFlags own, TextWriter output)
    {
        ChildRun child = ChildRun.Start(path.Variable, seed, count, output);
        if (path.Mismatch(own, child.Flags) is string mismatch)
        {
            return $"the child is not on this path: {mismatch}";
        }

        if (child.ExitCode != 0)
        {
            return $"the child ended with {child.ExitCode}";
        }

        (int bits, string name) = child.Flags.Registers;
        if (child.RegisterBits != bits)
        {
            return $"{name} has registers of {bits} bits, but the tiles come of registers of {child.RegisterBits}";
        }

        seen.Add($"{path.Name} ({name}, {bits} bits) {child.Elements}");
        return null;
    }
}
