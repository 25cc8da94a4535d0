using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Zoo;

/// <summary>Devices that compute rightly and drive the bus wrongly.</summary>
public static class TrafficFaults
{
    private const string SingleBlock = "m=1,n=1,k=256";

    /// <summary>All entries of the family.</summary>
    public static IReadOnlyList<FaultyEntry> All { get; } =
    [
        Phased("phases-swapped", "writes B before A", call =>
            [MatmulPhases.WriteB(call), MatmulPhases.WriteA(call), MatmulPhases.Submit(call), MatmulPhases.ReadOut(call)]),
        Phased("submitted-twice", "submits the command twice", call =>
            [MatmulPhases.WriteA(call), MatmulPhases.WriteB(call), MatmulPhases.Submit(call), MatmulPhases.Submit(call), MatmulPhases.ReadOut(call)]),
        Phased("submits-k-in-blocks", "names the blocks of a row where k belongs", call =>
            [
                MatmulPhases.WriteA(call),
                MatmulPhases.WriteB(call),
                new ComputeSubmitPhase(MatmulPhases.Kind, M: call.M, K: call.K / Q4KLayout.BlockWeights, N: call.N),
                MatmulPhases.ReadOut(call),
            ]) with
        {
            // The card does what the command says.
            AlsoKilledBy = FaultyEntry.ValueClauses,
        },
        Phased("read-counted-in-floats", "reads m*n bytes of OUT", call =>
            [MatmulPhases.WriteA(call), MatmulPhases.WriteB(call), MatmulPhases.Submit(call), new ReadPhase("OUT", call.M * call.N)], "m=2,n=5,k=256") with
        {
            AlsoKilledBy = FaultyEntry.ValueClauses,
        },
        Phased("read-of-whole-out", "reads OUT's whole length where OUT is longer than needed", call =>
            [MatmulPhases.WriteA(call), MatmulPhases.WriteB(call), MatmulPhases.Submit(call), new ReadPhase("OUT", call.Output.LengthBytes)]),
        new FaultyEntry(
            "write-before-check", "traffic", "MM-10", SingleBlock, "writes A before it looks at the length of B", () => new PatchedSail
            {
                RefusedPhases = call => AIsAsLongAsItShould(call) ? [MatmulPhases.WriteA(call)] : [],
            }),
        new FaultyEntry(
            "traffic-on-zero-rows", "traffic", "MM-8", "m=0,n=0,k=256", "issues its phases when m = 0", () => new PatchedSail
            {
                EmptyPhases = call => call.M == 0 ? MatmulPhases.Of(call) : [],
            }),
    ];

    private static FaultyEntry Phased(string name, string description, Func<MatmulCall, IReadOnlyList<BusPhase>> phases, string shape = SingleBlock) =>
        new(name, "traffic", "MM-9", shape, description, () => new PatchedSail { Phases = phases });

    /// <summary>Whether the call is refused for nothing but B: k is right, nothing overflows, A fits.</summary>
    private static bool AIsAsLongAsItShould(MatmulCall call) =>
        MatmulChecks.Depth(call) is null
        && MatmulChecks.Overflow(call) is null
        && call.A.LengthBytes == MatmulChecks.OperandBytes(call.M, call.K)
        && call.B.LengthBytes != MatmulChecks.OperandBytes(call.N, call.K);
}
