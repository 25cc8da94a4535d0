using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Tests.Axi4.Bench;

/// <summary>A change of the pins of one cycle.</summary>
internal delegate void PinChange(ref AxiCycle pins);
