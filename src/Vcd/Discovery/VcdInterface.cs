using System.Text;

namespace Spanker.Conformance.Vcd.Discovery;

/// <summary>A group of signals with handshakes, and the clock and reset that belong to it. Its text is a part of a map (<see cref="VcdMap"/>).</summary>
public sealed record VcdInterface
{
    /// <summary>A short name: scope and prefix, such as <c>tb.dut.s_axi</c>.</summary>
    public required string Name { get; init; }

    /// <summary>AXI4 or a stream.</summary>
    public required VcdInterfaceKind Kind { get; init; }

    /// <summary>The scope in which its signals stand.</summary>
    public required string Scope { get; init; }

    /// <summary>Its signals, in the order of the channels; a role occurs once.</summary>
    public required IReadOnlyList<VcdPort> Ports { get; init; }

    /// <summary>Its clock; null until one was looked for or named.</summary>
    public VcdVariable? Clock { get; init; }

    /// <summary>Its reset; null if it has none.</summary>
    public VcdReset? Reset { get; init; }

    /// <summary>What else is to be known of the choice, one line each: other names of the same nets, channels that are not whole.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The variable of that role, or null.</summary>
    public VcdVariable? Find(string role)
    {
        foreach (VcdPort port in Ports)
        {
            if (port.Role == role)
            {
                return port.Variable;
            }
        }

        return null;
    }

    /// <summary>The interface as lines of a map.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        _ = text.Append(Kind == VcdInterfaceKind.Axi4 ? "interface " : "stream ").Append(Name).Append('\n');
        foreach (string note in Notes)
        {
            _ = text.Append("  # ").Append(note).Append('\n');
        }

        if (Clock is VcdVariable clock)
        {
            _ = text.Append("  clock ").Append(clock.Path).Append('\n');
        }

        if (Reset is VcdReset reset)
        {
            _ = text.Append("  reset ").Append(reset.Variable.Path).Append(reset.IsActiveHigh ? " high" : " low").Append(reset.IsConfirmed ? "" : " # not confirmed by the dump").Append('\n');
        }

        foreach (VcdPort port in Ports)
        {
            _ = text.Append("  ").Append(port.Role).Append(' ').Append(port.Variable.Path).Append('\n');
        }

        return text.ToString();
    }
}
