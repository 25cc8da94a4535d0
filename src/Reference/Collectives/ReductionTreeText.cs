using System.Globalization;
using System.Text;

namespace Spanker.Conformance.Reference;

/// <summary>Reduction trees as text: <c>((0+1)+2)</c>.</summary>
internal static class ReductionTreeText
{
    // MaxCards leaves have two digits at most, and each node adds three characters. What is longer is not read.
    private const int MaxLength = (2 * ReductionTree.MaxCards) + (3 * (ReductionTree.MaxCards - 1));

    public static string Write(ReductionTree tree)
    {
        var text = new StringBuilder();
        Write(tree, text);
        return text.ToString();
    }

    /// <summary>The tree, or null and what is wrong at which character, counted from 1.</summary>
    public static ReductionTree? Read(string text, out string problem)
    {
        if (text.Length > MaxLength)
        {
            problem = $"A reduction tree is at most {MaxLength} characters long, not {text.Length}.";
            return null;
        }

        int position = 0;
        problem = string.Empty;
        ReductionTree? tree = Read(text, ref position, ref problem);
        if (tree is not null && position < text.Length)
        {
            problem = Expected("the end", position);
            return null;
        }

        return tree;
    }

    private static void Write(ReductionTree tree, StringBuilder text)
    {
        if (tree.IsLeaf)
        {
            text.Append(CultureInfo.InvariantCulture, $"{tree.Card}");
            return;
        }

        text.Append('(');
        Write(tree.Left, text);
        text.Append('+');
        Write(tree.Right, text);
        text.Append(')');
    }

    private static ReductionTree? Read(string text, ref int position, ref string problem)
    {
        if (!Skips('(', text, ref position))
        {
            return ReadCard(text, ref position, ref problem);
        }

        if (Read(text, ref position, ref problem) is not { } left)
        {
            return null;
        }

        if (!Skips('+', text, ref position))
        {
            problem = Expected("'+'", position);
            return null;
        }

        int startOfRight = position;
        if (Read(text, ref position, ref problem) is not { } right)
        {
            return null;
        }

        if (!Skips(')', text, ref position))
        {
            problem = Expected("')'", position);
            return null;
        }

        try
        {
            return ReductionTree.Node(left, right);
        }
        catch (ArgumentException)
        {
            problem = $"Character {startOfRight + 1} of a reduction tree: a card comes twice.";
            return null;
        }
    }

    private static ReductionTree? ReadCard(string text, ref int position, ref string problem)
    {
        int start = position;
        int card = 0;
        while (position < text.Length && char.IsAsciiDigit(text[position]) && position - start < 2)
        {
            card = (card * 10) + (text[position] - '0');
            position++;
        }

        bool hasLeadingZero = position - start == 2 && text[start] == '0';
        if (position == start || hasLeadingZero || card >= ReductionTree.MaxCards)
        {
            problem = Expected($"'(' or a card, 0 to {ReductionTree.MaxCards - 1}", start);
            return null;
        }

        return ReductionTree.Leaf(card);
    }

    private static bool Skips(char expected, string text, ref int position)
    {
        bool isThere = position < text.Length && text[position] == expected;
        position += isThere ? 1 : 0;
        return isThere;
    }

    private static string Expected(string what, int position) => $"Character {position + 1} of a reduction tree: expected {what}.";
}
