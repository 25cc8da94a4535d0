using System.Buffers.Binary;
using System.Globalization;
using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>The operands of one case of sharded products, and the calls on whole and parts of them.</summary>
/// <remarks>
/// COL-11 is about what sharding adds. A call whose own values break the device's claim is for the clauses about values and state to report: a case in which one of the
/// differing elements comes of such a call says nothing.
/// </remarks>
public sealed class ShardedTrial
{
    private const ulong SecondLayer = 2;

    private readonly Trial trial;
    private readonly ShardedCase tried;
    private Deviation? deviation;
    private bool isOthersMatter;

    /// <summary>Lays out the operands of the trial's case.</summary>
    public ShardedTrial(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        this.trial = trial;
        tried = (ShardedCase)trial.Case;
    }

    /// <summary>Elements that were judged.</summary>
    public ulong Judged { get; private set; }

    private ArithmeticClaim Claim => trial.Terms.Claim;

    /// <summary>Makes the calls and observes what they come to; true if the case was judged and kept its clause.</summary>
    public bool Judge()
    {
        switch (tried.Sharding)
        {
            case Sharding.Columns:
                JudgeColumns();
                break;
            case Sharding.Depth:
                JudgeDepth();
                break;
            default:
                JudgePipeline();
                break;
        }

        if (isOthersMatter || (deviation is null && Judged == 0))
        {
            return false;
        }

        trial.Observe(deviation);
        return deviation is null;
    }

    // OUT[:, cols(s)] = A * B[cols(s), :]^T, joined.
    private void JudgeColumns()
    {
        MatmulShape shape = tried.Shape;
        byte[] a = Operand(OperandSide.A, shape, tried.Data);
        byte[] b = Operand(OperandSide.B, shape, tried.Data);
        float[] whole = Call(shape, a, b);
        float[] joined = new float[whole.Length];
        for (int shard = 0; shard < tried.Shards; shard++)
        {
            ShardRange columns = ShardRange.Of(shape.N, tried.Shards, shard);
            if (columns.Count > 0)
            {
                float[] part = Call(shape with { N = columns.Count }, a, Rows(b, shape.RowBytes, columns));
                for (int row = 0; row < (int)shape.M; row++)
                {
                    part.AsSpan(row * (int)columns.Count, (int)columns.Count).CopyTo(joined.AsSpan((row * (int)shape.N) + (int)columns.Start));
                }
            }
        }

        CompareBits("y", shape, a, b, whole, joined);
    }

    // P_s = A[:, ks(s)] * B[:, ks(s)]^T, added by the device's AllReduce; that all cards hold the same bits is COL-1's.
    private void JudgeDepth()
    {
        MatmulShape shape = tried.Shape;
        byte[] a = Operand(OperandSide.A, shape, tried.Data);
        byte[] b = Operand(OperandSide.B, shape, tried.Data);
        List<float[]> partials = [];
        float[][] buffers = new float[tried.Shards][];
        for (int shard = 0; shard < tried.Shards; shard++)
        {
            ShardRange blocks = ShardRange.Of(shape.RowBlocks, tried.Shards, shard);
            buffers[shard] = new float[shape.M * shape.N];
            if (blocks.Count > 0)
            {
                float[] partial = Call(shape with { K = blocks.Count * Q4KLayout.BlockWeights }, Blocks(a, shape.RowBytes, blocks), Blocks(b, shape.RowBytes, blocks));
                partial.CopyTo(buffers[shard], 0);
                partials.Add(partial);
            }
        }

        AllReduce(buffers);
        if (deviation is null)
        {
            for (int i = 0; i < buffers[0].Length; i++)
            {
                ReductionTree tree = ShardingChecks.TreeOf(trial.Terms.Description, tried.Shards, buffers[0].Length, i);
                JudgeSum(i, Rows(a, shape.RowBytes, At(i / (int)shape.N)).Span, Rows(b, shape.RowBytes, At(i % (int)shape.N)).Span, tree, partials, buffers[0][i]);
            }
        }
    }

    // Layer 2 takes batch s - 1 while layer 1 takes batch s; each row passes through both, quantised anew between them.
    private void JudgePipeline()
    {
        MatmulShape first = tried.Shape with { N = ShardedCase.HiddenWidth };
        MatmulShape second = tried.Shape with { K = ShardedCase.HiddenWidth };
        byte[] a = Operand(OperandSide.A, first, tried.Data);
        byte[] weights = Operand(OperandSide.B, first, tried.Data);
        byte[] nextWeights = Operand(OperandSide.B, second, tried.Data with { Seed = CaseRandom.Derive(tried.Data.Seed, SecondLayer) });
        float[] hidden = Call(first, a, weights);
        byte[] quantised = Quantise(hidden);
        float[] whole = Call(second, quantised, nextWeights);
        List<float[]> hiddenParts = [];
        List<float[]> parts = [];
        for (int tick = 0; tick <= tried.Shards; tick++)
        {
            float[]? passed = tick > 0 ? hiddenParts[tick - 1] : null;
            if (tick < tried.Shards)
            {
                ShardRange rows = ShardRange.Of(first.M, tried.Shards, tick);
                hiddenParts.Add(rows.Count > 0 ? Call(first with { M = rows.Count }, Rows(a, first.RowBytes, rows), weights) : []);
            }

            if (passed is { Length: > 0 })
            {
                parts.Add(Call(second with { M = (ulong)passed.Length / ShardedCase.HiddenWidth }, Quantise(passed), nextWeights));
            }
        }

        CompareBits("layer 1 y", first, a, weights, hidden, [.. hiddenParts.SelectMany(part => part)]);
        if (deviation is null && !isOthersMatter)
        {
            CompareBits("layer 2 y", second, quantised, nextWeights, whole, [.. parts.SelectMany(part => part)]);
        }
    }

    private float[] Call(MatmulShape shape, ReadOnlyMemory<byte> a, ReadOnlyMemory<byte> b)
    {
        using MatmulRun run = new(new MatmulCase(trial.Clause, shape, new LiteralOperands(a, b)), trial.Device);
        MatmulEvidence evidence = MatmulTrial.Call(trial, run);
        float[] output = new float[shape.M * shape.N];
        if (evidence.Error is null)
        {
            byte[] bytes = run.CopyOutput();
            for (int i = 0; i < output.Length; i++)
            {
                output[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
            }
        }
        else if (MatmulTrial.CompareAnswer(null, evidence.Error) is Deviation refused)
        {
            deviation ??= refused with { Message = $"a product of {shape} {refused.Message}" };
        }

        return output;
    }

    private void AllReduce(float[][] buffers)
    {
        ICollectiveDevice device = (ICollectiveDevice)trial.Device;
        DeviceError? error;
        using (CallClock.Enter())
        {
            device.FormTopology(tried.Shards);
            error = device.AllReduce(ReduceOp.Sum, [.. buffers.Select(buffer => buffer.AsMemory())]);
        }

        trial.Record.Answers?.Add(NumberText.Of(error));
        foreach (float[] buffer in buffers)
        {
            trial.Record.Answers?.Add(string.Join(' ', buffer.Select(NumberText.Of)));
        }

        deviation ??= MatmulTrial.CompareAnswer(null, error) is Deviation refused ? refused with { Message = "AllReduce of the partial products " + refused.Message } : null;
    }

    private void CompareBits(string name, MatmulShape shape, byte[] a, byte[] b, float[] whole, float[] joined)
    {
        if (deviation is not null)
        {
            return;
        }

        for (int i = 0; i < whole.Length; i++)
        {
            Judged++;
            if (CollectiveTrial.SameBits(whole[i], joined[i]))
            {
                continue;
            }

            (int row, int column) = Math.DivRem(i, (int)shape.N);
            ExactElement exact = ExactProduct.Element(
                ExactRow.Decode(Rows(a, shape.RowBytes, At(row)).Span, Claim.Weights), ExactRow.Decode(Rows(b, shape.RowBytes, At(column)).Span, Claim.Weights));
            if (IsWrong(exact, whole[i]) || IsWrong(exact, joined[i]))
            {
                isOthersMatter = true;
                return;
            }

            deviation ??= new Deviation(
                string.Create(CultureInfo.InvariantCulture, $"{name}[{row},{column}] = {joined[i]:R} in {tried.Shards} shards, {whole[i]:R} in one piece ({tried.Sharding.ToString().ToLowerInvariant()})"),
                NumberText.Of(whole[i]),
                NumberText.Of(joined[i]))
            {
                Element = ((ulong)row, (ulong)column),
            };
        }
    }

    private void JudgeSum(int element, ReadOnlySpan<byte> rowA, ReadOnlySpan<byte> rowB, ReductionTree tree, List<float[]> partials, float actual)
    {
        ExactElement exact = ExactProduct.Element(ExactRow.Decode(rowA, Claim.Weights), ExactRow.Decode(rowB, Claim.Weights));
        IReadOnlyList<ExactElement> exactPartials = ShardedMatmul.Partials(rowA, rowB, Claim.Weights, tried.Shards);
        ElementJudgement judgement = ShardedBound.Judge(Claim, tree, exact, exactPartials, actual);
        Judged += judgement.Acceptance == Acceptance.NotExercised ? 0UL : 1;
        if (judgement.Acceptance != Acceptance.Rejected)
        {
            return;
        }

        if (exactPartials.Zip(partials).Any(pair => IsWrong(pair.First, pair.Second[element])))
        {
            isOthersMatter = true;
            return;
        }

        (int row, int column) = Math.DivRem(element, (int)tried.Shape.N);
        deviation ??= new Deviation(
            string.Create(
                CultureInfo.InvariantCulture,
                $"y[{row},{column}] = {actual:R} from {tried.Shards} shards along k, exact {NumberText.Of(exact.Value)} +- {NumberText.Short(judgement.Bound)} (class {Claim}, reduced as {tree})"),
            NumberText.Of(exact.Value.ToSingle()),
            NumberText.Of(actual))
        {
            Element = ((ulong)row, (ulong)column),
        };
    }

    private bool IsWrong(in ExactElement exact, float actual) => Claim.Judge(exact, actual).Acceptance == Acceptance.Rejected;

    private static byte[] Operand(OperandSide side, MatmulShape shape, GeneratedOperands data)
    {
        byte[] rows = new byte[(int)(side == OperandSide.A ? shape.ABytes : shape.BBytes)];
        for (int row = 0; row < rows.Length / shape.RowBytes; row++)
        {
            data.FillRow(shape, side, (ulong)row, rows.AsSpan(row * shape.RowBytes, shape.RowBytes));
        }

        return rows;
    }

    private static ShardRange At(int row) => new((ulong)row, 1);

    private static ReadOnlyMemory<byte> Rows(byte[] operand, int rowBytes, ShardRange rows) =>
        operand.AsMemory((int)rows.Start * rowBytes, (int)rows.Count * rowBytes);

    private static byte[] Blocks(byte[] operand, int rowBytes, ShardRange blocks)
    {
        (int start, int length) = ((int)blocks.Start * Q4KLayout.BlockBytes, (int)blocks.Count * Q4KLayout.BlockBytes);
        byte[] cut = new byte[operand.Length / rowBytes * length];
        for (int row = 0; row < operand.Length / rowBytes; row++)
        {
            operand.AsSpan((row * rowBytes) + start, length).CopyTo(cut.AsSpan(row * length));
        }

        return cut;
    }

    private static byte[] Quantise(float[] hidden)
    {
        byte[] blocks = new byte[hidden.Length / Q4KLayout.BlockWeights * Q4KLayout.BlockBytes];
        Q4KEncoder.Encode(hidden, blocks);
        return blocks;
    }
}
