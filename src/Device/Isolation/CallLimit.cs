namespace Spanker.Conformance.Device;

/// <summary>The time that a call of an isolated device may take.</summary>
/// <param name="Time">The time.</param>
/// <param name="Declared">What the device declares, or else the run's limit; more than <paramref name="Time"/> after a few calls that hung.</param>
internal readonly record struct CallLimit(TimeSpan Time, TimeSpan Declared)
{
    /// <summary>The limit in words, for a message.</summary>
    public string Words => Time == Declared
        ? FormattableString.Invariant($"{Time.TotalSeconds:0.###} s")
        : FormattableString.Invariant($"{Time.TotalSeconds:0.###} s (cut from {Declared.TotalSeconds:0.###} s, since calls before it hung)");

    /// <summary>A limit that is as declared.</summary>
    public static CallLimit Of(TimeSpan time) => new(time, time);
}
