using System.Reflection;

namespace FsCheck.Xunit;

/// <summary>What one attribute says, null where it is silent.</summary>
internal sealed record PropertySettings
{
    public static readonly PropertySettings Unset = new();

    public string? Replay { get; init; }

    public int? MaxTest { get; init; }

    public int? MaxRejected { get; init; }

    public int? StartSize { get; init; }

    public int? EndSize { get; init; }

    public int? Parallelism { get; init; }

    public bool? Verbose { get; init; }

    public bool? QuietOnSuccess { get; init; }

    public IReadOnlyList<Type> Arbitrary { get; init; } = [];

    /// <summary>The property's own settings over its class's, over those of the enclosing classes, over the assembly's.</summary>
    public static PropertySettings For(MethodInfo method, Type testClass)
    {
        PropertySettings settings = method.GetCustomAttribute<PropertyAttribute>()?.Settings ?? Unset;
        for (Type? type = testClass; type is not null; type = type.DeclaringType)
        {
            settings = settings.Over(type.GetCustomAttribute<PropertiesAttribute>()?.Settings);
        }

        return settings.Over(testClass.Assembly.GetCustomAttribute<PropertiesAttribute>()?.Settings);
    }

    /// <summary>FsCheck's configuration for a run that starts at <paramref name="replay"/> and reports to <paramref name="runner"/>.</summary>
    public Config ToConfig(Replay replay, IRunner runner)
    {
        Config config = Config.Default
            .WithReplay(Microsoft.FSharp.Core.FSharpOption<Replay>.Some(replay))
            .WithMaxTest(AtLeast(1, MaxTest ?? Config.Default.MaxTest, nameof(MaxTest)))
            .WithMaxRejected(AtLeast(0, MaxRejected ?? Config.Default.MaxRejected, nameof(MaxRejected)))
            .WithStartSize(AtLeast(0, StartSize ?? Config.Default.StartSize, nameof(StartSize)))
            .WithEndSize(AtLeast(0, EndSize ?? Config.Default.EndSize, nameof(EndSize)))
            .WithQuietOnSuccess(QuietOnSuccess ?? false)
            .WithArbitrary(Arbitrary)
            .WithRunner(runner);
        return Parallelism is { } degree
            ? config.WithParallelRunConfig(new ParallelRunConfig(AtLeast(1, degree, nameof(Parallelism))))
            : config;
    }

    private PropertySettings Over(PropertySettings? outer) => outer is null
        ? this
        : new PropertySettings
        {
            Replay = Replay ?? outer.Replay,
            MaxTest = MaxTest ?? outer.MaxTest,
            MaxRejected = MaxRejected ?? outer.MaxRejected,
            StartSize = StartSize ?? outer.StartSize,
            EndSize = EndSize ?? outer.EndSize,
            Parallelism = Parallelism ?? outer.Parallelism,
            Verbose = Verbose ?? outer.Verbose,
            QuietOnSuccess = QuietOnSuccess ?? outer.QuietOnSuccess,
            Arbitrary = [.. Arbitrary, .. outer.Arbitrary],
        };

    private static int AtLeast(int minimum, int value, string name) => value >= minimum
        ? value
        : throw new ArgumentException($"{name} = {value}; it must be at least {minimum}.");
}
