namespace Spanker.Conformance.Collectives;

/// <summary>How links are built.</summary>
/// <param name="Credits">Frames that may be on the way or unread, a channel.</param>
/// <param name="FrameElements">The most elements of a frame.</param>
/// <param name="Channels">Collectives that may run at once.</param>
public sealed record LinkShape(int Credits, int FrameElements, int Channels = 1)
{
    /// <summary>Frames that may be on the way or unread, a channel.</summary>
    public int Credits { get; } = Credits >= 1 ? Credits : throw new ArgumentOutOfRangeException(nameof(Credits), Credits, "a link has at least one credit");

    /// <summary>The most elements of a frame.</summary>
    public int FrameElements { get; } =
        FrameElements >= 1 ? FrameElements : throw new ArgumentOutOfRangeException(nameof(FrameElements), FrameElements, "a frame holds at least one element");

    /// <summary>Seconds from a frame's last beat leaving until it is there, and for a credit to come back.</summary>
    public double LatencySeconds { get; init; }

    /// <summary>Bytes that the wire takes a second; without a bound where nothing is said.</summary>
    public double BytesPerSecond { get; init; } = double.PositiveInfinity;

    /// <summary>Collectives that may run at once.</summary>
    public int Channels { get; } = Channels is >= 1 and <= CardLink.MostChannels
        ? Channels
        : throw new ArgumentOutOfRangeException(nameof(Channels), Channels, $"a link has 1 to {CardLink.MostChannels} channels");
}
