using System.Text;

namespace VerifyTests;

/// <summary>Compares a text with a golden file, byte for byte: LF, UTF-8 without BOM.</summary>
public static class GoldenFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Passes when the golden file holds exactly <paramref name="text"/> (whose line ends may be of any kind), and then removes a received file left by an earlier run.
    /// Otherwise the text becomes the golden file if <paramref name="accept"/> is on, and the received file beside a <see cref="VerifyException"/> if not.
    /// </summary>
    public static void Check(GoldenName name, string text, AcceptSwitch accept)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(text);
        byte[] actual = Strict.GetBytes(text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'));
        byte[]? expected = File.Exists(name.VerifiedPath) ? File.ReadAllBytes(name.VerifiedPath) : null;
        if (expected is not null && actual.AsSpan().SequenceEqual(expected))
        {
            File.Delete(name.ReceivedPath);
            return;
        }

        Directory.CreateDirectory(name.Directory);
        if (accept.IsOn)
        {
            File.WriteAllBytes(name.VerifiedPath, actual);
            File.Delete(name.ReceivedPath);
            return;
        }

        File.WriteAllBytes(name.ReceivedPath, actual);
        string what = expected is null
            ? $"There is no golden file {name.VerifiedPath}"
            : $"{name.VerifiedPath} is not what the test produced: {GoldenDifference.Describe(expected, actual)}";
        throw new VerifyException(
            $"{what}\nreceived: {name.ReceivedPath}\nread it, and if it is right run the test again with {AcceptSwitch.Variable}=1 (not under CI).");
    }
}
