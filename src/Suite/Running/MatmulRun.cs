using System.Buffers.Binary;
using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>The buffers of one matmul case, and calls on them.</summary>
public sealed class MatmulRun : IDisposable
{
    // Read as binary32 this is -6.3e18, far from any result, so that an element which was never written shows.
    private const uint Poison = 0xDEAD_BEEF;

    private const int Chunk = 1 << 20;

    private readonly GuardedBuffer a;
    private readonly GuardedBuffer b;
    private readonly GuardedBuffer output;

    /// <summary>Lays out and fills the operands of <paramref name="tried"/>.</summary>
    public MatmulRun(MatmulCase tried)
    {
        ArgumentNullException.ThrowIfNull(tried);
        Case = tried;
        a = new GuardedBuffer(tried.ABytes);
        b = new GuardedBuffer(tried.BBytes);
        output = new GuardedBuffer(tried.OutputBytes);
        ForEachRow(OperandSide.A, a, (expected, actual) => expected.CopyTo(actual));
        ForEachRow(OperandSide.B, b, (expected, actual) => expected.CopyTo(actual));
    }

    /// <summary>The case.</summary>
    public MatmulCase Case { get; }

    private delegate void RowAction(ReadOnlySpan<byte> expected, Span<byte> actual);

    /// <summary>A row of an operand as the device was given it.</summary>
    public ReadOnlySpan<byte> Row(OperandSide side, ulong index)
    {
        int rowBytes = Case.Shape.RowBytes;
        return (side == OperandSide.A ? a : b).Slice(index * (ulong)rowBytes, rowBytes);
    }

    /// <summary>An element of OUT after a call.</summary>
    public float Element(ulong row, ulong column)
    {
        return BinaryPrimitives.ReadSingleLittleEndian(output.Slice(((row * Case.Shape.N) + column) * sizeof(float), sizeof(float)));
    }

    /// <summary>OUT as it is now.</summary>
    public byte[] CopyOutput() => output.Slice(0, checked((int)output.LengthBytes)).ToArray();

    /// <summary>Poisons OUT, calls the device, and looks at what it left behind.</summary>
    public MatmulEvidence Call(IMatmulDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        PoisonOutput();
        ITracedDevice? traced = device as ITracedDevice;
        traced?.TakePhases();
        DeviceError? error;
        using (CallClock.Enter())
        {
            error = device.MatmulQ4K(new MatmulCall(a.Operand, b.Operand, output.Output, Case.Shape.M, Case.Shape.K, Case.Shape.N));
        }

        UInt128 results = Case.Shape.OutputBytes;
        return new MatmulEvidence(
            error,
            traced?.TakePhases(),
            DescribeDamage("A", a) ?? DescribeDamage("B", b) ?? DescribeDamage("OUT", output),
            FindChange(OperandSide.A, a) ?? FindChange(OperandSide.B, b),
            FindUnpoisoned(0),
            results < output.LengthBytes ? FindUnpoisoned((ulong)results) : null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        a.Dispose();
        b.Dispose();
        output.Dispose();
    }

    private static string? DescribeDamage(string name, GuardedBuffer buffer)
    {
        return buffer.FindDamage() is not long offset
            ? null
            : offset < 0
                ? $"{-offset} bytes before the start of {name}"
                : $"{offset - (long)buffer.LengthBytes + 1} bytes past the end of {name}";
    }

    private void PoisonOutput()
    {
        for (ulong at = 0; at < output.LengthBytes; at += Chunk)
        {
            Span<byte> part = output.Slice(at, (int)Math.Min(Chunk, output.LengthBytes - at));
            for (int i = 0; i < part.Length; i++)
            {
                part[i] = PoisonAt(i);
            }
        }
    }

    private ulong? FindUnpoisoned(ulong start)
    {
        for (ulong at = start; at < output.LengthBytes; at += Chunk)
        {
            ReadOnlySpan<byte> part = output.Slice(at, (int)Math.Min(Chunk, output.LengthBytes - at));
            for (int i = 0; i < part.Length; i++)
            {
                if (part[i] != PoisonAt((int)((at + (ulong)i) % sizeof(uint))))
                {
                    return at + (ulong)i;
                }
            }
        }

        return null;
    }

    private static byte PoisonAt(int index) => (byte)(Poison >> (8 * (index % sizeof(uint))) & 0xFF);

    private string? FindChange(OperandSide side, GuardedBuffer buffer)
    {
        string? change = null;
        ulong at = 0;
        ForEachRow(side, buffer, (expected, actual) =>
        {
            int same = expected.CommonPrefixLength(actual);
            if (change is null && same < expected.Length)
            {
                change = $"byte {at + (ulong)same} of {side} changed from {expected[same]:x2} to {actual[same]:x2}";
            }

            at += (ulong)expected.Length;
        });
        return change;
    }

    // Rows are made anew each time: that costs less memory than keeping a second copy, and no device can reach the maker.
    private void ForEachRow(OperandSide side, GuardedBuffer buffer, RowAction action)
    {
        if (buffer.LengthBytes == 0)
        {
            // A row may then be longer than any memory: sizes that overflow are tried on empty operands.
            return;
        }

        int rowBytes = Case.Shape.RowBytes;
        byte[] row = new byte[Math.Max(rowBytes, Q4KLayout.BlockBytes)];
        ulong at = 0;
        for (ulong index = 0; rowBytes > 0 && at < buffer.LengthBytes && at / (ulong)rowBytes < RowsOf(side); index++)
        {
            Span<byte> whole = row.AsSpan(0, rowBytes);
            whole.Clear();
            Case.Data.FillRow(Case.Shape, side, index, whole);
            int present = (int)Math.Min((ulong)rowBytes, buffer.LengthBytes - at);
            action(whole[..present], buffer.Slice(at, present));
            at += (ulong)present;
        }

        // What lies behind the last whole row, in an operand that is longer than its dimensions say.
        while (at < buffer.LengthBytes)
        {
            Span<byte> rest = row.AsSpan(0, (int)Math.Min((ulong)row.Length, buffer.LengthBytes - at));
            for (int i = 0; i < rest.Length; i++)
            {
                rest[i] = (byte)(0x5A ^ (i & 0x7F));
            }

            action(rest, buffer.Slice(at, rest.Length));
            at += (ulong)rest.Length;
        }
    }

    private ulong RowsOf(OperandSide side) => side == OperandSide.A ? Case.Shape.M : Case.Shape.N;
}
