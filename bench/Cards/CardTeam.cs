using Spanker.Conformance.Collectives;
using Spanker.Conformance.Device;

namespace Spanker.Conformance.Bench.Cards;

/// <summary>Cards on real tasks and nothing else: what an algorithm costs without a host.</summary>
internal sealed class CardTeam(int cards, string algorithm)
{
    private readonly ICollectiveAlgorithm program = CollectiveAlgorithms.Find(algorithm, gathers: false)!;
    private readonly CardMesh mesh = new(cards, new LinkShape(SimCards.Credits, SimCards.FrameElements), CollectiveAlgorithms.Find(algorithm, gathers: false)!);
    private readonly RealTasks host = new(TimeSpan.FromMinutes(1));
    private int collectives;

    /// <summary>A sum, in place.</summary>
    public void AllReduce(IReadOnlyList<Memory<float>> buffers)
    {
        CollectiveCall call = new(++collectives);
        Task[] tasks = new Task[cards];
        for (int index = 0; index < cards; index++)
        {
            int card = index;
            tasks[card] = Task.Run(() => program.RunAsync(new Card(mesh, card, call, buffers[card], host)).AsTask());
        }

        Task.WhenAll(tasks).GetAwaiter().GetResult();
    }
}
