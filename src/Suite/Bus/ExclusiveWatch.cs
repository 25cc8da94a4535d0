using System.Globalization;
using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Suite.Bus;

/// <summary>Looks for exclusive accesses, legal as they may be: generation A has none (CONTRACT AXI-3).</summary>
internal sealed class ExclusiveWatch : IAxiProbe
{
    private readonly List<string> findings = [];
    private long cycle = -1;

    /// <summary>The first of them, in words; empty if there was none.</summary>
    public IReadOnlyList<string> Findings => findings;

    public void Push(in AxiCycle pins)
    {
        cycle++;
        if (pins.Reset == AxiBit.Low)
        {
            Look(pins.Aw, "AW");
            Look(pins.Ar, "AR");
        }
    }

    public void Gap()
    {
    }

    private void Look(in AxiAddressPins pins, string channel)
    {
        if (findings.Count == 0 && pins.Valid == AxiBit.High && pins.Ready == AxiBit.High && pins.Lock != 0)
        {
            findings.Add(string.Create(CultureInfo.InvariantCulture, $"cycle {cycle}: {channel} asks for an exclusive access at 0x{pins.Address:x}"));
        }
    }
}
