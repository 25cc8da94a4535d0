using System.Globalization;
using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Suite;

/// <summary>Which faults are explored, one after another; null stands for none.</summary>
public static class FaultPlan
{
    /// <summary>Kinds in the order in which they are tried.</summary>
    public static IReadOnlyList<LinkFaultKind> Kinds { get; } = Enum.GetValues<LinkFaultKind>();

    /// <summary>Parses <c>none</c>, or a fault as <see cref="LinkFault.ToString"/> prints it; several with commas between.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static IReadOnlyList<LinkFault?> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.Split(',').Select(One)];
    }

    /// <summary>Each kind at each frame of each link that a fault-free run of <paramref name="program"/> sends; going down comes at any moment, so once a link.</summary>
    public static IReadOnlyList<LinkFault> Each(ExploredProgram program)
    {
        Execution run = new(program);
        run.Run(new ReplayOf(new Schedule([])));
        SortedDictionary<(int From, int To), int> frames = [];
        foreach (StepRecord step in run.Log)
        {
            if (step.Operation is { Kind: OperationKind.Send, Target: CardLink link })
            {
                frames[(link.From, link.To)] = frames.GetValueOrDefault((link.From, link.To)) + 1;
            }
        }

        return
        [
            .. from kind in Kinds
               from link in frames
               from frame in Enumerable.Range(0, kind is LinkFaultKind.Down or LinkFaultKind.Retrain ? 1 : link.Value)
               select new LinkFault(kind, link.Key.From, link.Key.To, frame),
        ];
    }

    private static LinkFault? One(string text)
    {
        if (text == "none")
        {
            return null;
        }

        string[] parts = text.Split(':');
        string[] cards = parts.Length is 2 or 3 ? parts[1].Split('-') : [];
        LinkFaultKind? kind = Kinds.Cast<LinkFaultKind?>().FirstOrDefault(one => LinkFault.NameOf(one!.Value) == parts[0]);
        int frame = 0;
        return kind is not null
            && cards.Length == 2
            && IsNumber(cards[0], out int from)
            && IsNumber(cards[1], out int to)
            && (parts.Length == 2 || IsNumber(parts[2], out frame))
            ? new LinkFault(kind.Value, from, to, frame)
            : throw new FormatException(
                $"is no fault; write KIND:FROM-TO:FRAME such as drop:0-1:2, 'each' or 'none'; kinds are {string.Join(", ", Kinds.Select(LinkFault.NameOf))}");
    }

    private static bool IsNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
