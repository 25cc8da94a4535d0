using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Tests.Concurrency.Explorer;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>A sender that sees its link retrained sends the last beat again, not knowing whether it was taken; a receiver that does not look at its number adds it twice.</summary>
internal static class RetrainReplaysBeat
{
    private const int Beats = 3;

    internal static PlantedBug Bug { get; } =
        new("retrain-replays-beat", "a beat that is sent again after a retrain is taken twice", FindingKind.WrongResult, Build);

    private static Script Build(bool planted)
    {
        CardLink link = new(0, 1, new LinkShape(Credits: 2, FrameElements: 1));
        SharedCell trainings = new("trainings");
        float sum = 0;
        Script program = new() { OnReset = () => sum = 0, OnJudge = () => Wrong.Unless("the sum of the beats", sum, 111) };
        program.With(link);
        program.With(trainings);
        program.Beside(new EnvironmentAction("retrain", new Operation(trainings, OperationKind.Write, 1)));
        return program
            .Task("card 0", async host =>
            {
                int seen = 0;
                float value = 1;
                for (int beat = 0; beat < Beats; beat++, value *= 10)
                {
                    int now = await trainings.ReadAsync(host);
                    if (now != seen && beat > 0)
                    {
                        await link.SendFrameAsync(host, beat - 1, value / 10);
                    }

                    seen = now;
                    await link.SendFrameAsync(host, beat, value);
                }
            })
            .Task("card 1", async host =>
            {
                for (int due = 0; due < Beats;)
                {
                    (float value, int sequence, _) = await link.TakeFrameAsync(host);
                    if (planted || sequence == due)
                    {
                        sum += value;
                        due = sequence + 1;
                    }
                }
            });
    }
}
