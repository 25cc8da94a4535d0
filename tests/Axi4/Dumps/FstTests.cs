using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Tests.Support;
using Spanker.Conformance.Vcd;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Dumps;

/// <summary>FST files through GTKWave's fst2vcd.</summary>
public sealed class FstTests : IDisposable
{
    private readonly FstFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("icarus.vcd")]
    [InlineData("verilator.vcd")]
    [InlineData("icarus-gap.vcd")]
    public void An_FST_file_gives_the_verdict_of_the_VCD_file_that_it_was_made_of(string name)
    {
        string vcd = RepositoryRoot.File($"golden/axi4/vcd/{name}");
        string fst = folder.Convert(vcd, "dump.fst");

        BusVerdict expected = Check(vcd);
        BusVerdict seen = Check(fst);

        Assert.Equal(expected.Interface.ToString(), seen.Interface.ToString());
        Assert.Equal(expected.Verdict.Rules.Select(rule => (rule.Rule.Id, rule.Outcome, rule.Armed)), seen.Verdict.Rules.Select(rule => (rule.Rule.Id, rule.Outcome, rule.Armed)));
        Assert.Equal((expected.Verdict.Cycles, expected.Incomplete), (seen.Verdict.Cycles, seen.Incomplete));
    }

    [Fact]
    public void The_reader_says_that_it_has_no_VCD_before_it_and_what_makes_it()
    {
        string fst = folder.Convert(RepositoryRoot.File("golden/axi4/vcd/icarus.vcd"), "dump.vcd");
        using FileStream file = VcdReader.OpenFile(fst);

        Assert.Contains("fst2vcd makes it from FST", Assert.Throws<VcdException>(() => new VcdReader(file)).Message, StringComparison.Ordinal);
    }

    // A folder's time is that of the last file that was made or removed in it.
    [Fact]
    public void Nothing_is_written_beside_the_file()
    {
        string fst = folder.Traffic("traffic.fst");
        DateTime before = folder.LastWrite;

        _ = Check(fst);

        Assert.Equal(before, folder.LastWrite);
        Assert.Equal(["traffic.fst"], folder.Files);
    }

    [Fact]
    public void A_stream_that_is_closed_early_leaves_nothing_beside_the_file()
    {
        string fst = folder.Traffic("traffic.fst");
        using (Stream text = DumpFile.Open(fst, CancellationToken.None))
        {
            Assert.Equal('$', text.ReadByte());
        }

        Assert.Equal(["traffic.fst"], folder.Files);
    }

    [Fact]
    public void A_stream_that_is_cancelled_ends_in_the_middle()
    {
        string fst = folder.Traffic("traffic.fst");
        using CancellationTokenSource source = new();
        using Stream text = DumpFile.Open(fst, source.Token);
        Assert.Equal('$', text.ReadByte());
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => text.CopyTo(Stream.Null));
        Assert.Equal(["traffic.fst"], folder.Files);
    }

    // Cut to its first 1000 bytes the file has a header and nothing that can be read.
    [Fact]
    public void A_cut_FST_file_is_refused_in_the_words_of_the_converter_and_by_its_own_name()
    {
        string fst = folder.Traffic("cut.fst");
        File.WriteAllBytes(fst, File.ReadAllBytes(fst)[..1000]);

        string message = Assert.Throws<VcdException>(() => Check(fst)).Message;

        Assert.Equal("fst2vcd ended with exit code 255 (Could not open 'cut.fst', exiting.); expected an FST file that it can read", message);
    }

    [Fact]
    public void Damaged_FST_files_end_in_a_verdict_or_in_one_line()
    {
        byte[] whole = File.ReadAllBytes(folder.Convert(RepositoryRoot.File("golden/axi4/vcd/icarus.vcd"), "dump.fst"));
        int refused = 0;
        SplitMix64 random = new(1);
        for (int damage = 0; damage < 25; damage++)
        {
            byte[] bytes = [.. whole];

            // Not the first byte, without which it is no FST file.
            bytes[1 + random.Below(bytes.Length - 1)] ^= (byte)(1 << random.Below(8));
            File.WriteAllBytes(folder.File("dump.fst"), bytes);
            try
            {
                _ = VcdBusCheck.Check(() => DumpFile.Open(folder.File("dump.fst"), CancellationToken.None), map: null, AxiCheckOptions.Default, keepsTransactions: false, CancellationToken.None);
            }
            catch (VcdException wrong)
            {
                refused++;
                Assert.DoesNotContain('\n', wrong.Message);
            }
        }

        Assert.InRange(refused, 1, 25);
        Assert.Equal(["dump.fst"], folder.Files);
    }

    private static BusVerdict Check(string path) =>
        Assert.Single(VcdBusCheck.Check(() => DumpFile.Open(path, CancellationToken.None), map: null, AxiCheckOptions.Default, keepsTransactions: false, CancellationToken.None));
}
