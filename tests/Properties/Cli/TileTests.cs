using System.Text.Json;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Cli;

/// <summary><c>tile</c>: the cost model on the command line, against times worked out by hand.</summary>
public sealed class TileTests
{
    [Fact]
    public void A_matrix_by_a_vector_over_four_cards_is_tensor_parallel()
    {
        // 4096 * 4096 * 4 bytes at 2e9 over 4 cards, and 4096 * 4 bytes at 5e8: 0.008388608 + 0.000032768.
        CliCall call = CliCall.Of("tile", "--m", "4096", "--n", "1", "--k", "4096", "--cards", "4", "--json");

        using var json = JsonDocument.Parse(call.Output);
        Assert.Equal("67108864", json.RootElement.GetProperty("weight_bytes").GetString());
        Assert.Equal("16384", json.RootElement.GetProperty("activation_bytes").GetString());
        Assert.Equal(0.008421376, json.RootElement.GetProperty("tensor_parallel_seconds").GetDouble(), 1e-15);
        Assert.Equal(0.033562624, json.RootElement.GetProperty("model_parallel_seconds").GetDouble(), 1e-15);
        Assert.Equal("tensor-parallel", json.RootElement.GetProperty("choice").GetString());
    }

    [Fact]
    public void Wide_activations_over_short_rows_are_model_parallel()
    {
        // Weights 1 * 1 * 4 bytes; activations 1 * 1000000 * 4 bytes, which only the model-parallel way divides.
        CliCall call = CliCall.Of("tile", "--m", "1", "--n", "1000000", "--k", "1", "--cards", "2");

        Assert.Equal(0, call.ExitCode);
        Assert.EndsWith("choice       model-parallel\n", call.Output, StringComparison.Ordinal);
    }
}
