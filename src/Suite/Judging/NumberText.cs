using System.Globalization;
using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>How numbers and errors are written in reports: bits beside a readable decimal.</summary>
public static class NumberText
{
    /// <summary>Eight hex digits of the bits and the shortest decimal that gives them back: <c>3f400000 (0.75)</c>.</summary>
    public static string Of(float value) =>
        string.Create(CultureInfo.InvariantCulture, $"{BitConverter.SingleToUInt32Bits(value):x8} ({value:R})");

    /// <summary>An exact value to twelve digits, enough to tell it from binary32 values beside it.</summary>
    public static string Of(in ExactValue exact) => exact.IsFinite
        ? ((double)exact.Units * Math.ScaleB(1, ExactValue.UnitExponent)).ToString("G12", CultureInfo.InvariantCulture)
        : exact.ToSingle().ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A decimal with three significant digits, for bounds and errors.</summary>
    public static string Short(double value) => value.ToString("0.###e+00", CultureInfo.InvariantCulture);

    /// <summary>A typed error, or success.</summary>
    public static string Of(DeviceError? error) => error?.ToString() ?? "success";

    /// <summary>Phases in a line.</summary>
    public static string Of(IReadOnlyList<BusPhase> phases)
    {
        ArgumentNullException.ThrowIfNull(phases);
        return phases.Count == 0 ? "no traffic" : string.Join("; ", phases);
    }
}
