using System.Runtime.CompilerServices;

namespace Spanker.Conformance.Axi4;

/// <summary>1024 bits, lowest word first: WDATA, RDATA, or the mask of their x bits. Bits beyond the bus are 0.</summary>
[InlineArray(AxiBusShape.MaxDataBits / 64)]
public struct AxiWords
{
    private ulong word;
}
