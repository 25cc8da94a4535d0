using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Spanker.Conformance.Device;

/// <summary>What the runner asks of a worker: <c>COMMAND_*</c> of native/worker/control.h.</summary>
internal enum WorkerCommand : uint
{
    Describe = 1,
    Call = 2,
    Close = 3,
    Collective = 4,
    Threads = 5,
    Map = 6,
    Open = 7,
}

/// <summary>Which of the library's functions is under way: <c>STAGE_*</c> of native/worker/control.h.</summary>
internal enum WorkerStage : uint
{
    Idle,
    Load,
    Describe,
    Open,
    Call,
    Twin,
    Close,
    Collective,
    Threads,
}

/// <summary>A place in the arena: a slot and a byte offset in it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct ArenaPlace(ulong Slot, ulong Offset);

/// <summary>A slot of the arena.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ArenaSlot
{
    public ulong FileOffset;
    public ulong Capacity;
    public ulong IsWritable;
    public ulong Address;
}

/// <summary>A library's answer to a call.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct WorkerAnswer
{
    public const int MostPhases = 8;

    public int Status;
    public uint PhaseCount;
    public VendorError Error;
    public PhaseList Phases;

    [InlineArray(MostPhases)]
    public struct PhaseList
    {
        private VendorPhase first;
    }

    public readonly DeviceError? ToError() => VendorAbi.ToError(Status, Error);

    // Null where the library does not tell, though it exports the function.
    public readonly IReadOnlyList<BusPhase>? ToPhases()
    {
        if (PhaseCount == uint.MaxValue)
        {
            return null;
        }

        List<BusPhase> phases = [];
        for (int i = 0; i < Math.Min((int)PhaseCount, MostPhases); i++)
        {
            phases.Add(Phases[i].ToPhase());
        }

        if (PhaseCount > MostPhases)
        {
            phases.Add(new ComputeSubmitPhase($"and {PhaseCount - MostPhases} more phases", 0, 0, 0));
        }

        return phases;
    }
}

/// <summary>The block of memory through which a runner and its worker talk: <c>struct control</c> of native/worker/control.h, field by field.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct WorkerControl
{
    public const uint CurrentProtocol = 1;
    public const int MostSlots = 20;
    public const int MostBuffers = 64;
    public const int OptionBytes = 1024;
    public const uint TwinFlag = 1;
    public const uint OffersCollectives = 1;
    public const uint OffersPhases = 2;
    public const ulong Gather = ulong.MaxValue;

    public uint Protocol;
    public uint ControlBytes;
    public ulong Sequence;
    public uint RunnerSleeps;
    public uint WorkerSleeps;

    public WorkerCommand Command;
    public uint Flags;
    public ulong M;
    public ulong K;
    public ulong N;
    public ulong ABytes;
    public ulong BBytes;
    public ulong OutputBytes;
    public PlacePair A;
    public PlacePair B;
    public PlacePair Output;
    public ulong Operation;
    public ulong Sails;
    public ulong BufferCount;
    public ulong GatheredLength;
    public ArenaPlace Gathered;
    public PlaceList Buffers;
    public fixed ulong Lengths[MostBuffers];
    public ulong ThreadRule;
    public ulong ThreadCount;
    public ulong Rounds;
    public fixed byte Options[OptionBytes];

    public ulong Echo;
    public WorkerStage Stage;
    public uint Offers;
    public int OpenStatus;
    public uint Abi;
    public VendorError OpenError;
    public WorkerAnswer Answer;
    public WorkerAnswer TwinAnswer;
    public VendorDescription Description;
    public ulong OddThread;
    public ulong OddRound;
    public ulong OddByte;
    public fixed byte Changes[1024];
    public fixed byte LoadError[512];

    public uint FaultSignal;
    public uint FaultCode;
    public ulong FaultAddress;
    public uint FaultAccess;
    public uint AtMemoryLimit;
    public ulong Progress;

    public SlotList Slots;

    [InlineArray(2)]
    public struct PlacePair
    {
        private ArenaPlace first;
    }

    [InlineArray(MostBuffers)]
    public struct PlaceList
    {
        private ArenaPlace first;
    }

    [InlineArray(MostSlots)]
    public struct SlotList
    {
        private ArenaSlot first;
    }
}
