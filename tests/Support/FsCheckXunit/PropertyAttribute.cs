using Xunit;
using Xunit.Sdk;

namespace FsCheck.Xunit;

/// <summary>
/// Runs the method as a property: FsCheck draws its arguments, shrinks those that falsify it, and the failure carries a string that replays it.
/// Same name, namespace and settings as the attribute of the FsCheck.Xunit package, so the same test sources compile against either.
/// </summary>
/// <remarks>
/// The method is static or an instance method and returns void (an exception falsifies), bool, <see cref="Property"/>, Task, or a Task of the latter two.
/// Without <see cref="Replay"/> the seed is derived from the run's seed (<see cref="PropertySeed"/>) and the test's name, so every run is the same run
/// until the environment variable names another seed.
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("FsCheck.Xunit.PropertyDiscoverer", "Spanker.Conformance.Tests.Support")]
public class PropertyAttribute : FactAttribute
{
    internal PropertySettings Settings { get; private set; } = PropertySettings.Unset;

    /// <summary>"(seed,gamma)" repeats a whole run, "(seed,gamma,size)" only its failing step; the failure message prints the latter.</summary>
    public string? Replay
    {
        get => Settings.Replay;
        set => Settings = Settings with { Replay = value };
    }

    /// <summary>How many argument tuples must pass.</summary>
    public int MaxTest
    {
        get => Settings.MaxTest ?? Config.Default.MaxTest;
        set => Settings = Settings with { MaxTest = value };
    }

    /// <summary>How many tuples may be rejected by a precondition before the property counts as exhausted, which is a failure.</summary>
    public int MaxRejected
    {
        get => Settings.MaxRejected ?? Config.Default.MaxRejected;
        set => Settings = Settings with { MaxRejected = value };
    }

    /// <summary>Size of the first draw.</summary>
    public int StartSize
    {
        get => Settings.StartSize ?? Config.Default.StartSize;
        set => Settings = Settings with { StartSize = value };
    }

    /// <summary>Size of the last draw; sizes grow evenly in between.</summary>
    public int EndSize
    {
        get => Settings.EndSize ?? Config.Default.EndSize;
        set => Settings = Settings with { EndSize = value };
    }

    /// <summary>How many tuples are tried at once; the draws and the verdict stay the same.</summary>
    public int Parallelism
    {
        get => Settings.Parallelism ?? 1;
        set => Settings = Settings with { Parallelism = value };
    }

    /// <summary>Writes every tuple and every successful shrink to the test's output.</summary>
    public bool Verbose
    {
        get => Settings.Verbose ?? false;
        set => Settings = Settings with { Verbose = value };
    }

    /// <summary>Leaves the output of a passing property empty.</summary>
    public bool QuietOnSuccess
    {
        get => Settings.QuietOnSuccess ?? false;
        set => Settings = Settings with { QuietOnSuccess = value };
    }

    /// <summary>Types whose public static members return the Arbitrary instances to use; an earlier type wins over a later one.</summary>
    public Type[] Arbitrary
    {
        get => [.. Settings.Arbitrary];
        set => Settings = Settings with { Arbitrary = value };
    }
}
