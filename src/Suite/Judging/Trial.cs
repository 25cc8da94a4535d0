using Spanker.Conformance.Device;

namespace Spanker.Conformance.Suite;

/// <summary>One case on one freshly opened device, with the record that it fills.</summary>
/// <param name="Case">The case.</param>
/// <param name="Device">The device, opened for this case.</param>
/// <param name="Terms">What it is held to.</param>
/// <param name="Record">What comes to light.</param>
public sealed record Trial(Case Case, IDevice Device, JudgingTerms Terms, CaseRecord Record)
{
    /// <summary>What else looks at the bus while the case is tried: a writer of dumps, mostly nobody.</summary>
    public IReadOnlyList<Axi4.IAxiProbe> Probes { get; init; } = [];

    /// <summary>The clause that the case is about.</summary>
    public string Clause => Case.Clause;

    /// <summary>The dimensions, with m and n no larger than the device takes.</summary>
    public MatmulShape Fit(MatmulShape shape) => new DeviceLimits(Terms.Description, TimeSpan.MaxValue).Fit(shape);

    /// <summary>The dimensions, with none larger than the device takes.</summary>
    public MatmulShape FitWhole(MatmulShape shape) => new DeviceLimits(Terms.Description, TimeSpan.MaxValue).FitWhole(shape);

    /// <summary>Notes that the case's own clause was kept or broken.</summary>
    public void Observe(Deviation? deviation) => Record.Observe(Clause, deviation);

    /// <summary>Notes an edge of the case's own clause.</summary>
    public void Reach(string edge) => Record.Reach(Clause, edge);
}
