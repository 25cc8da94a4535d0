using Spanker.Conformance.Device;

namespace Spanker.Conformance.Tests.Properties.Device;

/// <summary>Answers EINTR the given number of times before the first open and before each ioctl that is let through.</summary>
internal sealed class InterruptedCalls : ISystemCalls
{
    private readonly ISystemCalls inner;
    private readonly int ioctls;
    private int opensLeft;
    private int ioctlsLeft;

    internal InterruptedCalls(ISystemCalls inner, int opens, int ioctls)
    {
        this.inner = inner;
        this.ioctls = ioctls;
        opensLeft = opens;
        ioctlsLeft = ioctls;
    }

    public int Open(string path, int flags) => opensLeft-- > 0 ? -4 : inner.Open(path, flags);

    public int Ioctl(int descriptor, uint request, nint argument)
    {
        if (ioctlsLeft-- > 0)
        {
            return -4;
        }

        ioctlsLeft = ioctls;
        return inner.Ioctl(descriptor, request, argument);
    }

    public int Close(int descriptor) => inner.Close(descriptor);
}
