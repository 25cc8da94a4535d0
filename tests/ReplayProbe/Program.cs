using System.Globalization;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Spanker.Conformance.Tests.ReplayProbe;

// Prints what the hardware path has. With a number of threads, reads tokens with their devices from standard input, a line each, replays them on that many
// threads, and prints a digest for each token, in the order given. With "codec SEED", prints the codec's paths and the digest of what they make.
Console.WriteLine(
    $"Vector128={Vector128.IsHardwareAccelerated} Vector256={Vector256.IsHardwareAccelerated} Vector512={Vector512.IsHardwareAccelerated} "
    + $"Sse42={Sse42.IsSupported} Fma={Fma.IsSupported} Avx2={Avx2.IsSupported} Avx512F={Avx512F.IsSupported}");
if (args[0] == "codec")
{
    Console.WriteLine(CodecDigest.Paths);
    Console.WriteLine(CodecDigest.Of(ulong.Parse(args[1], CultureInfo.InvariantCulture)));
    return;
}

int threads = int.Parse(args[0], CultureInfo.InvariantCulture);
List<string> tokens = [];
while (Console.ReadLine() is string line)
{
    tokens.Add(line);
}

string[] digests = new string[tokens.Count];
Parallel.For(0, tokens.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => digests[i] = ReplayDigest.Of(tokens[i]));
foreach (string digest in digests)
{
    Console.WriteLine(digest);
}
