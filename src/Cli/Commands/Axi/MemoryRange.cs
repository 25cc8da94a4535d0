using System.Globalization;
using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Cli.Commands;

/// <summary>The addresses of <c>--memory FIRST-LAST</c>: what only the interface writes, so that a read returns what was written.</summary>
internal static class MemoryRange
{
    /// <summary>The profile, with its memory bounded.</summary>
    /// <exception cref="CommandException">There is no profile with a memory, or the text is no range of whole pages.</exception>
    public static AxiProfile Bound(AxiProfile? profile, string text)
    {
        if (profile is not { TargetIsMemory: true })
        {
            throw CommandException.Usage($"--memory {InputText.Quote(text)}: without a profile no read is held against what was written; add --profile {AxiProfile.GenerationA.Name}");
        }

        string[] ends = text.Split('-');
        bool isRange = ends.Length == 2 & TryParse(ends[0], out ulong first) & TryParse(ends[^1], out ulong last);
        const ulong InPage = AxiBurst.PageBytes - 1;
        return isRange && first <= last && (first & InPage) == 0 && (last & InPage) == InPage
            ? profile with { MemoryFirst = first, MemoryLast = last }
            : throw CommandException.Usage(
                $"--memory {InputText.Quote(text)}: expected FIRST-LAST in hex, both inclusive and in whole pages of 4 KiB, as 0x100000000000-0x2fffffffffff");
    }

    private static bool TryParse(string text, out ulong address) => ulong.TryParse(
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(2) : text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out address);
}
