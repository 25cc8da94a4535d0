using System.Globalization;
using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>Holds every element of OUT against the exact product and the bound of the claim (CONTRACT MM-13, NUM).</summary>
public sealed class ValueJudge
{
    // Below this the products of a case cost less than the packing of its rows.
    private const double FewestProductsForTiles = 1 << 22;

    private readonly MatmulRun run;
    private readonly ArithmeticClaim claim;
    private readonly List<ArithmeticClaim> standing;
    private readonly Dictionary<WeightDefinition, ExactRow[]> columns = [];
    private readonly (ulong Row, ulong Column) origin;
    private (ulong Row, ulong Column, ExactValue Exact, ElementJudgement Judgement)? firstWrong;
    private readonly HashSet<ulong> rowsJudged = [];
    private ulong wrong;
    private ulong unwritten;

    private ValueJudge(MatmulRun run, JudgingTerms terms, bool holdAgainstAllClaims)
    {
        this.run = run;
        claim = terms.Claim;
        origin = run.Case.Data is TiledOperands tile ? (tile.FirstRow, tile.FirstColumn) : default;
        standing = holdAgainstAllClaims
            ? [.. ArithmeticClaim.All(claim.Weights).Select(c => new ArithmeticClaim(c.Class, c.Order, JudgingTerms.WeightsOf(c.Class, claim.Weights)))]
            : [];
    }

    /// <summary>Elements that the claim says something about.</summary>
    public ulong Judged { get; private set; }

    /// <summary>Rows of OUT of which at least one element was judged.</summary>
    public ulong RowsJudged => (ulong)rowsJudged.Count;

    /// <summary>Elements whose exact value is finite and zero.</summary>
    public ulong Zeros { get; private set; }

    /// <summary>Elements whose exact value is infinite.</summary>
    public ulong Infinities { get; private set; }

    /// <summary>Elements whose exact value is NaN.</summary>
    public ulong NotNumbers { get; private set; }

    /// <summary>
    /// Judged elements whose exact values under the two definitions of a weight are further apart than the bounds allow. Not counted in a
    /// large product that is judged in tiles, by its own definition alone.
    /// </summary>
    public ulong DefinitionsApart { get; private set; }

    /// <summary>Judged elements with a bound of at most 2^-11 * S, which a binary16 rounding of the result can break.</summary>
    public ulong TighterThanBinary16 { get; private set; }

    /// <summary>The largest error as a fraction of its bound.</summary>
    public double WorstErrorOverBound { get; private set; }

    /// <summary>The claims that some element refutes.</summary>
    public IReadOnlyList<ArithmeticClaim> Refuted { get; private set; } = [];

    /// <summary>What is wrong with OUT, or null.</summary>
    public Deviation? Deviation { get; private set; }

    /// <summary>Judges OUT as the last call left it.</summary>
    /// <param name="run">The case's buffers.</param>
    /// <param name="terms">What the device is held to.</param>
    /// <param name="holdAgainstAllClaims">Whether to find out which other claims the results refute.</param>
    public static ValueJudge Judge(MatmulRun run, JudgingTerms terms, bool holdAgainstAllClaims)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(terms);
        ValueJudge judge = new(run, terms, holdAgainstAllClaims);
        judge.JudgeAll();
        return judge;
    }

    /// <summary>Adds what another tile of the same case came to.</summary>
    public void Add(ValueJudge tile)
    {
        ArgumentNullException.ThrowIfNull(tile);
        Judged += tile.Judged;
        rowsJudged.UnionWith(tile.rowsJudged);
        Zeros += tile.Zeros;
        Infinities += tile.Infinities;
        NotNumbers += tile.NotNumbers;
        DefinitionsApart += tile.DefinitionsApart;
        TighterThanBinary16 += tile.TighterThanBinary16;
        WorstErrorOverBound = Math.Max(WorstErrorOverBound, tile.WorstErrorOverBound);
        Refuted = [.. Refuted.Union(tile.Refuted)];
        Deviation ??= tile.Deviation;
    }

    private void JudgeAll()
    {
        ArithmeticClaim[] all = [.. standing];
        if (standing.Count == 0 && run.Case.Shape.Products >= FewestProductsForTiles
            && (claim.Class == ArithmeticClass.Exact || run.Case.Shape.RowBlocks <= BoundedTiles.MostBlocks))
        {
            JudgeInTiles();
        }
        else
        {
            JudgeRowByRow();
        }

        Refuted = [.. all.Except(standing), .. all.Length == 0 && wrong > 0 ? [claim] : Array.Empty<ArithmeticClaim>()];
        if (firstWrong is var (y, x, exact, judgement))
        {
            Deviation = Describe(y, x, exact, judgement);
        }
    }

    private void JudgeInTiles()
    {
        // One thread, since what takes the tiles is this judge; other cases have the other threads.
        MatmulShape shape = run.Case.Shape;
        OperandRows a = new(checked((int)shape.M), i => run.Row(OperandSide.A, (ulong)i));
        OperandRows b = new(checked((int)shape.N), j => run.Row(OperandSide.B, (ulong)j));
        int blocks = checked((int)shape.RowBlocks);
        bool[] isRowJudged = new bool[a.Count];
        if (claim.Class == ArithmeticClass.Exact)
        {
            ExactTiles.Run(a, b, blocks, claim.Weights, threads: 1, new Tiles(this));
            Array.Fill(isRowJudged, Judged > 0);
        }
        else
        {
            BoundedTiles.Run(claim, a, b, blocks, new BoundedElements(this, isRowJudged));
        }

        for (int i = 0; i < isRowJudged.Length; i++)
        {
            if (isRowJudged[i])
            {
                rowsJudged.Add(origin.Row + (ulong)i);
            }
        }
    }

    private void JudgeRowByRow()
    {
        MatmulShape shape = run.Case.Shape;
        for (ulong i = 0; i < shape.M; i++)
        {
            ExactRow row = Decode(OperandSide.A, i, claim.Weights);
            ulong before = Judged;
            for (ulong j = 0; j < shape.N; j++)
            {
                JudgeElement(i, j, ExactProduct.Element(row, Columns(claim.Weights)[j]));
            }

            if (Judged > before)
            {
                rowsJudged.Add(origin.Row + i);
            }
        }
    }

    private void JudgeElement(ulong i, ulong j, in ExactElement exact)
    {
        float actual = run.Element(i, j);
        Count(exact.Value);
        ElementJudgement judgement = claim.Judge(exact, actual);
        if (judgement.Acceptance == Acceptance.NotExercised)
        {
            return;
        }

        Note(i, j, exact, actual, judgement);
        if (exact.RoundsInDecode)
        {
            CompareDefinitions(i, j, exact, judgement.Bound);
        }

        DropRefuted(i, j, exact, actual);
    }

    /// <summary>Judges an element by limits of its bound where they decide, and by the bound where they do not: the verdict and the figures are the bound's.</summary>
    /// <returns>Whether the claim says something about the element.</returns>
    private bool JudgeWithin(ulong i, ulong j, in ExactValue exact, in BoundLimits limits)
    {
        Count(exact);
        if (double.IsPositiveInfinity(limits.Lower))
        {
            return false;
        }

        float actual = run.Element(i, j);
        double error = exact.Error(actual);
        bool isWritten = IsWritten(actual);
        bool isTight = limits.Upper <= limits.LeastMagnitude / 2048;
        bool isKnownTight = isTight || limits.Lower > limits.MostMagnitude / 2048;
        bool isRejected = error > limits.Upper;
        bool isKnown = isRejected ? !IsFirstWrong(i, j) : error <= limits.Lower;
        // The ratio to the bound is at most that to a number below it: only one above the worst so far can raise it.
        bool isWorst = isWritten && error > 0 && error / limits.Lower > WorstErrorOverBound;
        if (double.IsPositiveInfinity(limits.Upper) || !isKnownTight || !isKnown || isWorst)
        {
            ExactElement element = ElementOf(i, j);
            ElementJudgement judgement = claim.Judge(element, actual);
            if (judgement.Acceptance == Acceptance.NotExercised)
            {
                return false;
            }

            Note(i, j, element, actual, judgement);
            return true;
        }

        Judged++;
        unwritten += isWritten ? 0UL : 1;
        wrong += isRejected ? 1UL : 0;
        TighterThanBinary16 += isTight ? 1UL : 0;
        return true;
    }

    private void Note(ulong i, ulong j, in ExactElement exact, float actual, in ElementJudgement judgement)
    {
        TighterThanBinary16 += judgement.Bound <= exact.Magnitude / 2048 ? 1UL : 0;
        Note(i, j, exact.Value, actual, judgement);
    }

    private void JudgeRounding(ulong i, ulong j, in ExactValue exact)
    {
        float actual = run.Element(i, j);
        Count(exact);
        // Half a unit in the last place is at most 2^-24 of the value, and that at most sum |a_i b_i|.
        TighterThanBinary16++;
        Note(i, j, exact, actual, ArithmeticClaim.JudgeRounding(exact, actual));
    }

    private void Note(ulong i, ulong j, in ExactValue exact, float actual, in ElementJudgement judgement)
    {
        Judged++;
        bool isWritten = IsWritten(actual);
        unwritten += isWritten ? 0UL : 1;
        WorstErrorOverBound = isWritten ? Math.Max(WorstErrorOverBound, judgement.ErrorOverBound) : WorstErrorOverBound;
        if (judgement.Acceptance == Acceptance.Rejected)
        {
            wrong++;
            if (IsFirstWrong(i, j))
            {
                firstWrong = (i, j, exact, judgement);
            }
        }
    }

    private static bool IsWritten(float actual) => BitConverter.SingleToUInt32Bits(actual) != CallPoison.Word;

    // The first in the order of OUT, in whatever order they come.
    private bool IsFirstWrong(ulong i, ulong j) => firstWrong is not var (row, column, _, _) || (i, j).CompareTo((row, column)) < 0;

    private void Count(in ExactValue exact)
    {
        switch (exact.Kind)
        {
            case ExactValueKind.Finite:
                Zeros += exact.Units == 0 ? 1UL : 0;
                break;
            case ExactValueKind.NaN:
                NotNumbers++;
                break;
            default:
                Infinities++;
                break;
        }
    }

    private void CompareDefinitions(ulong i, ulong j, in ExactElement exact, double bound)
    {
        ExactElement other = ElementBy(OtherDefinition(exact.Definition), i, j);
        if (exact.Value.IsFinite && other.Value.IsFinite)
        {
            // A result within the bound of one definition lies outside that of the other only if they are further apart than both bounds.
            double apart = Math.Abs((double)(exact.Value.Units - other.Value.Units)) * Math.ScaleB(1, ExactValue.UnitExponent);
            DefinitionsApart += apart > 2 * bound && exact.Value.ToSingle() != other.Value.ToSingle() ? 1UL : 0;
        }
    }

    private void DropRefuted(ulong i, ulong j, in ExactElement exact, float actual)
    {
        if (standing.Count == 0)
        {
            return;
        }

        for (int c = standing.Count - 1; c >= 0; c--)
        {
            ArithmeticClaim candidate = standing[c];
            ExactElement element = candidate.Weights == exact.Definition ? exact : ElementBy(candidate.Weights, i, j);
            if (candidate.Judge(element, actual).Acceptance == Acceptance.Rejected)
            {
                standing.RemoveAt(c);
            }
        }
    }

    // The rows of a large product are too many to be kept.
    private ExactElement ElementOf(ulong i, ulong j) =>
        ExactProduct.Element(Decode(OperandSide.A, i, claim.Weights), Decode(OperandSide.B, j, claim.Weights));

    private ExactElement ElementBy(WeightDefinition definition, ulong i, ulong j) =>
        ExactProduct.Element(Decode(OperandSide.A, i, definition), Columns(definition)[j]);

    private ExactRow[] Columns(WeightDefinition definition)
    {
        if (!columns.TryGetValue(definition, out ExactRow[]? rows))
        {
            rows = new ExactRow[run.Case.Shape.N];
            for (int j = 0; j < rows.Length; j++)
            {
                rows[j] = Decode(OperandSide.B, (ulong)j, definition);
            }

            columns.Add(definition, rows);
        }

        return rows;
    }

    private ExactRow Decode(OperandSide side, ulong row, WeightDefinition definition) => ExactRow.Decode(run.Row(side, row), definition);

    private static WeightDefinition OtherDefinition(WeightDefinition definition) =>
        definition == WeightDefinition.Rational ? WeightDefinition.RoundedToBinary32 : WeightDefinition.Rational;

    private Deviation Describe(ulong row, ulong column, in ExactValue exact, ElementJudgement judgement)
    {
        float actual = run.Element(row, column);
        float expected = exact.ToSingle();
        string bound = claim.Class == ArithmeticClass.Exact ? "correctly rounded" : $"+- {NumberText.Short(judgement.Bound)}";
        string others = wrong == 1 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"; {wrong} of {Judged} judged elements are wrong");
        string never = unwritten == 0 ? string.Empty : string.Create(
            CultureInfo.InvariantCulture, $"; {unwritten} of them still hold{(unwritten == 1 ? "s" : string.Empty)} {CallPoison.Word:x8}, which OUT was filled with before the call: never written");
        row += origin.Row;
        column += origin.Column;
        return new Deviation(
            string.Create(CultureInfo.InvariantCulture, $"y[{row},{column}] = {actual:R}, exact {NumberText.Of(exact)} {bound} (class {claim}){others}{never}"),
            NumberText.Of(expected),
            NumberText.Of(actual))
        {
            Element = (row, column),
            Neighbourhood = DescribeNeighbourhood(row - origin.Row, column - origin.Column),
        };
    }

    private List<string> DescribeNeighbourhood(ulong row, ulong column)
    {
        List<string> lines = [];
        MatmulShape shape = run.Case.Shape;
        for (ulong i = row == 0 ? 0 : row - 1; i <= row + 1 && i < shape.M; i++)
        {
            ExactRow weights = Decode(OperandSide.A, i, claim.Weights);
            for (ulong j = column == 0 ? 0 : column - 1; j <= column + 1 && j < shape.N; j++)
            {
                ExactElement exact = ExactProduct.Element(weights, Decode(OperandSide.B, j, claim.Weights));
                float actual = run.Element(i, j);
                string verdict = claim.Judge(exact, actual).Acceptance switch
                {
                    Acceptance.Accepted => "ok",
                    Acceptance.Rejected => "WRONG",
                    _ => "not judged",
                };
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"y[{origin.Row + i},{origin.Column + j}] expected {NumberText.Of(exact.Value.ToSingle())} actual {NumberText.Of(actual)} {verdict}"));
            }
        }

        return lines;
    }

    /// <summary>Judges the elements of each tile.</summary>
    private readonly struct Tiles(ValueJudge judge) : IElementSink
    {
        public void Expect(int firstRow, int firstColumn, int rows, int columns)
        {
        }

        public void Take(in ElementTile tile)
        {
            for (int r = 0; r < tile.Rows; r++)
            {
                for (int c = 0; c < tile.Columns; c++)
                {
                    judge.JudgeRounding((ulong)(tile.FirstRow + r), (ulong)(tile.FirstColumn + c), tile[r, c]);
                }
            }
        }
    }

    /// <summary>Judges the elements of a claim that has a bound.</summary>
    private readonly struct BoundedElements(ValueJudge judge, bool[] isRowJudged) : IBoundedElementSink
    {
        public void Take(int row, int column, in ExactValue value, in BoundLimits limits) =>
            isRowJudged[row] |= judge.JudgeWithin((ulong)row, (ulong)column, value, limits);
    }
}
