namespace Spanker.Conformance.Device;

/// <summary>A buffer in a slot of the arena, against its end or its start, with a filling around it.</summary>
internal sealed unsafe class ArenaBuffer : ICallBuffer
{
    private readonly SharedArena arena;
    private readonly int slot;
    private readonly Filling around;
    private readonly ulong offset;

    /// <summary>Lays a buffer out. Against the end it ends at the slot's last byte, or up to 15 before it where its alignment asks for that.</summary>
    /// <param name="arena">The memory.</param>
    /// <param name="slot">Where.</param>
    /// <param name="lengthBytes">How long.</param>
    /// <param name="alignmentBytes">16 for operands, 4 for results: no more than the header promises.</param>
    /// <param name="isAtEnd">Against the end, or against the start.</param>
    /// <param name="around">What lies around it.</param>
    public ArenaBuffer(SharedArena arena, int slot, ulong lengthBytes, ulong alignmentBytes, bool isAtEnd, Filling around)
    {
        this.arena = arena;
        this.slot = slot;
        this.around = around;
        LengthBytes = lengthBytes;
        offset = isAtEnd ? (arena.Capacity(slot) - lengthBytes) / alignmentBytes * alignmentBytes : 0;
        around.Fill(Before, BeforeOffset);
        around.Fill(Behind, offset + lengthBytes);
    }

    /// <inheritdoc/>
    public ulong LengthBytes { get; }

    /// <summary>Where it lies.</summary>
    public ArenaPlace Place => new((ulong)slot, offset);

    /// <inheritdoc/>
    public OperandView Operand => new(Start, LengthBytes);

    /// <inheritdoc/>
    public OutputView Output => new(Start, LengthBytes);

    /// <summary>The first byte, as this process sees it.</summary>
    public byte* Start => arena.Start(slot) + offset;

    private ulong BeforeOffset => offset - Math.Min(offset, Filling.ReachBytes);

    private Span<byte> Before => new(arena.Start(slot) + BeforeOffset, (int)(offset - BeforeOffset));

    private Span<byte> Behind => new(Start + LengthBytes, (int)Math.Min(arena.Capacity(slot) - offset - LengthBytes, Filling.ReachBytes));

    /// <inheritdoc/>
    public Span<byte> Slice(ulong offsetBytes, int lengthBytes) => Output.Slice(offsetBytes, lengthBytes);

    /// <summary>Fills the buffer itself.</summary>
    public void FillWith(Filling filling)
    {
        const int Chunk = 1 << 24;
        for (ulong at = 0; at < LengthBytes; at += Chunk)
        {
            filling.Fill(Slice(at, (int)Math.Min(Chunk, LengthBytes - at)), at);
        }
    }

    /// <inheritdoc/>
    public long? FindDamage()
    {
        int before = around.FindChange(Before, BeforeOffset);
        if (before >= 0)
        {
            return (long)BeforeOffset + before - (long)offset;
        }

        int behind = around.FindChange(Behind, offset + LengthBytes);
        return behind < 0 ? null : (long)LengthBytes + behind;
    }
}

/// <summary>The buffers of one call in the arena.</summary>
internal sealed unsafe class ArenaMemory : ICallMemory
{
    private const ulong OperandAlignment = 16;
    private const ulong OutputAlignment = 4;

    private readonly Action<ArenaMemory> release;

    public ArenaMemory(
        SharedArena arena, ArenaSet set, ulong aBytes, ulong bBytes, ulong outputBytes, bool isAtEnd, Filling around, Action<ArenaMemory> release)
    {
        this.release = release;
        Set = set;
        ABuffer = new ArenaBuffer(arena, set.A, aBytes, OperandAlignment, isAtEnd, around);
        BBuffer = new ArenaBuffer(arena, set.B, bBytes, OperandAlignment, isAtEnd, around);
        OutputBuffer = new ArenaBuffer(arena, set.Output, outputBytes, OutputAlignment, isAtEnd, around);
    }

    private ArenaMemory(SharedArena arena, ArenaMemory first)
    {
        release = _ => { };
        Set = first.Set;
        ABuffer = first.Set.IsSmall ? Twin(Set.TwinA, first.A, OperandAlignment) : first.ABuffer;
        BBuffer = first.Set.IsSmall ? Twin(Set.TwinB, first.B, OperandAlignment) : first.BBuffer;
        OutputBuffer = Twin(Set.TwinOutput, first.Output, OutputAlignment);

        ArenaBuffer Twin(int slot, ICallBuffer of, ulong alignment) => new(arena, slot, of.LengthBytes, alignment, isAtEnd: false, Filling.NotNumbers);
    }

    public ArenaSet Set { get; }

    public ArenaBuffer ABuffer { get; }

    public ArenaBuffer BBuffer { get; }

    public ArenaBuffer OutputBuffer { get; }

    /// <inheritdoc/>
    public ICallBuffer A => ABuffer;

    /// <inheritdoc/>
    public ICallBuffer B => BBuffer;

    /// <inheritdoc/>
    public ICallBuffer Output => OutputBuffer;

    /// <inheritdoc/>
    public bool OperandsAreProtected => true;

    /// <summary>The same call's other buffers, against the other ends of slots of their own, with NaN patterns around them and in OUT.</summary>
    public static ArenaMemory TwinOf(SharedArena arena, ArenaMemory first)
    {
        ArenaMemory twin = new(arena, first);
        if (first.Set.IsSmall)
        {
            CopyOperands(first, twin);
        }

        twin.OutputBuffer.FillWith(Filling.NotNumbers);
        return twin;
    }

    /// <summary>Copies A and B.</summary>
    public static void CopyOperands(ArenaMemory from, ArenaMemory to)
    {
        Buffer.MemoryCopy(from.ABuffer.Start, to.ABuffer.Start, to.A.LengthBytes, from.A.LengthBytes);
        Buffer.MemoryCopy(from.BBuffer.Start, to.BBuffer.Start, to.B.LengthBytes, from.B.LengthBytes);
    }

    /// <summary>Whether a call's buffers are these.</summary>
    public bool Holds(in MatmulCall call) => call.Output.DangerousGetPointer() == OutputBuffer.Start
        && call.A.DangerousGetPointer() == ABuffer.Start && call.B.DangerousGetPointer() == BBuffer.Start;

    /// <inheritdoc/>
    public void Dispose() => release(this);
}
