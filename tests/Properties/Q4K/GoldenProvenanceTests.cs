using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Q4K;

/// <summary>golden/q4k/README.md says where the vectors come from and which bytes they are.</summary>
public sealed partial class GoldenProvenanceTests
{
    [Fact]
    public void Every_vector_file_has_the_length_and_hash_that_its_README_states()
    {
        string folder = RepositoryRoot.File("golden/q4k");
        string readme = File.ReadAllText(Path.Combine(folder, "README.md"));
        string[] stated = [.. Row().Matches(readme).Select(row => $"{row.Groups[1].Value} {row.Groups[2].Value} {row.Groups[3].Value}").Order(StringComparer.Ordinal)];
        string[] actual =
        [
            .. Directory.GetFiles(folder)
                .Where(path => Path.GetExtension(path) is ".bin" or ".gguf")
                .Select(path => (Name: Path.GetFileName(path), Bytes: File.ReadAllBytes(path)))
                .Select(file => $"{file.Name} {file.Bytes.Length} {Convert.ToHexStringLower(SHA256.HashData(file.Bytes))}")
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(actual, stated);
        Assert.Equal(3, actual.Length);
    }

    [GeneratedRegex(@"^\| (\S+) \| (\d+) \| ([0-9a-f]{64}) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
