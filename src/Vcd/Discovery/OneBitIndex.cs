namespace Spanker.Conformance.Vcd.Discovery;

/// <summary>The one-bit variables of a header by scope, so that looking around an interface does not mean looking at all variables again.</summary>
internal sealed class OneBitIndex
{
    private const int ClockLimit = 4096;

    private readonly Dictionary<string, List<VcdVariable>> byScope = new(StringComparer.Ordinal);
    private readonly List<VcdVariable> clocks = [];

    public OneBitIndex(VcdHeader header)
    {
        foreach (VcdVariable variable in header.Variables)
        {
            if (variable.WidthBits != 1 || variable.Kind != VcdVariableKind.Bits || header.NetOf(variable).IsContradictory)
            {
                continue;
            }

            if (!byScope.TryGetValue(variable.Scope, out List<VcdVariable>? list))
            {
                list = [];
                byScope.Add(variable.Scope, list);
            }

            list.Add(variable);
            if (clocks.Count < ClockLimit && PinNames.IsClock(variable.Name))
            {
                clocks.Add(variable);
            }
        }
    }

    /// <summary>Variables anywhere that have a clock's name, in the order of the header.</summary>
    public IReadOnlyList<VcdVariable> Clocks => clocks;

    /// <summary>The variables of a scope and then of those around it, innermost first, each scope in the order of the header.</summary>
    public IEnumerable<VcdVariable> Around(string scope)
    {
        for (string place = scope; ; place = place[..Math.Max(0, place.LastIndexOf('.'))])
        {
            foreach (VcdVariable variable in byScope.GetValueOrDefault(place) ?? [])
            {
                yield return variable;
            }

            if (place.Length == 0)
            {
                yield break;
            }
        }
    }
}
