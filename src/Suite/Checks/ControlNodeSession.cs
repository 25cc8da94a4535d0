using System.Globalization;
using System.Runtime.InteropServices;
using Spanker.Conformance.Device;

namespace Spanker.Conformance.Suite.Checks;

/// <summary>One probing of one control node: an open descriptor, memory for payloads, and the results so far.</summary>
internal sealed unsafe class ControlNodeSession : IDisposable
{
    private const string Presence = "DRV-1";
    private const string Numbers = "DRV-2";
    private const string Record = "DRV-3";
    private const string Answers = "DRV-4";
    private const string Variants = "DRV-8";

    // A signal in the middle of a call is nobody's deviation; a storm of them is reported as the EINTR that it is.
    private const int InterruptionLimit = 64;
    private const int WindowBytes = IoctlNumber.MaxSizeBytes + 1;

    private static readonly IoctlNumber Ping = IoctlNumber.FromValue(DriverAbi.Ping);
    private static readonly IoctlNumber GetVersion = IoctlNumber.FromValue(DriverAbi.GetVersion);

    private readonly ISystemCalls calls;
    private readonly string path;
    private readonly byte* window;
    private readonly List<ProbeResult> results = [];
    private int descriptor = -1;

    internal ControlNodeSession(ISystemCalls calls, string path)
    {
        this.calls = calls;
        this.path = path;
        window = (byte*)NativeMemory.AllocZeroed(WindowBytes);
    }

    /// <summary>What was found so far.</summary>
    internal IReadOnlyList<ProbeResult> Results => results;

    /// <summary>Whether the driver reported our major with a newer minor; known after <see cref="JudgeRecord"/>.</summary>
    internal bool HasNewerMinor { get; private set; }

    private Span<byte> Window => new(window, WindowBytes);

    public void Dispose()
    {
        if (descriptor >= 0)
        {
            calls.Close(descriptor);
        }

        NativeMemory.Free(window);
    }

    internal bool JudgePresence()
    {
        descriptor = Open();
        Add(Presence, "the node opens", descriptor >= 0, "a descriptor", Opened(descriptor));
        return descriptor >= 0;
    }

    internal bool JudgeKnownNumbers()
    {
        int ping = Ioctl(Ping, 0);
        int version = Ioctl(GetVersion, (nint)window);
        Add(Numbers, "PING is 0x0000E301", ping != -Errno.ENOTTY, "a known request", Answer(ping));
        Add(Numbers, "GET_VERSION is 0x8008E302", version != -Errno.ENOTTY, "a known request", Answer(version));
        return ping != -Errno.ENOTTY && version != -Errno.ENOTTY;
    }

    internal void JudgeRecord()
    {
        // Two different fillings tell a byte that was written from one that was left as it was.
        Span<byte> first = stackalloc byte[VersionRecord.SizeBytes];
        Span<byte> second = stackalloc byte[VersionRecord.SizeBytes];
        int answer = ReadRecord(filling: 0x00, first, out bool isFirstTight);
        int again = ReadRecord(filling: 0xFF, second, out bool isSecondTight);
        if (answer < 0 || again < 0)
        {
            Add(Record, "the record is copied", conforms: false, "a version record", Answer(answer < 0 ? answer : again));
            return;
        }

        AbiVersion version = VersionRecord.Read(first);
        AbiVersion current = AbiVersion.Current;
        HasNewerMinor = version.Major == current.Major && version.Minor > current.Minor;
        string bytes = Convert.ToHexStringLower(first);
        Add(
            Record,
            "the version",
            version.Major == current.Major && version.Minor >= current.Minor,
            $"{current}, or a newer minor",
            $"{version} (bytes {bytes})");
        AbiVersion repeated = VersionRecord.Read(second);
        bool isReservedZero = version.Reserved == 0 && repeated.Reserved == 0;
        ushort reserved = version.Reserved != 0 ? version.Reserved : repeated.Reserved;
        Add(Record, "reserved is written as 0", isReservedZero, "0", reserved.ToString(CultureInfo.InvariantCulture));
        Add(
            Record,
            "major, minor and patch are the same when asked again",
            version with { Reserved = 0 } == repeated with { Reserved = 0 },
            bytes,
            Convert.ToHexStringLower(second));
        Add(
            Record,
            "no byte beyond the record is written",
            isFirstTight && isSecondTight,
            $"{VersionRecord.SizeBytes} bytes",
            isFirstTight && isSecondTight ? $"{VersionRecord.SizeBytes} bytes" : "more");
    }

    internal void JudgePing()
    {
        JudgePing("PING answers 0", 0);
        JudgePing("PING answers 0 again", 0);
        JudgePing("PING ignores an argument of -1", -1);
        Window.Fill(0xA5);
        JudgePing("PING ignores an argument that is an address", (nint)window);
        bool isUntouched = !Window.ContainsAnyExcept((byte)0xA5);
        Add(Answers, "PING has no payload", isUntouched, "memory untouched", isUntouched ? "memory untouched" : "memory written");
    }

    internal void JudgeUnknownNumbers()
    {
        JudgeUnknownNumbers("number 0x00 is unknown", first: 0x00, last: 0x00);
        JudgeUnknownNumbers("number 0x03 is unknown", first: 0x03, last: 0x03);
        JudgeUnknownNumbers("numbers 0x04 to 0xFF are unknown", first: 0x04, last: 0xFF);
    }

    internal void JudgeForeignMagics()
    {
        // Each differs from ours in one bit, and none of them has a request that Linux answers before a driver sees it.
        List<IoctlNumber> requests = [];
        for (int bit = 0; bit < 8; bit++)
        {
            byte magic = (byte)(DriverAbi.Magic ^ (1 << bit));
            requests.Add(IoctlNumber.Io(magic, DriverAbi.PingNumber));
            requests.Add(IoctlNumber.Ior(magic, DriverAbi.GetVersionNumber, VersionRecord.SizeBytes));
        }

        JudgeUnknown(Answers, "PING and GET_VERSION under another magic are unknown", requests);
    }

    internal void JudgePointers()
    {
        JudgePointer("GET_VERSION refuses a null pointer", 0);
        JudgePointer("GET_VERSION refuses an address in the first page", 8);
        JudgePointer("GET_VERSION refuses the kernel's last page", -4096);
        JudgePointer("GET_VERSION refuses the kernel's last 8 bytes", -VersionRecord.SizeBytes);
    }

    internal void JudgeVariants()
    {
        List<IoctlNumber> pings = [];
        List<IoctlNumber> sizes = [];
        foreach (int sizeBytes in (ReadOnlySpan<int>)[0, 1, 2, 4, 7, 8, 9, 12, 16, 64, 4096, IoctlNumber.MaxSizeBytes])
        {
            for (IoctlDirection direction = IoctlDirection.None; direction <= IoctlDirection.ReadWrite; direction++)
            {
                pings.Add(new IoctlNumber(direction, sizeBytes, DriverAbi.Magic, DriverAbi.PingNumber));
            }

            sizes.Add(IoctlNumber.Ior(DriverAbi.Magic, DriverAbi.GetVersionNumber, sizeBytes));
        }

        pings.Remove(Ping);
        sizes.Remove(GetVersion);
        List<IoctlNumber> directions =
        [
            IoctlNumber.Io(DriverAbi.Magic, DriverAbi.GetVersionNumber),
            new(IoctlDirection.None, VersionRecord.SizeBytes, DriverAbi.Magic, DriverAbi.GetVersionNumber),
            new(IoctlDirection.Write, VersionRecord.SizeBytes, DriverAbi.Magic, DriverAbi.GetVersionNumber),
            new(IoctlDirection.ReadWrite, VersionRecord.SizeBytes, DriverAbi.Magic, DriverAbi.GetVersionNumber),
        ];
        JudgeUnknown(Variants, "PING with a size or a direction is unknown", pings);
        JudgeUnknown(Variants, "GET_VERSION with another size is unknown", sizes);
        JudgeUnknown(Variants, "GET_VERSION with another direction is unknown", directions);
    }

    internal void JudgeReopening()
    {
        int closed = calls.Close(descriptor);
        descriptor = Open();
        Add(Presence, "the node opens again after it was closed", closed >= 0 && descriptor >= 0, "a descriptor", closed < 0 ? $"close: {Answer(closed)}" : Opened(descriptor));
    }

    private static string Answer(int returned) => returned < 0 ? Errno.NameOf(-returned) : returned.ToString(CultureInfo.InvariantCulture);

    private static string Opened(int returned) => returned < 0 ? Errno.NameOf(-returned) : "a descriptor";

    private void JudgePing(string edge, nint argument)
    {
        int answer = Ioctl(Ping, argument);
        Add(Answers, edge, answer == 0, "0", Answer(answer));
    }

    private void JudgePointer(string edge, nint address)
    {
        int answer = Ioctl(GetVersion, address);
        Add(Answers, edge, answer == -Errno.EFAULT, nameof(Errno.EFAULT), Answer(answer));
    }

    private void JudgeUnknownNumbers(string edge, int first, int last)
    {
        List<IoctlNumber> requests = [];
        for (int number = first; number <= last; number++)
        {
            requests.Add(IoctlNumber.Io(DriverAbi.Magic, (byte)number));
            requests.Add(IoctlNumber.Ior(DriverAbi.Magic, (byte)number, VersionRecord.SizeBytes));
            requests.Add(new IoctlNumber(IoctlDirection.Write, VersionRecord.SizeBytes, DriverAbi.Magic, (byte)number));
            requests.Add(new IoctlNumber(IoctlDirection.ReadWrite, VersionRecord.SizeBytes, DriverAbi.Magic, (byte)number));
        }

        JudgeUnknown(Answers, edge, requests);
    }

    private void JudgeUnknown(string clause, string edge, List<IoctlNumber> requests)
    {
        int deviating = 0;
        string actual = nameof(Errno.ENOTTY);
        foreach (IoctlNumber request in requests)
        {
            int answer = Ioctl(request, (nint)window);
            if (answer != -Errno.ENOTTY)
            {
                actual = deviating == 0 ? $"{Answer(answer)} to {request}" : actual;
                deviating++;
            }
        }

        actual += deviating > 1 ? $", and {deviating - 1} more of {requests.Count} requests deviate" : "";
        Add(clause, edge, deviating == 0, nameof(Errno.ENOTTY), actual);
    }

    private int ReadRecord(byte filling, Span<byte> record, out bool isTight)
    {
        Window.Fill(filling);
        int answer = Ioctl(GetVersion, (nint)window);
        Window[..record.Length].CopyTo(record);
        isTight = !Window[record.Length..].ContainsAnyExcept(filling);
        return answer;
    }

    private int Open()
    {
        int answer = -Errno.EINTR;
        for (int attempt = 0; answer == -Errno.EINTR && attempt < InterruptionLimit; attempt++)
        {
            answer = calls.Open(path, DriverAbi.OpenFlags);
        }

        return answer;
    }

    private int Ioctl(IoctlNumber request, nint argument)
    {
        int answer = -Errno.EINTR;
        for (int attempt = 0; answer == -Errno.EINTR && attempt < InterruptionLimit; attempt++)
        {
            answer = calls.Ioctl(descriptor, request.Value, argument);
        }

        return answer;
    }

    private void Add(string clause, string edge, bool conforms, string expected, string actual) =>
        results.Add(new ProbeResult(clause, edge, conforms, expected, actual));
}
