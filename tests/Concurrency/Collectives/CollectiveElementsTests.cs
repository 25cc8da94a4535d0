using Spanker.Conformance.Suite;
using Xunit;

namespace Spanker.Conformance.Tests.Concurrency.Collectives;

/// <summary>The data show what they are made to show.</summary>
public sealed class CollectiveElementsTests
{
    [Fact]
    public void Cancelling_elements_give_other_bits_in_another_order()
    {
        float[] cards = [.. Enumerable.Range(0, 3).Select(card => CollectiveElements.Element(CollectiveDataKind.Cancelling, card, index: 0))];

        Assert.NotEqual(cards[0] + cards[1] + cards[2], cards[0] + cards[2] + cards[1]);
    }

    [Theory]
    [InlineData(CollectiveDataKind.Exact)]
    [InlineData(CollectiveDataKind.Cancelling)]
    public void Every_element_of_four_cards_is_unique_to_its_card_and_index(CollectiveDataKind kind)
    {
        HashSet<float> seen = [];
        for (int card = 0; card < 4; card++)
        {
            for (int index = 0; index < 64; index++)
            {
                Assert.True(seen.Add(CollectiveElements.Element(kind, card, index)), $"card {card}, index {index}");
            }
        }
    }

    [Fact]
    public void Special_elements_have_nan_both_infinities_both_zeros_and_a_subnormal()
    {
        float[] all = [.. from card in Enumerable.Range(0, 4) from index in Enumerable.Range(0, 200) select CollectiveElements.Element(CollectiveDataKind.Special, card, index)];

        Assert.Contains(all, float.IsNaN);
        Assert.Contains(all, float.IsPositiveInfinity);
        Assert.Contains(all, float.IsNegativeInfinity);
        Assert.Contains(all, value => value == 0 && float.IsNegative(value));
        Assert.Contains(all, value => value == 0 && !float.IsNegative(value));
        Assert.Contains(all, float.IsSubnormal);
    }
}
