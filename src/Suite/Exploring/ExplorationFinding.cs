using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Suite;

/// <summary>What an exploration found.</summary>
/// <param name="Found">The finding, its schedule shrunk.</param>
/// <param name="Fault">With which fault, or null.</param>
/// <param name="Data">With which data.</param>
/// <param name="StepsBefore">Steps of the schedule before it was shrunk.</param>
/// <param name="Diagram">The shrunk schedule, step by step.</param>
public sealed record ExplorationFinding(FoundSchedule Found, LinkFault? Fault, CollectiveDataKind Data, int StepsBefore, SequenceDiagram Diagram);
