using System.CommandLine;
using System.Globalization;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Cli.Commands;

/// <summary><c>tile</c>: what the cost model says of a tile, and what it chooses.</summary>
internal static class TileCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        Option<string?> m = new("--m") { HelpName = "N", Description = "rows of the weights", Required = true };
        Option<string?> n = new("--n") { HelpName = "N", Description = "columns of the activations", Required = true };
        Option<string?> k = new("--k") { HelpName = "N", Description = "length of a row of weights", Required = true };
        Option<string?> bytes = new("--element-bytes") { HelpName = "N", Description = "bytes an element (default: 4)" };
        Option<string?> cards = new("--cards") { HelpName = "N", Description = "cards, 0 to 2^64-1 (default: 2)" };
        Option<bool> json = new("--json") { Description = "the result as JSON" };
        Command command = new("tile", "the cost model's times for a tile, and what it chooses: tensor or model parallel");
        foreach (Option option in (Option[])[m, n, k, bytes, cards, json])
        {
            command.Options.Add(option);
        }

        command.SetAction(parse =>
        {
            Tile tile = new(
                Whole(parse.GetValue(m), "--m"), Whole(parse.GetValue(n), "--n"), Whole(parse.GetValue(k), "--k"), Whole(parse.GetValue(bytes) ?? "4", "--element-bytes"));
            Show(tile, Whole(parse.GetValue(cards) ?? "2", "--cards"), parse.GetValue(json), host);
            return ExitCodes.Conforms;
        });
        return command;
    }

    private static ulong Whole(string? text, string option) => InputText.Whole(text ?? string.Empty, option, least: 0, greatest: ulong.MaxValue);

    private static void Show(Tile tile, ulong cards, bool asJson, CommandHost host)
    {
        Bandwidths rates = Bandwidths.RevisionA;
        double tensor = CostModel.TensorParallelSeconds(tile, cards, rates);
        double model = CostModel.ModelParallelSeconds(tile, cards, rates);
        string choice = CostModel.Choose(tile, cards, rates) == Parallelism.TensorParallel ? "tensor-parallel" : "model-parallel";
        ulong weights = CostModel.WeightBytes(tile);
        ulong activations = CostModel.ActivationBytes(tile);
        if (asJson)
        {
            JsonOutput.Write(host.Output, json =>
            {
                json.WriteString("weight_bytes", weights.ToString(CultureInfo.InvariantCulture));
                json.WriteString("activation_bytes", activations.ToString(CultureInfo.InvariantCulture));
                json.WriteString("cards", cards.ToString(CultureInfo.InvariantCulture));
                json.WriteNumber("tensor_parallel_seconds", tensor);
                json.WriteNumber("model_parallel_seconds", model);
                json.WriteString("choice", choice);
            });
            return;
        }

        host.Output.Write(string.Create(CultureInfo.InvariantCulture, $"weights      {weights} bytes from DDR at {rates.LocalDdr} bytes/s\n"));
        host.Output.Write(string.Create(CultureInfo.InvariantCulture, $"activations  {activations} bytes over the link at {rates.InterCard} bytes/s\n"));
        host.Output.Write(string.Create(CultureInfo.InvariantCulture, $"tensor parallel over {cards} cards  {tensor:G6} s\n"));
        host.Output.Write(string.Create(CultureInfo.InvariantCulture, $"model parallel over {cards} cards   {model:G6} s\n"));
        host.Output.Write($"choice       {choice}\n");
    }
}
