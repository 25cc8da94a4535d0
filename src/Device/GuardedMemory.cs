namespace Spanker.Conformance.Device;

/// <summary>The buffers of one call in this process, each between canaries.</summary>
public sealed class GuardedMemory : ICallMemory
{
    private readonly GuardedBuffer a;
    private readonly GuardedBuffer b;
    private readonly GuardedBuffer output;

    /// <summary>Zeroed buffers of the lengths given.</summary>
    public GuardedMemory(ulong aBytes, ulong bBytes, ulong outputBytes)
    {
        a = new GuardedBuffer(aBytes);
        b = new GuardedBuffer(bBytes);
        output = new GuardedBuffer(outputBytes);
    }

    /// <inheritdoc/>
    public ICallBuffer A => a;

    /// <inheritdoc/>
    public ICallBuffer B => b;

    /// <inheritdoc/>
    public ICallBuffer Output => output;

    /// <inheritdoc/>
    public bool OperandsAreProtected => false;

    /// <inheritdoc/>
    public void Dispose()
    {
        a.Dispose();
        b.Dispose();
        output.Dispose();
    }
}
