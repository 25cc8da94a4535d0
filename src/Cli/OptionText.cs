using System.Globalization;
using System.Security.Cryptography;
using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Suite;

namespace Spanker.Conformance.Cli;

/// <summary>Reads the values of options; what cannot be read is a usage error that says what would be right.</summary>
internal static class OptionText
{
    /// <summary>The most threads that may be asked for.</summary>
    public const int MostThreads = 1024;

    private const double MostSeconds = 86_400;

    /// <summary>A seed: decimal, or hexadecimal behind 0x. Without one a fresh seed is drawn, which the command prints.</summary>
    public static ulong ParseSeed(string? text)
    {
        if (text is null)
        {
            Span<byte> drawn = stackalloc byte[sizeof(ulong)];
            RandomNumberGenerator.Fill(drawn);
            return System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(drawn);
        }

        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return ulong.TryParse(
            isHex ? text.AsSpan(2) : text, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
            ? seed
            : throw CommandException.Usage($"--seed '{text}' is no seed; write a number from 0 to {ulong.MaxValue}, or hexadecimal behind 0x");
    }

    /// <summary>A profile by name.</summary>
    public static Profile ParseProfile(string? text) => text switch
    {
        null or "quick" => Profile.Quick,
        "release" => Profile.Release,
        "certify" => Profile.Certify,
        _ => throw CommandException.Usage($"--profile '{text}' is unknown; profiles are quick, release, certify"),
    };

    /// <summary>A number of threads.</summary>
    public static int ParseThreads(string? text, int otherwise)
    {
        if (text is null)
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int threads) && threads is >= 1 and <= MostThreads
            ? threads
            : throw CommandException.Usage($"--threads '{text}' is no number of threads; write one from 1 to {MostThreads}");
    }

    /// <summary>A time in seconds.</summary>
    public static TimeSpan ParseSeconds(string option, string? text, TimeSpan otherwise)
    {
        if (text is null)
        {
            return otherwise;
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and <= MostSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw CommandException.Usage($"{option} '{text}' is no time; write seconds above 0 and up to {MostSeconds:0}, such as 2.5");
    }

    /// <summary>A class by its canonical name; null if none was given.</summary>
    public static string? ParseClass(string? text) => text is null || ArithmeticClaim.Names.Contains(text)
        ? text
        : throw CommandException.Usage($"--class '{text}' is unknown; classes are {string.Join(", ", ArithmeticClaim.Names)}");

    /// <summary>A device.</summary>
    public static IDeviceSource ParseDevice(string spec)
    {
        try
        {
            return DeviceCatalog.Resolve(spec);
        }
        catch (FormatException wrong)
        {
            throw CommandException.Usage(wrong.Message, wrong);
        }
    }

    /// <summary>A filter that selects at least one clause; one that does not leaves nothing to judge.</summary>
    public static ClauseFilter ParseFilter(string? text)
    {
        ClauseFilter filter = text is null ? ClauseFilter.Everything : new ClauseFilter(text);
        return filter.SelectsAny
            ? filter
            : throw CommandException.NotJudged($"--filter '{text}' matches no clause; 'list requirements' names them, such as MM-13 or 'NUM-*'");
    }

    /// <summary>
    /// The part of a run that is to be judged: from <c>--shard I/N</c>, or else from TEST_SHARD_INDEX and TEST_TOTAL_SHARDS.
    /// </summary>
    public static Shard ParseShard(string? text, Func<string, string?> variable)
    {
        if (text is not null)
        {
            return Shard.TryParse(text, out Shard given)
                ? given
                : throw CommandException.Usage($"--shard '{text}' is no shard; write I/N with I from 1 to N, such as 1/4");
        }

        string? index = variable("TEST_SHARD_INDEX");
        string? total = variable("TEST_TOTAL_SHARDS");
        if (string.IsNullOrEmpty(index) && string.IsNullOrEmpty(total))
        {
            return Shard.Whole;
        }

        return int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int from0)
            && int.TryParse(total, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && from0 < count
            ? new Shard(from0 + 1, count)
            : throw CommandException.Usage(
                $"TEST_SHARD_INDEX '{index}' and TEST_TOTAL_SHARDS '{total}' name no shard; the index goes from 0 to the total less 1, and both must be set");
    }
}
