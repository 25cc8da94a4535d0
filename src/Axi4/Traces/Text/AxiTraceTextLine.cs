using System.Globalization;
using System.Text;

namespace Spanker.Conformance.Axi4;

/// <summary>The line of a transaction in golden text.</summary>
internal static class AxiTraceTextLine
{
    /// <summary>The attributes in their order, with their bits.</summary>
    public static readonly (string Name, int Bits)[] Attributes = [("lock", 1), ("cache", 4), ("prot", 3), ("qos", 4), ("region", 4), ("user", 64)];

    public static string Of(AxiTraceTransaction transaction, AxiBusShape shape)
    {
        (AxiTraceAddress address, AxiTraceSummary summary) = (transaction.Address, transaction.Summary);
        StringBuilder line = new();
        _ = line.Append(CultureInfo.InvariantCulture, $"{AxiTraceWords.KindOf(address.IsRead)} id={AxiTraceWords.Hex(address.Id, shape.IdBits)} addr={AxiTraceWords.Hex(address.Burst.Address, shape.AddressBits)}")
            .Append(CultureInfo.InvariantCulture, $" {AxiTraceWords.Bursts[(int)address.Burst.Kind]} {address.Burst.Beats}x{address.Burst.BeatBytes}");
        foreach ((string name, int bits) in Attributes)
        {
            if (ValueOf(address, name) is var value and not 0)
            {
                _ = line.Append(CultureInfo.InvariantCulture, $" {name}={AxiTraceWords.Hex(value, bits)}");
            }
        }

        if (summary.Beats != address.Burst.Beats)
        {
            _ = line.Append(CultureInfo.InvariantCulture, $" beats={summary.Beats}");
        }

        if (!summary.HasUsualLast)
        {
            _ = line.Append(" last=").Append(summary.LastBeats.Count == 0 ? "none" : string.Join(",", summary.LastBeats));
        }

        _ = line.Append(CultureInfo.InvariantCulture, $" bytes={summary.ActiveBytes} digest={Digest(summary.Digest)}");
        if (summary.LanesDigest is ulong lanes)
        {
            _ = line.Append(CultureInfo.InvariantCulture, $" lanes={Digest(lanes)}");
        }

        return line.Append(' ').Append(Responses(summary.Responses)).ToString();
    }

    /// <summary>16 hex digits.</summary>
    public static string Digest(ulong digest) => digest.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>One word where all are the same, else runs.</summary>
    public static string Responses(IReadOnlyList<AxiResponse> responses)
    {
        if (responses.Count == 0)
        {
            return "-";
        }

        List<string> runs = [];
        for (int first = 0, next; first < responses.Count; first = next)
        {
            for (next = first; next < responses.Count && responses[next] == responses[first]; next++)
            {
            }

            string word = AxiTraceWords.Responses[(int)responses[first]];
            runs.Add(next - first == responses.Count ? word : string.Create(CultureInfo.InvariantCulture, $"{word}*{next - first}"));
        }

        return string.Join(",", runs);
    }

    private static ulong ValueOf(AxiTraceAddress address, string name) => name switch
    {
        "lock" => (ulong)address.Lock,
        "cache" => (ulong)address.Cache,
        "prot" => (ulong)address.Prot,
        "qos" => (ulong)address.Qos,
        "region" => (ulong)address.Region,
        _ => address.User,
    };
}
