using System.Buffers.Binary;
using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>The buffers of one matmul case, and calls on them.</summary>
public sealed class MatmulRun : IDisposable
{
    private const ulong MostFrozenBytes = 1 << 18;

    private readonly ICallMemory memory;
    private byte[]? frozen;

    /// <summary>Lays out and fills the operands of <paramref name="tried"/>, where <paramref name="device"/> can read them.</summary>
    public MatmulRun(MatmulCase tried, IDevice device)
    {
        ArgumentNullException.ThrowIfNull(tried);
        Case = tried;
        memory = device is IIsolatedDevice isolated
            ? isolated.Reserve(tried.ABytes, tried.BBytes, tried.OutputBytes)
            : new GuardedMemory(tried.ABytes, tried.BBytes, tried.OutputBytes);
        ForEachRow(OperandSide.A, memory.A, (expected, actual) => expected.CopyTo(actual));
        ForEachRow(OperandSide.B, memory.B, (expected, actual) => expected.CopyTo(actual));
    }

    /// <summary>The case.</summary>
    public MatmulCase Case { get; }

    private delegate void RowAction(ReadOnlySpan<byte> expected, Span<byte> actual);

    /// <summary>A row of an operand as the device was given it.</summary>
    public ReadOnlySpan<byte> Row(OperandSide side, ulong index)
    {
        int rowBytes = Case.Shape.RowBytes;
        return (side == OperandSide.A ? memory.A : memory.B).Slice(index * (ulong)rowBytes, rowBytes);
    }

    /// <summary>An element of OUT after a call.</summary>
    public float Element(ulong row, ulong column)
    {
        ulong at = ((row * Case.Shape.N) + column) * sizeof(float);
        return BinaryPrimitives.ReadSingleLittleEndian(frozen is null ? memory.Output.Slice(at, sizeof(float)) : frozen.AsSpan((int)at, sizeof(float)));
    }

    /// <summary>Keeps a copy of OUT as it is now, so that what the device does while it is closed does not change what is judged; false where OUT is too large.</summary>
    public bool TryFreezeOutput()
    {
        frozen ??= memory.Output.LengthBytes <= MostFrozenBytes ? CopyOutput() : null;
        return frozen is not null;
    }

    /// <summary>OUT as it is now.</summary>
    public byte[] CopyOutput() => memory.Output.Slice(0, checked((int)memory.Output.LengthBytes)).ToArray();

    /// <summary>Poisons OUT, calls the device, and looks at what it left behind.</summary>
    public MatmulEvidence Call(IMatmulDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        CallPoison.Fill(memory.Output);
        ITracedDevice? traced = device as ITracedDevice;
        traced?.TakePhases();
        DeviceError? error;
        IIsolatedDevice? isolated = device as IIsolatedDevice;
        try
        {
            using CallClock.Scope call = CallClock.Enter();
            error = device.MatmulQ4K(Arguments);
        }
        catch (DeviceLostException)
        {
            // What became of it is among its incidents; what it left in the buffers says nothing.
            return new MatmulEvidence(null, null, null, null, null, null) { Incidents = isolated?.TakeIncidents() ?? [] };
        }

        UInt128 results = Case.Shape.OutputBytes;
        ICallBuffer output = memory.Output;
        return new MatmulEvidence(
            error,
            traced is { TellsPhases: true } ? traced.TakePhases() : null,
            DescribeDamage("A", memory.A) ?? DescribeDamage("B", memory.B) ?? DescribeDamage("OUT", output),
            memory.OperandsAreProtected ? null : FindChange(OperandSide.A, memory.A) ?? FindChange(OperandSide.B, memory.B),
            CallPoison.FindChange(output, 0),
            results < output.LengthBytes ? CallPoison.FindChange(output, (ulong)results) : null)
        {
            Incidents = isolated?.TakeIncidents() ?? [],
        };
    }

    /// <summary>The call that the case makes.</summary>
    public MatmulCall Arguments =>
        new(memory.A.Operand, memory.B.Operand, memory.Output.Output, m: Case.Shape.M, k: Case.Shape.K, n: Case.Shape.N);

    /// <inheritdoc/>
    public void Dispose()
    {
        memory.Dispose();
    }

    private static string? DescribeDamage(string name, ICallBuffer buffer)
    {
        return buffer.FindDamage() is not long offset
            ? null
            : offset < 0
                ? $"{-offset} bytes before the start of {name}"
                : $"{offset - (long)buffer.LengthBytes + 1} bytes past the end of {name}";
    }

    private string? FindChange(OperandSide side, ICallBuffer buffer)
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
    private void ForEachRow(OperandSide side, ICallBuffer buffer, RowAction action)
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
