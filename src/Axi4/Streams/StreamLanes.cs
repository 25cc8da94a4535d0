namespace Spanker.Conformance.Axi4;

/// <summary>Which bits of a payload may be x: bytes of DATA that KEEP or STRB, one bit a byte, leaves out.</summary>
internal sealed class StreamLanes
{
    private readonly int data;
    private readonly int[] qualifiers;

    public StreamLanes(StreamShape shape)
    {
        string[] roles = [.. shape.Payload.Select(pin => pin.Role)];
        data = Array.IndexOf(roles, "data");
        qualifiers = [.. Enumerable.Range(0, roles.Length).Where(pin => roles[pin] is "keep" or "strb" && shape.Payload[pin].WidthBits * 8 == shape.DataBits)];
    }

    /// <summary>Whether a pin has an x that matters.</summary>
    public bool HasUnknown(StreamCycle pins, int pin)
    {
        ReadOnlySpan<ulong> unknown = pins.Unknown(pin);
        if (pin != data || qualifiers.Length == 0)
        {
            return unknown.ContainsAnyExcept(0UL);
        }

        for (int lane = 0; lane < unknown.Length * 8; lane++)
        {
            if (((unknown[lane / 8] >> (lane % 8 * 8)) & 0xff) != 0 && IsKept(pins, lane))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsKept(StreamCycle pins, int lane)
    {
        foreach (int qualifier in qualifiers)
        {
            if (((pins.Value(qualifier)[lane / 64] >> (lane % 64)) & 1) == 0)
            {
                return false;
            }
        }

        return true;
    }
}
