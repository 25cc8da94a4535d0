using System.Buffers.Binary;
using Spanker.Conformance.Device;

namespace Spanker.Conformance.Tests.Properties.Device;

/// <summary>One call on pinned arrays, with OUT between canaries.</summary>
internal sealed unsafe class SimCall
{
    private const int CanaryBytes = 4096;
    private const byte Canary = 0xA5;

    private readonly byte[] memory;

    public SimCall(byte[] a, byte[] b, int outputBytes, ulong m, ulong k, ulong n)
    {
        A = Pin(a);
        B = Pin(b);
        memory = GC.AllocateArray<byte>(outputBytes + (2 * CanaryBytes), pinned: true);
        memory.AsSpan().Fill(Canary);
        OutputBytes = outputBytes;
        M = m;
        K = k;
        N = n;
    }

    public byte[] A { get; }

    public byte[] B { get; }

    public int OutputBytes { get; }

    public ulong M { get; }

    public ulong K { get; }

    public ulong N { get; }

    public Span<byte> Output => memory.AsSpan(CanaryBytes, OutputBytes);

    /// <summary>Whether every byte of OUT and around it is as it was.</summary>
    public bool IsUntouched => memory.AsSpan().IndexOfAnyExcept(Canary) < 0;

    /// <summary>OUT with what lies around it.</summary>
    public ReadOnlySpan<byte> Memory => memory;

    /// <summary>How far outside OUT[0 .. m*n*4) the farthest changed byte lies.</summary>
    public int ReachBytes
    {
        get
        {
            int first = memory.AsSpan().IndexOfAnyExcept(Canary);
            int last = memory.AsSpan().LastIndexOfAnyExcept(Canary);
            return first < 0 ? 0 : Math.Max(Math.Max(CanaryBytes - first, last + 1 - CanaryBytes - (int)(M * N * sizeof(float))), 0);
        }
    }

    /// <summary>Whether every byte outside OUT[0 .. m*n*4) is as it was.</summary>
    public bool KeepsToItsWindow =>
        memory.AsSpan(0, CanaryBytes).IndexOfAnyExcept(Canary) < 0
        && memory.AsSpan(CanaryBytes + (int)(M * N * sizeof(float))).IndexOfAnyExcept(Canary) < 0;

    public static SimCall Of(byte[] a, byte[] b, int blocks) => new(
        a,
        b,
        a.Length / (blocks * 144) * (b.Length / (blocks * 144)) * sizeof(float),
        (ulong)(a.Length / (blocks * 144)),
        (ulong)blocks * 256,
        (ulong)(b.Length / (blocks * 144)));

    public DeviceError? On(IMatmulDevice device)
    {
        fixed (byte* a = A)
        fixed (byte* b = B)
        fixed (byte* start = memory)
        {
            OperandView viewA = new(a, (ulong)A.Length - 1);
            OperandView viewB = new(b, (ulong)B.Length - 1);
            OutputView output = new(start + CanaryBytes, (ulong)OutputBytes);
            return device.MatmulQ4K(new MatmulCall(viewA, viewB, output, M, K, N));
        }
    }

    public float At(int row, int column) =>
        BinaryPrimitives.ReadSingleLittleEndian(Output[(((row * (int)N) + column) * sizeof(float))..]);

    /// <summary>A pinned copy with one byte more, so that an empty operand has an address too.</summary>
    private static byte[] Pin(byte[] bytes)
    {
        byte[] pinned = GC.AllocateArray<byte>(bytes.Length + 1, pinned: true);
        bytes.CopyTo(pinned, 0);
        return pinned;
    }
}
