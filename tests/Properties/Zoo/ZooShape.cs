using System.Globalization;

namespace Spanker.Conformance.Tests.Properties.Zoo;

/// <summary>The declared shape of a matmul fault, read back.</summary>
internal sealed record ZooShape(ulong[] Values)
{
    public static ZooShape Parse(string text)
    {
        string[] names = [.. text.Split(',').Select(part => part.Split('=')[0])];
        ulong[] values = [.. text.Split(',').Select(part => ulong.Parse(part.Split('=')[1], CultureInfo.InvariantCulture))];
        return names switch
        {
            ["m", "n", "k"] => new ZooShape(values),
            _ => throw new FormatException($"'{text}' is not a shape"),
        };
    }

    /// <summary>Shapes that are one step smaller in one dimension. Empty matmuls and topologies count only where the shape itself is empty there.</summary>
    public IEnumerable<ZooShape> Smaller()
    {
        for (int dimension = 0; dimension < Values.Length; dimension++)
        {
            bool isDepth = dimension == 2;
            foreach (ulong smaller in isDepth ? Depths(Values[2]) : Counts(Values[dimension]))
            {
                ulong[] values = [.. Values];
                values[dimension] = smaller;
                yield return this with { Values = values };
            }
        }
    }

    public override string ToString() => string.Join('x', Values);

    private static ulong[] Counts(ulong value) =>
        value > 1000 ? [1, 2, 1UL << 20] : [.. Enumerable.Range(1, (int)Math.Max(value, 1) - 1).Select(count => (ulong)count)];

    /// <summary>A good k is compared with good ones, a bad one with bad ones.</summary>
    private static ulong[] Depths(ulong k) => k != 0 && k % 256 == 0
        ? [.. Enumerable.Range(1, (int)(k / 256) - 1).Select(blocks => (ulong)blocks * 256)]
        : k == 0 ? [] : [0, 1, k - 1];
}
