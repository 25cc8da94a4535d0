namespace Spanker.Conformance.Device;

/// <summary>Linux's error numbers, as far as the control node and this runtime meet them (<c>asm-generic/errno-base.h</c>, <c>errno.h</c>).</summary>
public static class Errno
{
    /// <summary>Not permitted.</summary>
    public const int EPERM = 1;

    /// <summary>No such file.</summary>
    public const int ENOENT = 2;

    /// <summary>A signal came first.</summary>
    public const int EINTR = 4;

    /// <summary>The hardware failed.</summary>
    public const int EIO = 5;

    /// <summary>A node without a device behind it.</summary>
    public const int ENXIO = 6;

    /// <summary>Not an open descriptor.</summary>
    public const int EBADF = 9;

    /// <summary>The node's mode forbids it.</summary>
    public const int EACCES = 13;

    /// <summary>An address that the caller may not use.</summary>
    public const int EFAULT = 14;

    /// <summary>In use by another.</summary>
    public const int EBUSY = 16;

    /// <summary>The driver lacks the operation or the device is gone.</summary>
    public const int ENODEV = 19;

    /// <summary>An argument without meaning.</summary>
    public const int EINVAL = 22;

    /// <summary>The process has no descriptor left.</summary>
    public const int EMFILE = 24;

    /// <summary>The driver does not know the request.</summary>
    public const int ENOTTY = 25;

    /// <summary>The system does not know the call.</summary>
    public const int ENOSYS = 38;

    /// <summary>The symbolic name, such as ENOENT; <c>errno 77</c> for a number that is not listed here.</summary>
    public static string NameOf(int errno) => errno switch
    {
        EPERM => nameof(EPERM),
        ENOENT => nameof(ENOENT),
        EINTR => nameof(EINTR),
        EIO => nameof(EIO),
        ENXIO => nameof(ENXIO),
        EBADF => nameof(EBADF),
        EACCES => nameof(EACCES),
        EFAULT => nameof(EFAULT),
        EBUSY => nameof(EBUSY),
        ENODEV => nameof(ENODEV),
        EINVAL => nameof(EINVAL),
        EMFILE => nameof(EMFILE),
        ENOTTY => nameof(ENOTTY),
        ENOSYS => nameof(ENOSYS),
        _ => $"errno {errno}",
    };
}
