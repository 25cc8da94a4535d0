using Spanker.Conformance.Device;

namespace Spanker.Conformance.Zoo;

/// <summary>The zoo of vendor libraries: native/zoo, one library with an animal an option, hosted as any vendor's library is.</summary>
/// <remarks>
/// <c>native/zoo/entries.txt</c> declares them, a line each: name, faulty or harmless, the clauses that report it (first the one that must, then those
/// that may as well; <c>values</c> stands for all whose cases compare values), the smallest case that shows it, and what is odd about it, parted by tabs. Without a C compiler they do not open, and the error says so.
/// </remarks>
public static class VendorZoo
{
    /// <summary>The family of the faulty ones.</summary>
    public const string Family = "vendor";

    /// <summary>What their names begin with.</summary>
    public const string Prefix = "vendor-";

    // In place of a clause: all whose cases compare values.
    private const string Values = "values";

    private static readonly CarriedBinary Library = new(
        "vendor-zoo",
        "the zoo of vendor libraries",
        typeof(VendorZoo).Assembly,
        "-std=gnu11 -O2 -ffp-contract=off -fvisibility=hidden -fPIC -shared -pthread -Inative native/zoo/spanker_zoo.c -lm");

    private static readonly string[][] Lines = ReadLines();

    /// <summary>The libraries that deviate.</summary>
    public static IReadOnlyList<FaultyEntry> Faulty { get; } = [.. Lines.Where(IsFaulty).Select(ToFaulty)];

    /// <summary>The libraries that must be accepted.</summary>
    public static IReadOnlyList<HarmlessEntry> Harmless { get; } =
        [.. Lines.Where(line => !IsFaulty(line)).Select(line => new HarmlessEntry(Prefix + line[0], line[4], spec => Host(spec, line[0])))];

    private static bool IsFaulty(string[] line) => line[1] == "faulty";

    private static FaultyEntry ToFaulty(string[] line)
    {
        string[] clauses = line[2].Split(',');
        IEnumerable<string> others = clauses.Skip(1).SelectMany(clause => clause == Values ? FaultyEntry.ValueClauses : [clause]);
        return new FaultyEntry(Prefix + line[0], Family, clauses[0], line[3], line[4], spec => Host(spec, line[0]))
        {
            AlsoKilledBy = [.. others.Distinct().Where(clause => clause != clauses[0])],
        };
    }

    private static LibDeviceSource Host(string spec, string animal) => new(spec, Library, animal);

    private static string[][] ReadLines()
    {
        using Stream resource = typeof(VendorZoo).Assembly.GetManifestResourceStream("native/zoo/entries.txt")
            ?? throw new InvalidOperationException("this build does not carry native/zoo/entries.txt");
        using StreamReader reader = new(resource);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];
    }
}
