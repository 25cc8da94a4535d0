using System.Numerics;
using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Tests.Axi4.Bench;

/// <summary>The memory behind the tests' slave: bytes by address; a byte that was never written has a value all the same.</summary>
internal sealed class TestMemory
{
    private readonly Dictionary<BigInteger, byte> bytes = [];

    public byte this[BigInteger address]
    {
        get => bytes.TryGetValue(address, out byte value) ? value : (byte)((address * 37 >> 3) % 251);
        set => bytes[address] = value;
    }

    /// <summary>Writes the strobed bytes of a beat.</summary>
    public void Write(PlannedBurst burst, int beat, in AxiWriteDataPins pins, int busBytes)
    {
        foreach (BigInteger address in burst.Bytes[beat])
        {
            int lane = (int)(address % busBytes);
            if (((pins.Strobe >> lane) & 1) == 1)
            {
                this[address] = (byte)((pins.Data[lane / 8] >> (lane % 8 * 8)) & 0xff);
            }
        }
    }

    /// <summary>Puts the bytes of a read beat on their lanes.</summary>
    public void Read(PlannedBurst burst, int beat, ref AxiReadDataPins pins, int busBytes)
    {
        foreach (BigInteger address in burst.Bytes[beat])
        {
            int lane = (int)(address % busBytes);
            pins.Data[lane / 8] &= ~(0xffUL << (lane % 8 * 8));
            pins.Data[lane / 8] |= (ulong)this[address] << (lane % 8 * 8);
        }
    }
}
