using System.CommandLine;
using System.Globalization;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Suite;

namespace Spanker.Conformance.Cli.Commands;

/// <summary><c>reference</c>: the exact product of two operand files, rounded once, and the bounds of a class.</summary>
/// <remarks>
/// <code>
/// OUT     m*n binary32, little endian, row major: the exact element, rounded once to nearest even
/// bounds  m*n binary64, little endian, row major: the proved bound of |result - exact|, rounded up; +infinity where the class says nothing
/// </code>
/// </remarks>
internal static class ReferenceCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        Option<string?> a = new("--a") { Description = "operand A: m rows of k weights, Q4_K", HelpName = "FILE" };
        Option<string?> b = new("--b") { Description = "operand B: n rows of k weights, Q4_K", HelpName = "FILE" };
        Option<string?> m = new("--m") { Description = "rows of A", HelpName = "M" };
        Option<string?> k = new("--k") { Description = "weights of a row, a multiple of 256", HelpName = "K" };
        Option<string?> n = new("--n") { Description = "rows of B", HelpName = "N" };
        Option<string?> output = new("--out") { Description = "write OUT = A * B^T here: m x n binary32, little endian, row major", HelpName = "FILE" };
        Option<string?> weights = new("--weights")
        {
            Description = "exact: weights as rationals (default); f32: weights rounded to binary32 first", HelpName = "exact|f32",
        };
        Option<string?> bounds = new("--bounds")
        {
            Description = "write each element's bound for --class here: m x n binary64, little endian, row major; +infinity where the class says nothing",
            HelpName = "FILE",
        };
        Option<string?> className = new("--class") { Description = "the arithmetic class of --bounds", HelpName = "NAME" };
        Command command = new("reference", "the exact product of two operand files") { a, b, m, k, n, output, weights, bounds, className };
        command.SetAction(parse =>
        {
            string pathOfA = InputText.Required(parse.GetValue(a), "--a", "the file of operand A");
            string pathOfB = InputText.Required(parse.GetValue(b), "--b", "the file of operand B");
            MatmulShape shape = new(
                M: Dimension(parse.GetValue(m), "--m", "the rows of A"),
                N: Dimension(parse.GetValue(n), "--n", "the rows of B"),
                K: Dimension(parse.GetValue(k), "--k", "the weights of a row"));
            string path = InputText.Required(parse.GetValue(output), "--out", "the file to write");
            string? pathOfBounds = parse.GetValue(bounds);
            WeightDefinition definition = Definition(parse.GetValue(weights));
            ArithmeticClaim claim = Claim(parse.GetValue(className), pathOfBounds, definition);

            using ReferenceProduct product = ReferenceProduct.Open(pathOfA, pathOfB, shape, definition);
            using OutputFile results = Create(path, pathOfA, pathOfB);
            using OutputFile? limits = pathOfBounds is null ? null : Create(pathOfBounds, pathOfA, pathOfB, path);
            Write(product, results, limits, claim, host);
            string also = pathOfBounds is null ? string.Empty : $", bounds of class {claim} in {InputText.Quote(pathOfBounds)}";
            host.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{shape}: {(UInt128)shape.M * shape.N} exact elements ({Describe(definition)}) in {InputText.Quote(path)}{also}"));
            return ExitCodes.Conforms;
        });
        return command;
    }

    private static void Write(ReferenceProduct product, OutputFile results, OutputFile? limits, ArithmeticClaim claim, CommandHost host)
    {
        ProgressLine progress = new(host);
        try
        {
            product.Write(
                results,
                limits,
                claim,
                (done, all) => progress.Show(string.Create(CultureInfo.InvariantCulture, $"{done} of {all} elements, {100 * done / all} %")),
                host.Cancellation);
        }
        catch (OperationCanceledException cancelled)
        {
            throw CommandException.NotJudged("broken off; what was written so far is incomplete and removed, where the file was new", cancelled);
        }
        finally
        {
            progress.Clear();
        }

        results.Finish();
        limits?.Finish();
    }

    private static ulong Dimension(string? text, string option, string meaning) => InputText.Whole(InputText.Required(text, option, meaning), option);

    private static OutputFile Create(string path, params ReadOnlySpan<string> others)
    {
        OutputFile file = OutputFile.Create(path, others);
        if (!file.IsSeekable)
        {
            file.Dispose();
            throw CommandException.Usage($"{InputText.Quote(path)}: not a regular file; rows are written out of order, which a pipe cannot take");
        }

        return file;
    }

    private static WeightDefinition Definition(string? name) => name switch
    {
        null or "exact" => WeightDefinition.Rational,
        "f32" => WeightDefinition.RoundedToBinary32,
        _ => throw CommandException.Usage($"--weights {InputText.Quote(name)}: expected exact or f32"),
    };

    private static ArithmeticClaim Claim(string? name, string? bounds, WeightDefinition definition)
    {
        if (name is null || bounds is null)
        {
            return (name, bounds) switch
            {
                (null, null) => default,
                (null, _) => throw CommandException.Usage($"--class is missing; --bounds needs one of {string.Join(", ", ArithmeticClaim.Names)}"),
                _ => throw CommandException.Usage("--class is given without --bounds; it says whose bounds are written"),
            };
        }

        if (!ArithmeticClaim.TryParse(name, definition, out ArithmeticClaim claim))
        {
            throw CommandException.Usage($"--class {InputText.Quote(name)}: expected one of {string.Join(", ", ArithmeticClaim.Names)}");
        }

        WeightDefinition meant = JudgingTerms.WeightsOf(claim.Class, definition);
        return meant == definition
            ? claim
            : throw CommandException.Usage($"--class {name} is about {Describe(meant)}, the product about {Describe(definition)}; give --weights {Spelling(meant)}");
    }

    private static string Describe(WeightDefinition definition) =>
        definition == WeightDefinition.Rational ? "weights as rationals" : "weights rounded to binary32";

    private static string Spelling(WeightDefinition definition) => definition == WeightDefinition.Rational ? "exact" : "f32";
}
