using Spanker.Conformance.Collectives;

namespace Spanker.Conformance.Tests.Consumer;

/// <summary>Names every link state that there is today.</summary>
public static class LinkStateConsumer
{
    public static string Explain(LinkState state) => state switch
    {
        LinkState.Down => "down",
        LinkState.Training => "training",
        LinkState.Up => "up",
        LinkState.Error => "error",
#if !WITHOUT_DEFAULT
        _ => $"state {(int)state}",
#endif
    };
}
