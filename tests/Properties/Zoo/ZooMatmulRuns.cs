using System.Buffers.Binary;
using System.Security.Cryptography;
using Spanker.Conformance.Device;
using Spanker.Conformance.Tests.Properties.Device;

namespace Spanker.Conformance.Tests.Properties.Zoo;

/// <summary>What a device does in calls of one shape over operands of many kinds and buffers of many lengths, as text that can be compared.</summary>
internal static class ZooMatmulRuns
{
    private const int Kinds = 24;
    private const int FirstWideKind = 8;

    /// <summary>The calls that a family can show in: operands of every kind, buffers of every length, or a sequence x, x, deeper y, x on one device.</summary>
    public static IEnumerable<string> Of(string family, Func<IMatmulDevice> open, ulong m, ulong n, ulong k)
    {
        foreach ((int a, int b, int output) in family is "buffers" or "traffic" ? Lengths() : [(0, 0, 0)])
        {
            for (int kind = 0; kind < (family is "decode" or "arithmetic" ? Kinds : 1); kind++)
            {
                using IMatmulDevice device = open();
                foreach (SimCall call in Sequence(family, () => Call(kind, m, n, k, a, b, output)))
                {
                    yield return $"kind {kind}, lengths {a} {b} {output}: {Answer(device, call)}";
                }
            }
        }
    }

    private static IEnumerable<SimCall> Sequence(string family, Func<SimCall> x) => family == "state"
        ? [x(), x(), Call(0, m: 1, n: 2, k: 512, 0, 0, 0), x()]
        : [x()];

    /// <summary>The error, the phases and every byte that the call could reach.</summary>
    private static string Answer(IMatmulDevice device, SimCall call)
    {
        DeviceError? error = call.On(device);
        string phases = string.Join(' ', ((ITracedDevice)device).TakePhases());
        foreach (int at in Enumerable.Range(0, call.OutputBytes / 4).Where(i => float.IsNaN(BinaryPrimitives.ReadSingleLittleEndian(call.Output[(4 * i)..]))))
        {
            BinaryPrimitives.WriteSingleLittleEndian(call.Output[(4 * at)..], float.NaN);
        }

        return $"{error} {phases} {Convert.ToHexString(SHA256.HashData([.. call.Memory, .. call.A, .. call.B]))}";
    }

    private static IEnumerable<(int A, int B, int Output)> Lengths() =>
        [(0, 0, 0), (1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, 8), (0, 0, 64), (0, 0, -1), (-1, 0, -1)];

    private static SimCall Call(int kind, ulong m, ulong n, ulong k, int moreA, int moreB, int moreOutput)
    {
        int blocks = (int)(k / 256);
        byte[] a = Operand(kind, (ulong)(kind * 2) + 1, (int)unchecked((long)(m * (ulong)blocks * 144)), blocks, moreA);
        byte[] b = Operand(kind, (ulong)(kind * 2) + 2, (int)unchecked((long)(n * (ulong)blocks * 144)), blocks, moreB);
        if (kind is 4 or 6)
        {
            OneHot(b, blocks);
        }

        if (kind == 6)
        {
            Tie(a);
        }

        return new SimCall(a, b, Math.Max(0, (int)unchecked((long)(m * n * 4)) + moreOutput), m, k, n);
    }

    /// <summary>0 ordinary, 1 subnormal scales, 2 infinite, 3 NaN, 4 for a one-hot B, 5 zero but for each row's last block, 6 ties, 7 greatest nibbles, then scales far apart.</summary>
    private static byte[] Operand(int kind, ulong seed, int length, int blocks, int more)
    {
        byte[] whole = SimOperands.Blocks(seed, length / 144, LowExponent(kind), kind >= FirstWideKind ? 29 : kind is 1 or 3 ? 1 : 2);
        for (int block = 0; block < whole.Length / 144; block++)
        {
            Span<byte> bytes = whole.AsSpan(block * 144, 144);
            if (kind == 2)
            {
                // d infinite and every scale and nibble above zero, dmin finite: infinities of one sign, not only NaN.
                bytes[0] = 0;
                bytes[1] = 0x7c;
                bytes[3] = 0;
                bytes[4..].Fill(0x11);
            }

            if (kind == 7)
            {
                bytes[16..].Fill(0xff);
            }

            if (kind == 5 && blocks > 0 && (block + 1) % blocks != 0)
            {
                bytes.Clear();
            }
        }

        byte[] cut = new byte[Math.Max(0, length + more)];
        whole.AsSpan(0, Math.Min(cut.Length, whole.Length)).CopyTo(cut);
        return cut;
    }

    private static int LowExponent(int kind) => kind switch { 1 => 0, 3 => 31, >= FirstWideKind => 1, _ => 12 };

    /// <summary>Each row of B is 1 at one place and 0 elsewhere.</summary>
    private static void OneHot(byte[] b, int blocks)
    {
        b.AsSpan().Clear();
        for (int row = 0; blocks > 0 && row < b.Length / (blocks * 144); row++)
        {
            Span<byte> block = b.AsSpan(row * blocks * 144, 144);
            block[1] = 0x3c;
            block[4] = 1;
            block[16] = 1;
        }
    }

    /// <summary>Weight 0 of the first block lies half way between two binary32 values.</summary>
    private static void Tie(byte[] a)
    {
        if (a.Length < 144)
        {
            return;
        }

        // d = 2^10, sc = 32, q = 8: 2^18. dmin = -2^-6, m = 1: 2^18 + 2^-6 is half a unit (2^-5) above 2^18.
        a.AsSpan(0, 144).Clear();
        a[1] = 0x64;
        a[2] = 0x00;
        a[3] = 0xa4;
        a[4] = 32;
        a[8] = 1;
        a[16] = 8;
    }
}
