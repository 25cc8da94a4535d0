using System.Globalization;
using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Tests.Rtl;

/// <summary>A transaction in a line, in the figures that the testbench prints.</summary>
/// <remarks>
/// <code>
/// W edge id addr len size burst [edge data strb last].. B edge id resp
/// R edge id addr len size burst [edge id data resp last]..
/// </code>
/// </remarks>
internal static class TransactionText
{
    private const int DataWords = 4;

    public static string Of(AxiTransaction done)
    {
        AxiBurst burst = done.Burst;
        string head = Text($"{(done.IsRead ? 'R' : 'W')} {done.AddressCycle} {done.Id:x1} {burst.Address:x12} {burst.Beats - 1:x2} {burst.Size:x1} {(int)burst.Kind:x1}");
        return done.IsRead
            ? head + string.Concat(done.Beats.Select(beat => Text($" [{beat.Cycle} {done.Id:x1} {Data(beat)} {(int)beat.Response:x1} {(beat.IsLast ? 1 : 0)}]")))
            : head + string.Concat(done.Beats.Select(beat => Text($" [{beat.Cycle} {Data(beat)} {(uint)beat.Strobe:x8} {(beat.IsLast ? 1 : 0)}]"))) + Text($" B {done.LastCycle} {done.Id:x1} {(int)done.Response:x1}");
    }

    private static string Data(AxiBeat beat) => string.Concat(Enumerable.Range(0, DataWords).Select(word => Text($"{beat.Data[DataWords - 1 - word]:x16}")));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
