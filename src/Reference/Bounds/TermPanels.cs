namespace Spanker.Conformance.Reference;

/// <summary>Rows of nonnegative binary32 terms, so many side by side: term i of row r lies at (r / width * length + i) * width + r % width.</summary>
internal sealed class TermPanels(int width, int capacity, int length)
{
    private readonly float[] terms = new float[checked((int)(((long)capacity + width - 1) / width * width * length))];

    /// <summary>Terms of a row.</summary>
    public int Length => length;

    /// <summary>A term.</summary>
    public float this[int row, int index] => terms[(((row / width * length) + index) * width) + (row % width)];

    /// <summary>The terms of rows <c>group * width</c> and after.</summary>
    public ReadOnlySpan<float> Group(int group) => terms.AsSpan(group * width * length, width * length);

    /// <summary>Takes a group of rows.</summary>
    /// <param name="group">Which.</param>
    /// <param name="rows">[width x length] terms.</param>
    public void Pack(int group, ReadOnlySpan<float> rows)
    {
        Span<float> panel = terms.AsSpan(group * width * length, width * length);
        for (int i = 0; i < length; i++)
        {
            Span<float> across = panel.Slice(i * width, width);
            for (int r = 0; r < across.Length; r++)
            {
                across[r] = rows[(r * length) + i];
            }
        }
    }
}
