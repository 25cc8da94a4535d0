using System.Buffers.Binary;
using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Suite.Gguf;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Suite;

/// <summary>MM-13 on golden/q4k/sample.gguf: blk.0.ffn_up.weight, 1024 rows of 512 weights that GGML quantized.</summary>
public sealed class RealWeightsTests : IDisposable
{
    private const int RowBytes = 2 * 144;
    private readonly GgufFile file = GgufFile.Open(RepositoryRoot.File("golden/q4k/sample.gguf"));
    private readonly RealWeights weights;

    public RealWeightsTests()
    {
        GgufTensor tensor = file.Find("blk.0.ffn_up.weight")!;
        weights = new RealWeights(tensor.Name, tensor.Rows, tensor.RowLength, file.TensorData(tensor));
    }

    public static TheoryData<Profile> Profiles => [Profile.Quick, Profile.Release, Profile.Certify];

    public void Dispose() => file.Dispose();

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Every_row_of_the_tensor_occurs_in_exactly_one_case(Profile profile)
    {
        IEnumerable<ulong> rows = Cases(profile).SelectMany(c =>
            Enumerable.Range(0, (int)c.Shape.M).Select(row => ((RealOperands)c.Data).FirstRow + (ulong)row));
        Assert.Equal(Enumerable.Range(0, 1024).Select(row => (ulong)row), rows);
    }

    [Fact]
    public void The_rows_of_A_are_the_file_s_bytes()
    {
        // 736 + 1728: where the data section begins, and the tensor in it.
        byte[] bytes = File.ReadAllBytes(RepositoryRoot.File("golden/q4k/sample.gguf"));
        byte[] row = new byte[RowBytes];
        foreach (MatmulCase tried in Cases(Profile.Quick))
        {
            for (ulong i = 0; i < tried.Shape.M; i++)
            {
                tried.Data.FillRow(tried.Shape, OperandSide.A, i, row);
                int at = 736 + 1728 + ((int)(((RealOperands)tried.Data).FirstRow + i) * RowBytes);
                Assert.True(bytes.AsSpan(at, RowBytes).SequenceEqual(row), $"row {((RealOperands)tried.Data).FirstRow + i}");
            }
        }
    }

    [Fact]
    public void A_right_device_conforms_on_every_row()
    {
        RunResult result = ConformanceRun.Run(Options(DeviceCatalog.Resolve("sim")));
        RequirementResult clause = Assert.Single(result.Devices[0].Requirements, r => r.Requirement.Id == "MM-13");
        Assert.Equal((0, Outcome.Conforms), (result.ExitCode, clause.Outcome));
        Assert.Equal(16, clause.Reached.Count(edge => edge.StartsWith("real weights, rows", StringComparison.Ordinal)));
        Assert.Contains("real weights, rows 960 to 1023", clause.Reached);
    }

    [Theory]
    [InlineData("exact")]
    [InlineData("f32")]
    [InlineData("subblock-int")]
    [InlineData("f16-accumulate")]
    [InlineData("bf16-accumulate")]
    [InlineData("q8k")]
    public void A_device_of_any_class_that_writes_zeros_for_one_row_is_caught(string arithmetic)
    {
        byte[] bytes = weights.Bytes.Slice(517 * RowBytes, RowBytes).ToArray();
        RunResult result = ConformanceRun.Run(Options(new StagedSource("zero-row", () => new StagedSail("class=" + arithmetic)
        {
            After = call =>
            {
                for (ulong i = 0; call.K == 512 && i < call.M; i++)
                {
                    if (call.A.Slice(i * RowBytes, RowBytes).SequenceEqual(bytes))
                    {
                        call.Output.Slice(i * call.N * sizeof(float), (int)call.N * sizeof(float)).Clear();
                    }
                }
            },
        })));
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public void A_run_on_real_weights_whose_only_device_computes_nothing_ends_with_exit_code_3()
    {
        RunResult result = ConformanceRun.Run(Options(DeviceCatalog.Resolve("mock")) with { Filter = ClauseFilter.Everything });
        Assert.True(result.LeavesWeightsOut);
        Assert.Equal(3, result.ExitCode);
    }

    [Fact]
    public void A_run_on_real_weights_whose_filter_leaves_them_out_ends_with_exit_code_3() =>
        Assert.Equal(3, ConformanceRun.Run(Options(DeviceCatalog.Resolve("sim")) with { Filter = new ClauseFilter("MM-3") }).ExitCode);

    [Theory]
    [InlineData(517)]
    [InlineData(0)]
    [InlineData(1023)]
    public void A_device_that_is_wrong_in_one_row_is_caught_and_the_row_is_named(int row)
    {
        RunResult result = ConformanceRun.Run(Options(WrongInRow(row)));
        Failure failure = Assert.Single(Assert.Single(result.Devices).Failures);
        Assert.Equal((1, "MM-13"), (result.ExitCode, failure.Clause));
        Assert.Contains($"row {row} of tensor blk.0.ffn_up.weight", failure.Where, StringComparison.Ordinal);
        Assert.DoesNotContain($"row {row + 1} of tensor", failure.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_of_real_weights_reads_back_with_its_tensor() =>
        Assert.All(Cases(Profile.Quick), tried => Assert.Equal(tried, CaseToken.Parse(tried.Token, weights)));

    [Fact]
    public void A_token_of_real_weights_is_refused_with_another_tensor()
    {
        GgufTensor other = file.Find("blk.0.attn_q.weight")!;
        RealWeights wrong = new(other.Name, other.Rows, other.RowLength, file.TensorData(other));
        FormatException refusal = Assert.Throws<FormatException>(() => CaseToken.Parse(Cases(Profile.Quick)[0].Token, wrong));
        Assert.Contains("fingerprint", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_that_reaches_beyond_the_tensor_is_refused()
    {
        MatmulCase last = Cases(Profile.Quick)[^1];
        string beyond = last.Token.Replace(".960-", ".961-", StringComparison.Ordinal);
        Assert.NotEqual(last.Token, beyond);
        Assert.Contains("the tensor has 1024 rows of 512", Assert.Throws<FormatException>(() => CaseToken.Parse(beyond, weights)).Message, StringComparison.Ordinal);
    }

    private RunOptions Options(IDeviceSource source) =>
        new(new CasePlan(1, Profile.Quick, weights), [source]) { Filter = new ClauseFilter("MM-13"), Threads = 2 };

    private List<MatmulCase> Cases(Profile profile) =>
        [.. CheckCatalogue.Find("MM-13")!.Cases(new CasePlan(1, profile, weights)).Cast<MatmulCase>().Where(c => c.Data is RealOperands)];

    /// <summary>Right but for the results of one row of the tensor, known by its bytes, which come out a thousandth too large.</summary>
    private StagedSource WrongInRow(int row)
    {
        byte[] bytes = weights.Bytes.Slice((ulong)row * RowBytes, RowBytes).ToArray();
        return new StagedSource("wrong-row", () => new StagedSail
        {
            After = call =>
            {
                for (ulong i = 0; call.K == 512 && i < call.M; i++)
                {
                    if (call.A.Slice(i * RowBytes, RowBytes).SequenceEqual(bytes))
                    {
                        Enlarge(call.Output.Slice(i * call.N * sizeof(float), (int)call.N * sizeof(float)));
                    }
                }
            },
        });
    }

    private static void Enlarge(Span<byte> results)
    {
        for (int at = 0; at < results.Length; at += sizeof(float))
        {
            BinaryPrimitives.WriteSingleLittleEndian(results[at..], BinaryPrimitives.ReadSingleLittleEndian(results[at..]) * 1.001f);
        }
    }
}
