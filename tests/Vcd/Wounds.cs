using System.Text;
using Spanker.Conformance.Tests.Support;

namespace Spanker.Conformance.Tests.Vcd;

/// <summary>What happens to files: bits flipped, pieces cut out, doubled, moved, or replaced by words that mean something; the end lost.</summary>
internal static class Wounds
{
    /// <summary>Up to eight of them, half of the time one.</summary>
    public static void Make(List<byte> bytes, string[] words, SplitMix64 random)
    {
        for (int wounds = random.OneIn(2) ? 1 : 1 + random.Below(8); wounds > 0 && bytes.Count > 0; wounds--)
        {
            int at = random.Below(bytes.Count);
            int length = Math.Min(1 + random.Below(random.OneIn(3) ? 200 : 8), bytes.Count - at);
            switch (random.Below(7))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Below(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 3:
                    bytes.InsertRange(random.Below(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 4:
                    bytes.InsertRange(at, Encoding.Latin1.GetBytes($" {words[random.Below(words.Length)]} "));
                    break;
                case 5:
                    bytes.InsertRange(at, Enumerable.Repeat(bytes[at], 1 + random.Below(2000)));
                    break;
                default:
                    bytes[at] = (byte)random.Below(256);
                    break;
            }
        }
    }
}
