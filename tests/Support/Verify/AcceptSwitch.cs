namespace VerifyTests;

/// <summary>Whether a difference becomes the new golden file. Only a person at a desk may say so: under CI the switch does nothing.</summary>
public readonly record struct AcceptSwitch(bool IsOn)
{
    /// <summary>Set it to 1 to accept.</summary>
    public const string Variable = "SPANKER_ACCEPT_GOLDEN";

    /// <summary>Reads the switch, and CI, through <paramref name="environment"/>.</summary>
    public static AcceptSwitch From(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        bool isUnderCI = string.Equals(environment("CI"), "true", StringComparison.OrdinalIgnoreCase);
        return new AcceptSwitch(environment(Variable) == "1" && !isUnderCI);
    }
}
