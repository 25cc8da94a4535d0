using Spanker.Conformance.Device;

namespace Spanker.Conformance.Cli;

/// <summary><c>--class</c>: the arithmetic class that devices are held to in place of the one they declare.</summary>
internal static class ClaimedClass
{
    /// <summary>Sees that at least one device can be held to the class; else a pass would sound as if one had been.</summary>
    /// <param name="className">The class; null if none was asked for.</param>
    /// <param name="devices">The devices, each opened once.</param>
    /// <exception cref="CommandException">None of the devices computes.</exception>
    /// <exception cref="DeviceOpenException">A device does not open.</exception>
    public static void RequireHolder(string? className, IReadOnlyList<IDeviceSource> devices)
    {
        if (className is null || devices.Any(Computes))
        {
            return;
        }

        string specs = string.Join(", ", devices.Select(d => d.Spec));
        throw CommandException.Usage(
            $"--class {className} binds nothing here: {specs} computes nothing; leave --class out, or name a device that multiplies");
    }

    private static bool Computes(IDeviceSource source)
    {
        using IDevice device = source.Open();
        return device.Description.Computes;
    }
}
