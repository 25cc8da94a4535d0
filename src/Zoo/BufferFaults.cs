using Spanker.Conformance.Device;

namespace Spanker.Conformance.Zoo;

/// <summary>Devices that touch memory that is not theirs to touch, or check the buffers of a call wrongly.</summary>
/// <remarks>None of them touches more than 64 bytes outside a buffer.</remarks>
public static class BufferFaults
{
    private const string SingleBlock = "m=1,n=1,k=256";

    /// <summary>The quantum of a format of 32 weights a block.</summary>
    private const ulong OtherQk = 32;

    /// <summary>All entries of the family.</summary>
    public static IReadOnlyList<FaultyEntry> All { get; } =
    [
        Entry("byte-past-out", "MM-11", SingleBlock, "writes the byte after m*n*4", () =>
            new PatchedSail { Computed = call => FlipOutput(call, (long)OutputBytes(call)) }),
        Entry("byte-before-out", "MM-11", SingleBlock, "writes the byte before OUT", () =>
            new PatchedSail { Computed = call => FlipOutput(call, -1) }),
        Entry("longer-out-overwritten", "MM-11", SingleBlock, "clears what OUT has beyond m*n*4", () =>
            new PatchedSail { Computed = ClearTail }),
        Entry("modifies-a", "MM-11", SingleBlock, "changes a bit of A after computing", () =>
            new PatchedSail { Computed = call => FlipOperand(call.A) }) with
        {
            AlsoKilledBy = [.. FaultyEntry.ValueClauses, "MM-12", "MM-16"],
        },
        Entry("modifies-b", "MM-11", SingleBlock, "changes a bit of B after computing", () =>
            new PatchedSail { Computed = call => FlipOperand(call.B) }) with
        {
            AlsoKilledBy = [.. FaultyEntry.ValueClauses, "MM-12", "MM-16"],
        },
        Checked("k-unchecked", "MM-3", "m=1,n=1,k=0", "takes any k and computes with its whole blocks", call =>
            MatmulChecks.Overflow(call) ?? MatmulChecks.Operands(call) ?? MatmulChecks.Output(call)) with
        {
            AlsoKilledBy = ["MM-7"],
        },
        Checked("k-checked-modulo-32", "MM-3", "m=1,n=1,k=32", "takes every k that is a multiple of 32", call =>
            call.K == 0 || call.K % OtherQk != 0
                ? MatmulChecks.BadDims(call)
                : MatmulChecks.Overflow(call) ?? MatmulChecks.Operands(call) ?? MatmulChecks.Output(call)),
        Checked("bad-dims-with-qk-32", "MM-3", "m=1,n=1,k=0", "names 32 as the block's weights when it refuses k", call =>
            MatmulChecks.Depth(call) is null ? MatmulChecks.First(call) : MatmulChecks.BadDims(call) with { Qk = OtherQk }) with
        {
            AlsoKilledBy = ["MM-7"],
        },
        Checked("longer-a-accepted", "MM-4", SingleBlock, "takes an A that is longer than its rows", call =>
            MatmulChecks.Depth(call) ?? MatmulChecks.Overflow(call)
            ?? (call.A.LengthBytes < MatmulChecks.OperandBytes(call.M, call.K)
                || call.B.LengthBytes != MatmulChecks.OperandBytes(call.N, call.K) ? MatmulChecks.BadDims(call) : null)
            ?? MatmulChecks.Output(call)),
        Checked("longer-b-accepted", "MM-4", SingleBlock, "takes a B that is longer than its rows", call =>
            MatmulChecks.Depth(call) ?? MatmulChecks.Overflow(call)
            ?? (call.A.LengthBytes != MatmulChecks.OperandBytes(call.M, call.K)
                || call.B.LengthBytes < MatmulChecks.OperandBytes(call.N, call.K) ? MatmulChecks.BadDims(call) : null)
            ?? MatmulChecks.Output(call)),
        Checked("overflow-accepted", "MM-5", "m=1152921504606846976,n=0,k=256", "computes sizes modulo 2^64", WrappedChecks) with
        {
            AlsoKilledBy = ["MM-7"],
        },
        Checked(
            "empty-before-overflow", "MM-5", "m=1152921504606846976,n=0,k=256", "calls a product without elements done before it looks for an overflow", call =>
                MatmulChecks.Depth(call) ?? ((call.M == 0 || call.N == 0) && WrappedChecks(call) is null ? null : MatmulChecks.First(call))),
        Checked("short-out-accepted", "MM-6", SingleBlock, "takes an OUT that is too short and fills what there is", call =>
            MatmulChecks.Depth(call) ?? MatmulChecks.Overflow(call) ?? MatmulChecks.Operands(call)),
        Checked("need-counted-in-floats", "MM-6", SingleBlock, "says how many floats OUT needs instead of bytes", call =>
            MatmulChecks.First(call) is OutputTooSmall error ? error with { NeedBytes = error.NeedBytes / sizeof(float) } : MatmulChecks.First(call)),
        Checked("out-checked-first", "MM-7", "m=1,n=1,k=0", "checks the length of OUT before everything else", call =>
            MatmulChecks.Output(call) ?? MatmulChecks.First(call)),
        Checked("zero-rows-refused", "MM-8", "m=0,n=0,k=256", "refuses m = 0", call =>
            MatmulChecks.First(call) ?? (call.M == 0 ? MatmulChecks.BadDims(call) : null)),
        Entry("out-cleared-on-error", "MM-10", "m=1,n=1,k=0", "clears OUT when it refuses a call", () =>
            new PatchedSail { Refused = ClearOutput }),
    ];

    private static FaultyEntry Entry(string name, string clause, string shape, string description, Func<IDevice> open) =>
        new(name, "buffers", clause, shape, description, open);

    private static FaultyEntry Checked(string name, string clause, string shape, string description, Func<MatmulCall, DeviceError?> check) =>
        Entry(name, clause, shape, description, () => new PatchedSail { Check = check });

    private static ulong OutputBytes(MatmulCall call) => (ulong)MatmulChecks.OutputBytes(call.M, call.N);

    private static unsafe void FlipOutput(MatmulCall call, long offset) =>
        call.Output.DangerousGetPointer()[offset] ^= 0xff;

    /// <summary>The lowest bit of the last byte: a nibble of the last weight's group.</summary>
    private static unsafe void FlipOperand(OperandView operand) =>
        operand.DangerousGetPointer()[operand.LengthBytes - 1] ^= 1;

    private static void ClearTail(MatmulCall call)
    {
        ulong used = OutputBytes(call);
        call.Output.Slice(used, (int)Math.Min(call.Output.LengthBytes - used, 64)).Clear();
    }

    private static void ClearOutput(MatmulCall call) =>
        call.Output.Slice(0, (int)Math.Min(call.Output.LengthBytes, int.MaxValue)).Clear();

    private static DeviceError? WrappedChecks(MatmulCall call)
    {
        if (MatmulChecks.Depth(call) is { } refusal)
        {
            return refusal;
        }

        // Unchecked: the wrapping is the fault.
        unchecked
        {
            bool operandsFit = call.A.LengthBytes == (ulong)MatmulChecks.OperandBytes(call.M, call.K)
                && call.B.LengthBytes == (ulong)MatmulChecks.OperandBytes(call.N, call.K);
            ulong need = call.M * call.N * sizeof(float);
            return !operandsFit ? MatmulChecks.BadDims(call)
                : call.Output.LengthBytes < need ? new OutputTooSmall(call.Output.LengthBytes, need)
                : null;
        }
    }
}
