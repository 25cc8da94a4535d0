using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>The stations of a frame of one element over a real link, done right; a program with a bug on a link replaces one of them.</summary>
internal static class LinkSteps
{
    /// <summary>Takes a credit, writes the slot, sends.</summary>
    internal static async ValueTask SendFrameAsync(this CardLink link, ITaskHost host, int sequence, float value, int collective = 1)
    {
        await host.PerformAsync(link.TakeCredit(0));
        link.WriteSlot(host, sequence, value, collective);
        await host.PerformAsync(link.Send(0));
    }

    /// <summary>Writes the slot of the credit taken last.</summary>
    internal static void WriteSlot(this CardLink link, ITaskHost host, int sequence, float value, int collective = 1)
    {
        host.Access(SlotsOf(link), link.SlotNumberToWrite(0), 1, writes: true);
        link.SlotToWrite(0).Write(collective, sequence, first: sequence, [value]);
    }

    /// <summary>Reads the slot of the frame received last.</summary>
    internal static float ReadSlot(this CardLink link, ITaskHost host)
    {
        host.Access(SlotsOf(link), link.SlotNumberReceived(0), 1, writes: false);
        return link.Received(0).Elements[0];
    }

    /// <summary>Receives, reads the slot, gives the credit back.</summary>
    internal static async ValueTask<(float Value, int Sequence, int Collective)> TakeFrameAsync(this CardLink link, ITaskHost host)
    {
        await host.PerformAsync(link.Receive(0));
        (float, int, int) taken = (link.ReadSlot(host), link.Received(0).Sequence, link.Received(0).Collective);
        await host.PerformAsync(link.ReturnCredit(0));
        return taken;
    }

    private static int SlotsOf(CardLink link) => link.From * 16 + link.To;
}
