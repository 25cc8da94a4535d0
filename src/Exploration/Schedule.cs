using System.Text;

namespace Spanker.Conformance.Exploration;

/// <summary>A schedule: whose step comes when. Printed short, and parsed back: <c>3a2bc</c> is thread 0 three times, thread 1 twice, thread 2 once.</summary>
/// <remarks>
/// Thread 0 is <c>a</c>, 25 is <c>z</c>, 26 is <c>A</c>, 51 is <c>Z</c>, 52 to 63 are <c>.a</c> to <c>.l</c>. A count of 1 is left out.
/// </remarks>
public sealed class Schedule : IEquatable<Schedule>
{
    /// <summary>More steps than that are refused when parsed.</summary>
    public const int MostSteps = 1_000_000;

    private readonly int[] threads;

    /// <summary>A schedule of these steps.</summary>
    public Schedule(IEnumerable<int> threads)
    {
        this.threads = [.. threads];
        foreach (int thread in this.threads)
        {
            if (thread is < 0 or >= ExploredProgram.MostThreads)
            {
                throw new ArgumentException($"thread {thread} is not one of 0 to {ExploredProgram.MostThreads - 1}", nameof(threads));
            }
        }
    }

    /// <summary>The thread of each step.</summary>
    public IReadOnlyList<int> Threads => threads;

    /// <summary>The schedule that a run followed.</summary>
    public static Schedule Of(Execution run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new Schedule(run.Log.Select(step => step.Thread));
    }

    /// <summary>Parses what <see cref="ToString"/> prints.</summary>
    /// <exception cref="FormatException">It is not a schedule; the message says where.</exception>
    public static Schedule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<int> threads = [];
        int at = 0;
        while (at < text.Length)
        {
            int from = at;
            int count = 0;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                count = Math.Min(count * 10 + (text[at++] - '0'), MostSteps + 1);
            }

            count = at == from ? 1 : count;
            bool high = at < text.Length && text[at] == '.';
            at += high ? 1 : 0;
            int thread = at < text.Length ? ThreadOf(text[at], high) : -1;
            if (thread < 0 || count == 0)
            {
                throw new FormatException($"a schedule is letters with counts before them, as 3a2bC; character {at + 1} is not");
            }

            if (threads.Count + count > MostSteps)
            {
                throw new FormatException($"a schedule has at most {MostSteps} steps");
            }

            threads.AddRange(Enumerable.Repeat(thread, count));
            at++;
        }

        return new Schedule(threads);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        StringBuilder text = new();
        for (int at = 0; at < threads.Length;)
        {
            int end = at;
            while (end < threads.Length && threads[end] == threads[at])
            {
                end++;
            }

            if (end - at > 1)
            {
                text.Append(end - at);
            }

            text.Append(LetterOf(threads[at]));
            at = end;
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public bool Equals(Schedule? other) => other is not null && threads.AsSpan().SequenceEqual(other.threads);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Schedule);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private static string LetterOf(int thread) =>
        thread < 26 ? ((char)('a' + thread)).ToString()
        : thread < 52 ? ((char)('A' + thread - 26)).ToString()
        : "." + (char)('a' + thread - 52);

    private static int ThreadOf(char letter, bool high)
    {
        int low = char.IsAsciiLetterLower(letter) ? letter - 'a' : char.IsAsciiLetterUpper(letter) ? letter - 'A' + 26 : -1;
        return !high ? low : low is >= 0 and < 12 ? low + 52 : -1;
    }
}
