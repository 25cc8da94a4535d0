using System.Collections.Immutable;
using Spanker.Conformance.Device;
using Spanker.Conformance.Zoo;

namespace Spanker.Conformance.Suite;

/// <summary>How far a run is, for whoever watches.</summary>
public interface IRunObserver
{
    /// <summary>A device's cases begin.</summary>
    void DeviceStarted(string spec, int cases);

    /// <summary>A case of the device that began last is done.</summary>
    void CaseDone();

    /// <summary>A device is judged.</summary>
    void DeviceDone(DeviceResult result);
}

/// <summary>A run: every device in turn, then one that must fail.</summary>
public static class ConformanceRun
{
    /// <summary>Judges the devices of <paramref name="options"/>.</summary>
    /// <exception cref="DeviceOpenException">No device opens. Where some do, the others are reported as not supported, and the run is incomplete.</exception>
    public static RunResult Run(RunOptions options, IRunObserver? observer = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<PlannedDevice> plans = PlannedDevice.SomeOf(options);
        List<DeviceResult> devices = [];
        for (int i = 0; i < plans.Count && !cancellation.IsCancellationRequested; i++)
        {
            DeviceResult result;
            if (plans[i].Judgement is DeviceJudgement judgement)
            {
                observer?.DeviceStarted(options.Devices[i].Spec, judgement.Cases.Count);
                result = judgement.Run(observer is null ? null : observer.CaseDone, cancellation);
            }
            else
            {
                result = plans[i].Closed();
            }

            devices.Add(result);
            observer?.DeviceDone(result);
        }

        CanaryResult? canary = cancellation.IsCancellationRequested ? null : JudgeCanary(options, cancellation);
        bool isComplete = canary is { WasCaught: true }
            && devices.Count == plans.Count
            && devices.TrueForAll(d => d.IsComplete && d.Requirements.All(r => r.Outcome != Outcome.Inconclusive));
        return new RunResult(options, devices, canary, isComplete);
    }

    // The canary is judged on all cases of one clause that the run judges, whatever the shard: a part of the cases may rightly miss it.
    private static CanaryResult? JudgeCanary(RunOptions options, CancellationToken cancellation)
    {
        if (options.Canary is IDeviceSource given)
        {
            return JudgeCanary(options, given, options.Filter, "any", cancellation);
        }

        FaultyEntry? entry = ZooCatalog.Faulty.Concat(VendorZoo.Faulty)
            .Where(e => options.Filter.Selects(e.Clause))
            .OrderBy(e => PreferredCanaries.IndexOf(e.Name) is >= 0 and int place ? place : int.MaxValue)
            .FirstOrDefault();
        return entry is null ? null : JudgeCanary(options, entry.Source, new ClauseFilter(entry.Clause), entry.Clause, cancellation);
    }

    /// <summary>The faulty devices that a run judges if its filter allows: the first when it leaves the choice, the others for clauses that nothing in this process breaks.</summary>
    public static ImmutableArray<string> PreferredCanaries { get; } =
        ["gain-of-a-thousandth", "vendor-frees-twice-in-close", "vendor-leaves-flush-to-zero-on", "vendor-devices-share-a-buffer"];

    private static CanaryResult JudgeCanary(RunOptions options, IDeviceSource source, ClauseFilter filter, string clause, CancellationToken cancellation)
    {
        RunOptions alone = options with { Filter = filter, Shard = Shard.Whole, Shrinks = false, ClassName = null };
        try
        {
            DeviceResult result = DeviceJudgement.Plan(alone, source).Run(progress: null, cancellation);
            return new CanaryResult(source.Spec, clause, WasCaught: result.Outcome == Outcome.Deviates);
        }
        catch (DeviceOpenException closed)
        {
            return new CanaryResult(source.Spec, clause, WasCaught: false) { Closed = closed.Message };
        }
    }
}
