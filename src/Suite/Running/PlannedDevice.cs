using Spanker.Conformance.Device;

namespace Spanker.Conformance.Suite;

/// <summary>A device of a run: with its cases, or with the reason why it does not open.</summary>
/// <param name="Spec">The device spec.</param>
/// <param name="Judgement">Its cases; null if it does not open.</param>
/// <param name="Reason">Why it does not open; null if it does.</param>
public sealed record PlannedDevice(string Spec, DeviceJudgement? Judgement, DeviceOpenException? Reason)
{
    /// <summary>Opens every device of a run once.</summary>
    public static List<PlannedDevice> All(RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return [.. options.Devices.Select(source => Plan(options, source))];
    }

    /// <summary>The devices of a run, of which one at least opens.</summary>
    /// <exception cref="DeviceOpenException">None opens.</exception>
    public static List<PlannedDevice> SomeOf(RunOptions options) =>
        All(options) is var plans && plans.Count > 0 && plans.TrueForAll(p => p.Judgement is null) ? throw plans[0].Reason! : plans;

    /// <summary>What a run says of a device that does not open: every clause not supported, and why; nothing complete about it.</summary>
    public DeviceResult Closed()
    {
        string reason = Reason?.Message ?? throw new InvalidOperationException($"{Spec} opens");
        return new DeviceResult(
            Spec,
            Name: Spec,
            Outcome.NotSupported,
            ClaimedClass: "unknown",
            MetClass: null,
            WorstErrorOverBound: 0,
            [.. RequirementCatalogue.All.Select(r => new RequirementResult(r, Outcome.NotSupported, Cases: 0, [], reason))],
            [],
            IsComplete: false)
        {
            Closed = reason,
        };
    }

    private static PlannedDevice Plan(RunOptions options, IDeviceSource source)
    {
        try
        {
            return new PlannedDevice(source.Spec, DeviceJudgement.Plan(options, source), null);
        }
        catch (DeviceOpenException closed)
        {
            return new PlannedDevice(source.Spec, null, closed);
        }
    }
}
