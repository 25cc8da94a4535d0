using System.Numerics;

namespace Spanker.Conformance.Tests.Axi4.Bursts;

/// <summary>
/// A burst walked byte by byte, as the pseudocode of IHI 0022 A3.4.2 steps: unbounded integers, division instead of masks, one address
/// carried from beat to beat. It shares no formula with the code under test.
/// </summary>
internal static class NaiveBurst
{
    /// <summary>The addresses of the bytes of each beat. Kinds: 0 FIXED, 1 INCR, 2 WRAP.</summary>
    public static List<List<BigInteger>> Bytes(BigInteger start, int beats, int beatBytes, int kind)
    {
        List<List<BigInteger>> all = [];
        BigInteger lower = start / (beatBytes * beats) * (beatBytes * beats);
        BigInteger upper = lower + (beatBytes * beats);
        BigInteger address = start;
        for (int beat = 0; beat < beats; beat++)
        {
            List<BigInteger> bytes = [address];
            while ((bytes[^1] + 1) % beatBytes != 0)
            {
                bytes.Add(bytes[^1] + 1);
            }

            all.Add(bytes);
            if (kind != 0)
            {
                address = bytes[^1] + 1;
                if (kind == 2 && address >= upper)
                {
                    address = lower;
                }
            }
        }

        return all;
    }

    /// <summary>Whether the bytes of an INCR burst, from its aligned start on, lie in more than one block of 4096.</summary>
    public static bool LeavesItsPage(BigInteger start, int beats, int beatBytes) =>
        Bytes(start, beats, beatBytes, kind: 1).SelectMany(beat => beat).Select(address => address / 4096).Distinct().Count() > 1;
}
