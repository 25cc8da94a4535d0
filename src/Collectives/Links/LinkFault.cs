namespace Spanker.Conformance.Collectives;

/// <summary>What a link does to a frame, or to itself.</summary>
public enum LinkFaultKind
{
    /// <summary>The frame does not arrive.</summary>
    Drop,

    /// <summary>It arrives twice.</summary>
    Duplicate,

    /// <summary>A bit of it is flipped; the check finds it.</summary>
    Corrupt,

    /// <summary>It arrives when nothing else can go on, in competition with the limits of those that wait.</summary>
    Delay,

    /// <summary>The link goes down at any moment; what is on the way is lost.</summary>
    Down,

    /// <summary>It goes down and is trained again, at any moments.</summary>
    Retrain,

    /// <summary>The card that sends stops before the frame and never does anything again.</summary>
    PeerGone,
}

/// <summary>A fault of one link.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="From">The sending card.</param>
/// <param name="To">The receiving card.</param>
/// <param name="Frame">Number of the frame on that link, from 0; <see cref="LinkFaultKind.Down"/> and <see cref="LinkFaultKind.Retrain"/> come at any moment and do not look at it.</param>
public sealed record LinkFault(LinkFaultKind Kind, int From, int To, int Frame = 0)
{
    /// <summary>As the command line writes it: <c>drop:0-1:2</c>.</summary>
    public override string ToString() => $"{NameOf(Kind)}:{From}-{To}:{Frame}";

    /// <summary>The kind as the command line writes it.</summary>
    public static string NameOf(LinkFaultKind kind) => kind switch
    {
        LinkFaultKind.Drop => "drop",
        LinkFaultKind.Duplicate => "duplicate",
        LinkFaultKind.Corrupt => "corrupt",
        LinkFaultKind.Delay => "delay",
        LinkFaultKind.Down => "down",
        LinkFaultKind.Retrain => "retrain",
        _ => "peer-gone",
    };
}
