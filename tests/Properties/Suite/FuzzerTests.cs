using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Zoo;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Suite;

/// <summary>The search for failing shapes and bytes: finds what is wrong, invents nothing, and can be repeated.</summary>
public sealed class FuzzerTests : IDisposable
{
    // No test waits for it; the number of cases is the limit.
    private static readonly TimeSpan Ample = TimeSpan.FromMinutes(10);

    private readonly string folder = Directory.CreateTempSubdirectory("fuzzer-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void One_seed_makes_the_same_cases_in_two_generators()
    {
        FuzzCaseGenerator first = Generator("sim:cards=8", seed: 7);
        FuzzCaseGenerator second = Generator("sim:cards=8", seed: 7);

        Assert.Equal(Tokens(first, 400), Tokens(second, 400));
    }

    [Fact]
    public void A_case_does_not_depend_on_those_made_before_it()
    {
        FuzzCaseGenerator generator = Generator("sim:cards=8", seed: 7);
        string alone = Generator("sim:cards=8", seed: 7).Make(399).Token;

        Assert.Equal(alone, Tokens(generator, 400)[399]);
    }

    [Fact]
    public void Another_seed_makes_other_cases()
    {
        Assert.Empty(Tokens(Generator("sim:cards=8", seed: 7), 200).Where(t => t.Contains("-lit-", StringComparison.Ordinal))
            .Intersect(Tokens(Generator("sim:cards=8", seed: 8), 200)));
    }

    [Fact]
    public void Every_case_survives_its_token()
    {
        string[] tokens = Tokens(Generator("sim:cards=8", seed: 3), 600);

        Assert.Equal(tokens, tokens.Select(token => CaseToken.Parse(token).Token));
    }

    [Fact]
    public void Cases_are_made_for_every_clause_that_has_a_check_and_applies()
    {
        using IDevice device = DeviceCatalog.Resolve("sim:cards=8").Open();
        JudgingTerms terms = JudgingTerms.Of(device.Description);
        IEnumerable<string> applicable = CheckCatalogue.All.Select(c => c.Clause)
            .Where(id => Applicability.Rule(RequirementCatalogue.Find(id)!, device, terms) is null);

        HashSet<string> made = [.. Enumerable.Range(0, 1500).Select(i => Generator("sim:cards=8", seed: 1).Make((ulong)i).Clause)];

        Assert.Equal(applicable.Order(StringComparer.Ordinal), made.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("nibble-top-bit-lost", "MM-1")]
    [InlineData("row-off-by-one", "MM-2")]
    [InlineData("wrong-for-33-columns", "MM-2")]
    [InlineData("wrong-for-17-blocks", "MM-2")]
    [InlineData("f16-output-for-deep-k", "NUM-3")]
    [InlineData("last-block-dropped", "MM-13")]
    public void A_faulty_device_is_found_and_the_finding_has_the_shape_that_the_zoo_declares(string name, string clause)
    {
        FaultyEntry entry = ZooCatalog.Faulty.Single(e => e.Name == name);

        FuzzResult result = Fuzzer.Run(new FuzzOptions(entry, Seed: 1, Ample) { MostCases = 1200, Filter = new ClauseFilter(clause) });

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(entry.MinimalShape, result.Findings.Where(f => f.Clause == clause).Select(f => f.Case.ShapeText));
    }

    [Theory]
    [InlineData("sim:class=exact")]
    [InlineData("sim:class=f32")]
    [InlineData("sim:class=subblock-int")]
    [InlineData("sim:class=f16-accumulate")]
    [InlineData("sim:class=bf16-accumulate")]
    [InlineData("sim:class=q8k")]
    [InlineData("mock")]
    public void A_right_device_yields_no_finding(string spec)
    {
        FuzzResult result = Fuzzer.Run(new FuzzOptions(DeviceCatalog.Resolve(spec), Seed: 2, Ample) { MostCases = 300 });

        Assert.Empty(result.Findings.Select(f => $"{f.Clause} {f.Deviation.Message} {f.Case.Token}"));
        Assert.Empty(result.Failures.Select(f => $"{f.Case.Token} {f.Reason}"));
        Assert.Equal((300UL, 0), (result.Cases, result.ExitCode));
    }

    [Fact]
    public void The_number_of_threads_changes_no_finding()
    {
        FuzzOptions options = new(ZooCatalog.Find("transposed")!, Seed: 5, Ample) { MostCases = 256, Filter = new ClauseFilter("MM-2") };

        FuzzResult one = Fuzzer.Run(options with { Threads = 1 });
        FuzzResult two = Fuzzer.Run(options with { Threads = 2 });

        Assert.Equal(one.Findings.Select(f => (f.Case.Token, f.CaseNumber)), two.Findings.Select(f => (f.Case.Token, f.CaseNumber)));
        Assert.NotEmpty(one.Findings);
    }

    [Fact]
    public void Failures_that_shrink_to_one_shape_and_place_are_one_finding()
    {
        FuzzResult result = Fuzzer.Run(
            new FuzzOptions(ZooCatalog.Find("wrong-for-33-columns")!, Seed: 1, Ample) { MostCases = 1200, Filter = new ClauseFilter("MM-2") });

        Assert.True(result.Broken > 1, "one failure alone says nothing about duplicates");
        Assert.Single(result.Findings);
    }

    [Fact]
    public void A_finding_is_kept_in_the_corpus_as_a_token_that_names_its_device()
    {
        FuzzFinding finding = Assert.Single(SearchWithCorpus("wrong-for-33-columns", cases: 1200).Findings);

        Assert.Equal(folder, Path.GetDirectoryName(finding.File));
        Assert.Matches("^MM-2-[0-9a-f]{16}\\.case$", Path.GetFileName(finding.File)!);
        Assert.Equal(finding.Case.Token + "@fault:wrong-for-33-columns\n", File.ReadAllText(finding.File!));
    }

    [Fact]
    public void What_the_corpus_holds_is_found_again_before_any_random_case()
    {
        FuzzFinding first = Assert.Single(SearchWithCorpus("wrong-for-33-columns", cases: 1200).Findings);

        FuzzResult again = SearchWithCorpus("wrong-for-33-columns", cases: 1);

        FuzzFinding found = Assert.Single(again.Findings);
        Assert.Equal((first.Case.Token, null, first.File), (found.Case.Token, found.CaseNumber, found.File));
        Assert.Equal(1, again.Replayed);
    }

    [Fact]
    public void A_corpus_whose_cases_a_device_passes_is_replayed_without_a_finding()
    {
        SearchWithCorpus("wrong-for-33-columns", cases: 1200);

        FuzzResult repaired = Fuzzer.Run(new FuzzOptions(DeviceCatalog.Resolve("sim"), Seed: 1, Ample) { MostCases = 1, Corpus = FuzzCorpus.Open(folder) });

        Assert.Equal((1, 0, 0), (repaired.Replayed, repaired.Findings.Count, repaired.ExitCode));
    }

    [Fact]
    public void A_damaged_corpus_file_is_named()
    {
        string file = Path.Combine(folder, "MM-2-0.case");
        File.WriteAllText(file, "mm2-g1-m1n1\n");

        FormatException damaged = Assert.Throws<FormatException>(() => FuzzCorpus.Open(folder));

        Assert.StartsWith($"corpus file '{file}': token 'mm2-g1-m1n1'", damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_ends_the_search_incomplete_with_what_was_found()
    {
        using CancellationTokenSource interrupt = new();
        FuzzOptions options = new(ZooCatalog.Find("transposed")!, Seed: 1, Ample);

        FuzzResult result = Fuzzer.Run(options, progress => interrupt.CancelAfter(progress.Latest is null ? -1 : 0), interrupt.Token);

        Assert.Equal((false, 3), (result.IsComplete, result.ExitCode));
        Assert.NotEmpty(result.Findings);
    }

    [Fact]
    public void A_call_that_does_not_end_is_a_finding_of_PROC_1()
    {
        using HangingDevice device = new();

        FuzzResult result = Fuzzer.Run(new FuzzOptions(device, Seed: 1, Ample)
        {
            MostCases = 4,
            Filter = new ClauseFilter("MM-2"),
            TimeoutPerCase = TimeSpan.FromMilliseconds(50),
        });

        Assert.Contains("PROC-1", result.Findings.Select(f => f.Clause));
    }

    [Fact]
    public void A_check_that_fails_leaves_the_search_without_a_verdict()
    {
        FuzzResult result = Fuzzer.Run(new FuzzOptions(new ThrowingDevice(), Seed: 1, Ample) { MostCases = 4, Filter = new ClauseFilter("MM-2") });

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("broken on purpose", result.Failures[0].Reason, StringComparison.Ordinal);
    }

    private FuzzResult SearchWithCorpus(string name, ulong cases) => Fuzzer.Run(new FuzzOptions(ZooCatalog.Find(name)!, Seed: 1, Ample)
    {
        MostCases = cases,
        Filter = new ClauseFilter("MM-2"),
        Corpus = FuzzCorpus.Open(folder),
    });

    private static FuzzCaseGenerator Generator(string spec, ulong seed)
    {
        using IDevice device = DeviceCatalog.Resolve(spec).Open();
        return new FuzzCaseGenerator(seed, device, JudgingTerms.Of(device.Description), ClauseFilter.Everything);
    }

    private static string[] Tokens(FuzzCaseGenerator generator, int count) => [.. Enumerable.Range(0, count).Select(i => generator.Make((ulong)i).Token)];

    /// <summary>A device whose calls wait until it is disposed of as a source.</summary>
    private sealed class HangingDevice : IDeviceSource, IMatmulDevice
    {
        private readonly ManualResetEventSlim end = new();

        public string Spec => "hanging";

        public DeviceDescription Description { get; } = new() { Name = "hanging" };

        public IDevice Open() => new Opened(this);

        public DeviceError? MatmulQ4K(in MatmulCall call)
        {
            end.Wait();
            return null;
        }

        public void Dispose() => end.Set();

        private sealed class Opened(HangingDevice owner) : IMatmulDevice
        {
            public DeviceDescription Description => owner.Description;

            public DeviceError? MatmulQ4K(in MatmulCall call) => owner.MatmulQ4K(call);

            public void Dispose()
            {
            }
        }
    }

    private sealed class ThrowingDevice : IDeviceSource, IMatmulDevice
    {
        public string Spec => "throwing";

        public DeviceDescription Description { get; } = new() { Name = "throwing" };

        public IDevice Open() => this;

        public DeviceError? MatmulQ4K(in MatmulCall call) => throw new InvalidOperationException("broken on purpose");

        public void Dispose()
        {
        }
    }
}
