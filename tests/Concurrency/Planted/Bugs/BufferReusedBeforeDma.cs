using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Tests.Concurrency.Explorer;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>A card fills its send buffer anew before the DMA engine has taken the frame out of it: the engine reads what is being written.</summary>
internal static class BufferReusedBeforeDma
{
    private const int SendBuffer = 100;

    internal static PlantedBug Bug { get; } =
        new("buffer-reused-before-dma", "a sender writes its buffer again before the DMA engine has taken the frame", FindingKind.Race, Build);

    private static Script Build(bool planted)
    {
        CardLink link = new(0, 1, new LinkShape(Credits: 2, FrameElements: 1));
        SharedSignal[] doorbells = [new("doorbell 0"), new("doorbell 1")];
        SharedSignal[] taken = [new("taken 0"), new("taken 1")];
        float buffer = 0;
        float sum = 0;
        Script program = new() { OnReset = () => (buffer, sum) = (0, 0), OnJudge = () => Wrong.Unless("the sum of the frames", sum, 3) };
        program.With(link);
        Array.ForEach(doorbells, signal => program.With(signal));
        Array.ForEach(taken, signal => program.With(signal));
        return program
            .Task("card 0", async host =>
            {
                for (int frame = 0; frame < 2; frame++)
                {
                    host.Access(SendBuffer, 0, 1, writes: true);
                    buffer = frame + 1;
                    await doorbells[frame].GiveAsync(host);
                    if (!planted)
                    {
                        await taken[frame].AwaitAsync(host);
                    }
                }
            })
            .Task("dma of card 0", async host =>
            {
                for (int frame = 0; frame < 2; frame++)
                {
                    await doorbells[frame].AwaitAsync(host);
                    host.Access(SendBuffer, 0, 1, writes: false);
                    float element = buffer;
                    await taken[frame].GiveAsync(host);
                    await link.SendFrameAsync(host, frame, element);
                }
            })
            .Task("card 1", async host =>
            {
                for (int frame = 0; frame < 2; frame++)
                {
                    sum += (await link.TakeFrameAsync(host)).Value;
                }
            });
    }
}
