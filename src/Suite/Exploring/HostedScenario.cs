using Spanker.Conformance.Collectives;

namespace Spanker.Conformance.Suite;

/// <summary>What a host does with its cards.</summary>
/// <param name="Hosting">How it waits and rings.</param>
/// <param name="User">What somebody else does meanwhile.</param>
/// <param name="Calls">Calls that have to succeed before it closes.</param>
public sealed record HostedScenario(HostingOptions Hosting, HostedUser User = HostedUser.None, int Calls = 1)
{
    /// <summary>Looks for completions a few times before it asks for an interrupt.</summary>
    public static HostedScenario Poll { get; } = new(new HostingOptions(Looks: 1));

    /// <summary>Asks for an interrupt at once.</summary>
    public static HostedScenario Interrupt { get; } = new(new HostingOptions());

    /// <summary>The doorbell rings right behind the DMA descriptor.</summary>
    public static HostedScenario Dma { get; } = new(new HostingOptions(PostsDoorbell: true));

    /// <summary>Somebody calls the call off.</summary>
    public static HostedScenario Abort { get; } = new(new HostingOptions(), HostedUser.Aborts);

    /// <summary>Somebody closes the topology.</summary>
    public static HostedScenario Close { get; } = new(new HostingOptions(), HostedUser.Closes);
}
