using Spanker.Conformance.Device;
using Spanker.Conformance.Zoo;

namespace Spanker.Conformance.Suite;

/// <summary>A kind of device spec, for people.</summary>
/// <param name="Form">How it is written.</param>
/// <param name="Description">What it opens.</param>
public sealed record DeviceKind(string Form, string Description);

/// <summary>Turns device specs into devices.</summary>
public static class DeviceCatalog
{
    /// <summary>The kinds of spec that this version knows.</summary>
    public static IReadOnlyList<DeviceKind> Kinds { get; } =
    [
        new("mock", "our re-implementation of upstream's recording mock: checks and records calls, computes nothing, folds collectives on the host"),
        new("sim", "a simulated Sail that computes: class f32, sequential order"),
        new("sim:OPTIONS", "the same with options: class=exact|f32|subblock-int|f16-accumulate|bf16-accumulate|q8k, order=.., weights=.., fma=.., cards=N"),
        new("fault:NAME", "a device of the zoo, faulty or harmless; 'list faults' names them"),
        new("lib:PATH[?OPTIONS]", "a vendor's shared library that exports native/spanker_device.h, hosted in a process of its own; OPTIONS are handed to it"),
        new("exec:COMMAND", "a program that speaks the pipe protocol of docs/pipe-protocol.md on its standard input and output, such as exec:python3 device.py"),
        new("dev:PATH", "a card behind the driver, such as dev:/dev/spanker0; today's driver submits no work, so only MM-14, COL-9 and DRV can be judged"),
    ];

    /// <summary>The devices that a run judges when none are named: the mock, and the simulated Sail in each arithmetic class.</summary>
    public static IReadOnlyList<string> DefaultSpecs { get; } =
    [
        "mock", "sim:class=exact", "sim:class=f32", "sim:class=subblock-int", "sim:class=f16-accumulate", "sim:class=bf16-accumulate", "sim:class=q8k",
    ];

    /// <summary>The source that a spec names.</summary>
    /// <exception cref="FormatException">No such device; the message says what would be right.</exception>
    public static IDeviceSource Resolve(string spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        int colon = spec.IndexOf(':', StringComparison.Ordinal);
        string kind = colon < 0 ? spec : spec[..colon];
        string rest = colon < 0 ? string.Empty : spec[(colon + 1)..];
        switch (kind)
        {
            case "mock" when colon < 0:
                return new MockSource();
            case "sim":
                return ParseSim(spec);
            case "fault":
                return ZooCatalog.Find(rest)?.Source ?? throw new FormatException($"device '{spec}': no zoo device is called '{rest}'; {Nearest(rest)}");
            case "dev" when rest.Length > 0:
                return new RealDeviceSource(rest);
            case "lib":
                return ParseLibrary(spec, rest);
            case "exec":
                return ParseProgram(spec, rest);
            case "rtl":
                throw new FormatException($"device '{spec}': this version has no '{kind}:' devices; known are {string.Join(", ", Kinds.Select(k => k.Form))}");
            default:
                throw new FormatException($"device '{spec}' is unknown; known are {string.Join(", ", Kinds.Select(k => k.Form))}");
        }
    }

    private static LibDeviceSource ParseLibrary(string spec, string rest)
    {
        try
        {
            return LibDeviceSource.Parse(rest);
        }
        catch (FormatException wrong)
        {
            throw new FormatException($"device '{spec}': {wrong.Message}");
        }
    }

    private static PipeDeviceSource ParseProgram(string spec, string rest)
    {
        try
        {
            return PipeDeviceSource.Parse(rest);
        }
        catch (FormatException wrong)
        {
            throw new FormatException($"device '{spec}': {wrong.Message}");
        }
    }

    private static SimSource ParseSim(string spec)
    {
        try
        {
            return SimSource.Parse(spec);
        }
        catch (FormatException wrong)
        {
            throw new FormatException($"device '{spec}': {wrong.Message}");
        }
    }

    private static string Nearest(string name)
    {
        string[] names = [.. ZooCatalog.Everything.Select(e => e.Name)];
        string[] alike = [.. names.Where(n => name.Length > 2 && n.Contains(name, StringComparison.OrdinalIgnoreCase)).Take(5)];
        return alike.Length > 0 ? $"did you mean {string.Join(", ", alike)}?" : "'list faults' names them";
    }
}
