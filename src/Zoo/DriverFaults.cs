using Spanker.Conformance.Device;

namespace Spanker.Conformance.Zoo;

/// <summary>Drivers with one constant or one answer wrong (CONTRACT DRV-1 to DRV-4, DRV-8). None of them has a card.</summary>
public static class DriverFaults
{
    private const string WithoutShape = "-";

    /// <summary>The entries, in the order of their clauses.</summary>
    public static IReadOnlyList<FaultyEntry> All { get; } =
    [
        Entry("driver-no-control-node", "DRV-1", "the control node appears only with the first card", () => new NodeWithCardOnly()),
        Entry("driver-node-vanishes", "DRV-1", "the control node is gone once it was opened", () => new NodeOpenedOnce()),
        Entry("driver-ping-number", "DRV-2", "PING has number 0x41 instead of 0x01", () => new MovedPing()),
        Entry("driver-ping-direction", "DRV-2", "PING is declared with _IOR of an int", () => new PingWithPayload()),
        Entry("driver-version-size", "DRV-2", "GET_VERSION is declared over a record of 16 bytes", () => new WideVersion()),
        Entry("driver-reserved-set", "DRV-3", "the reserved field of the version record is 1", () => new ReservedSet()),
        Entry("driver-reserved-unwritten", "DRV-3", "only the first six bytes of the version record are copied", () => new ReservedUnwritten()),
        Entry("driver-version-swapped", "DRV-3", "major and minor stand in each other's place", () => new VersionSwapped()),
        Entry("driver-unknown-einval", "DRV-4", "an unknown number is answered with EINVAL", () => new UnknownIsInvalid()),
        Entry("driver-any-magic", "DRV-4", "the magic of a request is not looked at", () => new AnyMagic()),
        Entry("driver-null-accepted", "DRV-4", "GET_VERSION with a null pointer succeeds", () => new NullAccepted()),
        Entry("driver-bad-pointer-einval", "DRV-4", "GET_VERSION with a bad pointer is answered with EINVAL", () => new BadPointerIsInvalid()),
        Entry("driver-ping-wants-pointer", "DRV-4", "PING writes through its argument", () => new PingWrites()),
        Entry("driver-size-ignored", "DRV-8", "a known number is accepted with any size and direction", () => new SizeIgnored()),
        Entry("driver-direction-ignored", "DRV-8", "GET_VERSION is accepted with any direction", () => new DirectionIgnored()),
    ];

    private static FaultyEntry Entry(string name, string clause, string description, Func<SimulatedDriver> load) =>
        new(name, "driver", clause, WithoutShape, description, () => new ControlNodeDevice(name, load()));

    private sealed class NodeWithCardOnly : SimulatedDriver
    {
        protected override int AdmitOpen(string path) => CardCount == 0 ? -Errno.ENOENT : base.AdmitOpen(path);
    }

    private sealed class NodeOpenedOnce : SimulatedDriver
    {
        private bool wasOpened;

        // Called with the table locked, so the field needs no lock of its own.
        protected override int AdmitOpen(string path)
        {
            int answer = wasOpened ? -Errno.ENOENT : base.AdmitOpen(path);
            wasOpened |= answer == 0;
            return answer;
        }
    }

    private sealed class MovedPing : SimulatedDriver
    {
        protected override uint PingRequest => IoctlNumber.Io(DriverAbi.Magic, 0x41).Value;
    }

    private sealed class PingWithPayload : SimulatedDriver
    {
        protected override uint PingRequest => IoctlNumber.Ior(DriverAbi.Magic, DriverAbi.PingNumber, sizeof(int)).Value;
    }

    private sealed class WideVersion : SimulatedDriver
    {
        protected override uint GetVersionRequest =>
            IoctlNumber.Ior(DriverAbi.Magic, DriverAbi.GetVersionNumber, 2 * VersionRecord.SizeBytes).Value;
    }

    private sealed class ReservedSet() : SimulatedDriver(cardCount: 0, AbiVersion.Current with { Reserved = 1 });

    private sealed class ReservedUnwritten : SimulatedDriver
    {
        protected override int GetVersion(nint argument)
        {
            Span<byte> record = stackalloc byte[VersionRecord.SizeBytes];
            VersionRecord.Write(Version, record);
            return CopyToCaller(argument, record[..VersionRecord.ReservedOffsetBytes]);
        }
    }

    private sealed class VersionSwapped() : SimulatedDriver(
        cardCount: 0, new AbiVersion(Major: AbiVersion.Current.Minor, Minor: AbiVersion.Current.Major, Patch: 0, Reserved: 0));

    private sealed class UnknownIsInvalid : SimulatedDriver
    {
        protected override int AnswerUnknown(uint request, nint argument)
        {
            IoctlNumber fields = IoctlNumber.FromValue(request);
            bool isUnknownNumber = fields.Magic == DriverAbi.Magic
                && fields.Number is not (DriverAbi.PingNumber or DriverAbi.GetVersionNumber);
            return isUnknownNumber ? -Errno.EINVAL : -Errno.ENOTTY;
        }
    }

    private sealed class AnyMagic : SimulatedDriver
    {
        protected override int Dispatch(uint request, nint argument)
        {
            IoctlNumber fields = IoctlNumber.FromValue(request);
            return base.Dispatch(new IoctlNumber(fields.Direction, fields.SizeBytes, DriverAbi.Magic, fields.Number).Value, argument);
        }
    }

    private sealed class NullAccepted : SimulatedDriver
    {
        protected override int GetVersion(nint argument) => argument == 0 ? 0 : base.GetVersion(argument);
    }

    private sealed class BadPointerIsInvalid : SimulatedDriver
    {
        protected override int GetVersion(nint argument)
        {
            int answer = base.GetVersion(argument);
            return answer == -Errno.EFAULT ? -Errno.EINVAL : answer;
        }
    }

    private sealed class PingWrites : SimulatedDriver
    {
        protected override int Ping(nint argument) => argument == 0 ? 0 : CopyToCaller(argument, [0, 0, 0, 0]);
    }

    private sealed class SizeIgnored : SimulatedDriver
    {
        protected override int Dispatch(uint request, nint argument)
        {
            IoctlNumber fields = IoctlNumber.FromValue(request);
            return (fields.Magic, fields.Number) switch
            {
                (DriverAbi.Magic, DriverAbi.PingNumber) => Ping(argument),
                (DriverAbi.Magic, DriverAbi.GetVersionNumber) => GetVersion(argument),
                _ => AnswerUnknown(request, argument),
            };
        }
    }

    private sealed class DirectionIgnored : SimulatedDriver
    {
        protected override int Dispatch(uint request, nint argument)
        {
            IoctlNumber fields = IoctlNumber.FromValue(request);
            IoctlNumber asRead = new(IoctlDirection.Read, fields.SizeBytes, fields.Magic, fields.Number);
            return base.Dispatch(asRead.Value == GetVersionRequest ? asRead.Value : request, argument);
        }
    }
}
