using FsCheck.Xunit;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Suite;

public sealed class CaseTokenTests
{
    /// <summary>Tokens that must be refused, with words that the one line says. Each is one step from a token that is right.</summary>
    public static TheoryData<string, string> Hostile => new()
    {
        { "", "begins with no clause" },
        { "-", "begins with no clause" },
        { "mm99-g1-m1n1k256-dense-s1", "begins with no clause" },
        { "MM13-g1-m1n1k256-dense-s1", "begins with no clause" },
        { "mm13", "malformed at 'the end'" },
        { "mm13-g1", "malformed at 'g1'" },
        { "mm13-g2-m1n1k256-dense-s1", "generator version g1" },
        { "mm13-g1-", "malformed" },
        { "mm13-g1-m1n1k256", "malformed at 'the end'" },
        { "mm13-g1-m1n1-dense-s1", "malformed at 'm1n1'" },
        { "mm13-g1-m-1n1k256-dense-s1", "malformed" },
        { "mm13-g1-m18446744073709551616n1k256-dense-s1", "beyond 64 bits" },
        { "mm13-g1-m01n1k256-dense-s1", "not as it was printed" },
        { "mm13-g1-m1n1k256\n-dense-s1", "not as it was printed" },
        { "mm13-g1-m1n1k256-nosuch-s1", "names no known operands" },
        { "mm13-g1-m1n1k256-dense-1", "malformed at '1'" },
        { "mm13-g1-m1n1k256-dense-s", "malformed at 's'" },
        { "mm13-g1-m1n1k256-dense-sxyz", "malformed at 'sxyz'" },
        { "mm13-g1-m1n1k256-dense-s11111111111111111", "malformed" },
        { "mm13-g1-m1n1k256-dense-s01", "not as it was printed" },
        { "mm13-g1-m1n1k256-dense-s1-s2", "malformed" },
        { "mm13-g1-m1n1k256-dense-s1@sim", "malformed at 's1@sim'" },
        { "mm13-g1-m99999999n99999999k256-dense-s1", "can be laid out" },
        { "mm13-g1-m60000000n1k256-dense-s1", "bytes of buffers" },
        { "mm4-g1-m1n1k256-ap9223372036854775807-placement-s1", "can be laid out" },
        { "mm4-g1-m1n1k256-ap99999999999999999999-placement-s1", "malformed at 'ap99999999999999999999'" },
        { "mm4-g1-m1n1k256-ae9223372036854775807-placement-s1", "bytes of buffers" },
        { "mm4-g1-m1n1k256-ap0-placement-s1", "not as it was printed" },
        { "mm4-g1-m1n1k256-ap1-ap2-placement-s1", "not as it was printed" },
        { "mm13-g1-m14000000n1k256-lit--", "at most 16777216 can be given" },
        { "mm13-g1-m1n1k256-lit-AAE-", "damaged" },
        { "mm13-g1-m1n1k256-lit-*-", "damaged" },
        { "mm13-g1-m1n1k256-lit-A-", "damaged" },
        { "mm13-g1-m1n1k256-lit-_____w-", "damaged" },
        { "mm13-g1-m1n1k256-lit-_____wcB-", "damaged" },
        { "mm13-g1-m1n1k256-lit-kAEBAQ-", "damaged" },
        { "mm13-g1-m1n1k256-lit-AAEA-", "not as it was printed" },
        { "mm13-g1-m1n1k512-gguf.0123456789abcdef.0-s1", "--gguf FILE --tensor NAME" },
        { "mm13-g1-m1n1k512-gguf.0123456789abcdef-s1", "malformed" },
        { "mm13-g1-reduce0-c2-l1.1-exact-s1", "MM-13 has no such cases" },
        { "top1-g1-m1n1k256-dense-s1", "TOP-1 has no such cases" },
        { "drv2-g1-mesh-c3", "DRV-2 has no such cases" },
        { "axi6-g1-node", "AXI-6 has no such cases" },
        { "top1-g1-mesh-c257", "malformed" },
        { "top1-g1-mesh", "malformed" },
        { "drv2-g1-node-1", "malformed" },
        { "col7-g1-reduce-c2-l1.1-exact-s1", "malformed" },
        { "col7-g1-reduce99999999999-c2-l1.1-exact-s1", "malformed" },
        { "col7-g1-reduce0-c2-l1..1-exact-s1", "not as it was printed" },
        { "col7-g1-reduce0-c2-l1.1-nosuch-s1", "malformed" },
        { "col7-g1-reduce0-c2-l1.1-1-s1", "malformed" },
        { "col7-g1-reduce0-c2-l1.1--s1", "malformed" },
        { "col7-g1-reduce0-c2-l1.1-exact,special-s1", "not as it was printed" },
        { "col7-g1-reduce0-c2-l16777217.1-exact-s1", "elements" },
        { "col7-g1-reduce0-c2-l16777216.16777216-exact-s1", "elements" },
        { "col7-g1-reduce0-c2-l99999999999.1-exact-s1", "malformed" },
        { "col11-g1-reduce0-c2-l1.1-exact-s1", "COL-11 has no such cases" },
        { "col7-g1-columns-c2-m1n1k256-dense-s1", "COL-7 has no such cases" },
        { "col11-g1-rows-c2-m1n1k256-dense-s1", "malformed at 'rows'" },
        { "col11-g1-Columns-c2-m1n1k256-dense-s1", "malformed at 'Columns'" },
        { "col11-g1-columns-c2-m1n1-dense-s1", "malformed at 'm1n1'" },
        { "col11-g1-columns-c65-m1n1k256-dense-s1", "malformed at 'c65'" },
        { "col11-g1-columns-c0-m1n1k256-dense-s1", "no product in shards" },
        { "col11-g1-columns-c02-m1n1k256-dense-s1", "not as it was printed" },
        { "col11-g1-columns-c2-m0n1k256-dense-s1", "no product in shards" },
        { "col11-g1-depth-c2-m1n1k255-dense-s1", "no product in shards" },
        { "col11-g1-depth-c64-m4096n4096k256-dense-s1", "no product in shards" },
        { "col11-g1-pipeline-c2-m99999999n1k256-dense-s1", "no product in shards" },
        { "col11-g1-columns-c2-m18446744073709551615n18446744073709551615k18446744073709551360-dense-s1", "no product in shards" },
        { "col11-g1-columns-c2-m1n1k256-lit-s1", "names no known operands" },
        { "col11-g1-columns-c2-m1n1k256-dense-sg", "malformed at 'sg'" },
        { "sch1-g1-tile-m1n1k1e1-c1", "SCH-1 has no such cases" },
        { "sch2-g1-transfer-b1-r1", "SCH-2 has no such cases" },
        { "sch3-g1-rates", "SCH-3 has no such cases" },
        { "sch3-g1-tile-m1n1k1-c1", "malformed at 'm1n1k1'" },
        { "sch3-g1-tile-m1n1k1e1-d1", "malformed" },
        { "sch3-g1-tile-m1n1k1e18446744073709551616-c1", "beyond 64 bits" },
        { "sch3-g1-tile-m1n1k1e1-c18446744073709551616", "malformed" },
        { "sch3-g1-tile-m1n1k1e01-c1", "not as it was printed" },
        { "sch3-g1-transfer-b-r1", "malformed" },
        { "sch3-g1-transfer-b1-r-1", "malformed" },
    };

    [Theory]
    [InlineData(Profile.Quick, 1)]
    [InlineData(Profile.Quick, ulong.MaxValue)]
    [InlineData(Profile.Release, 2)]
    [InlineData(Profile.Certify, 3)]
    public void Every_planned_case_reads_back_from_its_token(Profile profile, ulong seed)
    {
        CasePlan plan = new(seed, profile) { MaxSails = 8 };
        Case[] cases = [.. CheckCatalogue.All.SelectMany(check => check.Cases(plan))];
        Assert.All(cases, tried => Assert.Equal(tried, CaseToken.Parse(tried.Token)));
        Assert.True(cases.Length > 400, $"only {cases.Length} cases");
    }

    [Fact]
    public void No_two_planned_cases_share_a_token()
    {
        CasePlan plan = new(1, Profile.Release) { MaxSails = 8 };
        Assert.Distinct(CheckCatalogue.All.SelectMany(check => check.Cases(plan)).Select(tried => tried.Token));
    }

    [Property]
    public bool Any_matmul_reads_back_from_its_token(uint m, uint n, byte blocks, int a, int b, ushort output, byte family, ulong seed)
    {
        MatmulCase tried = new(
            "MM-2",
            new MatmulShape(M: m % 3000, N: n % 3000, K: blocks),
            new GeneratedOperands(OperandFamilies.All[family % OperandFamilies.All.Count], seed))
        {
            ALength = BufferLength.Off(a % 5000),
            BLength = BufferLength.Off(b % 5000),
            OutputLength = BufferLength.Exactly(output),
        };
        return tried.Equals(CaseToken.Parse(tried.Token));
    }

    [Property]
    public bool Any_collective_reads_back_from_its_token(byte operation, byte sails, byte[] lengths, byte data, ulong seed)
    {
        CollectiveCase tried = new(
            "COL-1",
            operation % 5 == 0 ? null : operation,
            sails,
            new EquatableLengths(lengths.Select(length => (int)length)),
            (CollectiveData)(data % 3),
            seed);
        return tried.Equals(CaseToken.Parse(tried.Token));
    }

    [Property]
    public bool Any_tile_and_transfer_read_back_from_their_tokens(ulong m, ulong n, ulong k, ulong elementBytes, ulong cards)
    {
        Case[] tried =
        [
            new TileCase("SCH-2", new Tile(M: m, N: n, K: k, ElementBytes: elementBytes), cards),
            new TileCase("SCH-3", new Tile(M: ulong.MaxValue - m, N: n, K: ulong.MaxValue - k, ElementBytes: elementBytes), ulong.MaxValue - cards),
            new TransferCase("SCH-3", m, ulong.MaxValue - n),
        ];
        return tried.All(one => one.Equals(CaseToken.Parse(one.Token)));
    }

    [Property]
    public bool Any_product_in_shards_reads_back_from_its_token(byte sharding, byte shards, byte m, byte n, byte blocks, byte family, ulong seed)
    {
        ShardedCase tried = new(
            "COL-11",
            (Sharding)(sharding % 3),
            1 + (shards % ShardedCase.MostShards),
            new MatmulShape(M: 1UL + m, N: 1UL + n, K: 256 * (1UL + blocks)),
            new GeneratedOperands(OperandFamilies.All[family % OperandFamilies.All.Count], seed));
        return tried.CanBeDone && tried.Equals(CaseToken.Parse(tried.Token));
    }

    [Property]
    public bool Any_bytes_read_back_from_a_token(byte seed)
    {
        byte[] a = Sparse(seed, 2 * 144);
        byte[] b = Sparse((byte)(seed ^ 0x80), 3 * 144);
        MatmulCase tried = new("MM-13", new MatmulShape(M: 2, N: 3, K: 256), new LiteralOperands(a, b));
        return CaseToken.Parse(tried.Token) is MatmulCase { Data: LiteralOperands data } && data.A.Span.SequenceEqual(a) && data.B.Span.SequenceEqual(b);
    }

    [Property]
    public bool Any_bytes_survive_sparse_text(byte[] bytes, byte zeros)
    {
        byte[] whole = [.. bytes, .. new byte[zeros], .. bytes.Reverse(), .. new byte[zeros]];
        byte[] back = new byte[whole.Length];
        back.AsSpan().Fill(0xee);
        SparseBytes.Decode(SparseBytes.Encode(whole), back);
        return back.AsSpan().SequenceEqual(whole);
    }

    // By hand: two zeros, one other, 0x07 = bytes 02 01 07 = 000000 100000 000100 000111 = A g E H.
    [Fact]
    public void Sparse_text_is_runs_in_base_64_without_trailing_zeros() => Assert.Equal("AgEH", SparseBytes.Encode([0, 0, 7, 0, 0]));

    [Fact]
    public void Sparse_text_of_zeros_is_empty() => Assert.Equal(string.Empty, SparseBytes.Encode(new byte[1000]));

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_token_is_refused_in_one_line_that_says_why(string token, string words)
    {
        FormatException refusal = Assert.Throws<FormatException>(() => CaseToken.Parse(token));
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        Assert.True(refusal.Message.Length < 600, "the line is long");
        Assert.DoesNotContain('\n', refusal.Message.Replace("k256\n", "k256", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_token_is_refused_without_a_large_allocation(string token, string words)
    {
        Assert.NotEmpty(words);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<FormatException>(() => CaseToken.Parse(token));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Property]
    public bool A_damaged_token_is_a_case_or_a_FormatException(ushort at, byte with, byte which)
    {
        string[] tokens =
        [
            "mm4-g1-m2n3k512-ap1-be0-om4-placement-s1f", "col11-g1-pipeline-c3-m4n2k256-dense-s1f", "sch3-g1-tile-m1n20k3e4-c16", "sch3-g1-transfer-b10-r3",
        ];
        string token = tokens[which % tokens.Length];
        string damaged = string.Concat(token.AsSpan(0, at % token.Length), ((char)(32 + (with % 95))).ToString(), token.AsSpan((at % token.Length) + 1));
        try
        {
            return CaseToken.Parse(damaged).Token == damaged;
        }
        catch (FormatException)
        {
            return true;
        }
    }

    private static byte[] Sparse(byte seed, int length)
    {
        SplitMix64 random = new(seed);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = random.OneIn(1 + (seed % 40)) ? (byte)random.Below(256) : (byte)0;
        }

        return bytes;
    }
}
