using FsCheck.Xunit;

// The harness runs these, the ordinary run must not: hence they are not public, which xunit's analyzer takes for a slip.
#pragma warning disable xUnit1000

namespace Spanker.Conformance.Tests.Properties.Support;

/// <summary>Properties under defaults given on their class and on an enclosing one.</summary>
[Properties(MaxTest = 5, Arbitrary = [typeof(PropertySpecimens.AlwaysSeven)])]
internal sealed class PropertyDefaultSpecimens
{
    public static List<int> Seen { get; } = [];

    [Property]
    public static bool Follows_the_class(int value)
    {
        Seen.Add(value);
        return true;
    }

    [Property(MaxTest = 2, Arbitrary = [typeof(PropertySpecimens.AlwaysNine)])]
    public static bool Overrides_the_class(int value)
    {
        Seen.Add(value);
        return true;
    }

    [Properties(MaxTest = 3)]
    internal sealed class Inner : IDisposable
    {
        public static List<int> Seen { get; } = [];

        public static int Disposals { get; set; }

        [Property]
        public bool Follows_both_classes(int value)
        {
            Seen.Add(value);
            return true;
        }

        public void Dispose() => Disposals++;
    }
}
