using Spanker.Conformance.Exploration;
using Spanker.Conformance.Tests.Concurrency.Explorer;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>The host waits until the card has computed, not until the DMA engine has copied the result out: copy and read of the host's buffer are not ordered.</summary>
internal static class ReadBeforeDmaOut
{
    private const int HostBuffer = 0;
    private const int Elements = 4;

    internal static PlantedBug Bug { get; } =
        new("read-before-dma-out", "the host reads its buffer when the card has computed, before DMA out", FindingKind.Race, Build);

    private static Script Build(bool planted)
    {
        SharedSignal computed = new("computed");
        SharedSignal copied = new("copied");
        int memory = 0;
        int buffer = 0;
        int got = 0;
        Script program = new()
        {
            OnReset = () => (memory, buffer, got) = (0, 0, 0),
            OnJudge = () => Wrong.Unless("the result", got, 42),
        };
        program.With(computed);
        program.With(copied);
        return program
            .Task("host", async host =>
            {
                await (planted ? computed : copied).AwaitAsync(host);
                host.Access(HostBuffer, 0, Elements, writes: false);
                got = buffer;
            })
            .Task("card", async host =>
            {
                memory = 42;
                await computed.GiveAsync(host);
            })
            .Task("dma", async host =>
            {
                await computed.AwaitAsync(host);
                host.Access(HostBuffer, 0, Elements, writes: true);
                buffer = memory;
                await copied.GiveAsync(host);
            });
    }
}
