using Spanker.Conformance.Axi4;
using Spanker.Conformance.Device;

namespace Spanker.Conformance.Tests.Properties.Bus;

/// <summary>A simulated Sail that answers writes twice, and says of itself that it shares a process with an earlier one: what deviates on it is tried again.</summary>
internal sealed class TwiceTriedSail(bool isFresh) : F32Sail(new SimOptions(), Describe(new SimOptions()), Bus), IIsolatedDevice
{
    private static readonly SailBusOptions Plain = new();

    public bool IsInFreshProcess => isFresh;

    private static SailBusOptions Bus => Plain with { Slave = Plain.Slave with { Fault = AxiSlaveFault.AnswersTwice } };

    public ICallMemory Reserve(ulong aBytes, ulong bBytes, ulong outputBytes) => throw new NotSupportedException("no case of the test makes a call");

    public IReadOnlyList<Incident> TakeIncidents() => [];

    public void BeginClose()
    {
    }

    public DeviceError? MatmulFromThreads(in MatmulCall call, int threads, int rounds, ThreadArrangement arrangement) => throw new NotSupportedException("no case of the test makes a call");

    /// <summary>Opens such Sails, and counts them.</summary>
    internal sealed class Source : IIsolatedSource
    {
        public string Spec => "twice";

        public bool IsFresh { get; init; }

        public int Opened { get; private set; }

        public IDevice Open() => Open(TimeSpan.FromSeconds(1), inFreshProcess: false);

        public IDevice Open(TimeSpan callLimit, bool inFreshProcess)
        {
            Opened++;
            return new TwiceTriedSail(inFreshProcess || IsFresh);
        }

        public void EndIdleProcesses()
        {
        }
    }
}
