using System.Collections.Concurrent;
using System.Reflection;

namespace VerifyTests;

/// <summary>The test that runs, the comparisons that it asked for, and the golden files that this process has compared already.</summary>
internal sealed class GoldenScope(MethodInfo testMethod)
{
    private static readonly AsyncLocal<GoldenScope?> Running = new();

    private static readonly ConcurrentDictionary<string, string> Claims = new(StringComparer.Ordinal);

    private int _unawaited;

    public static GoldenScope? Current => Running.Value;

    public MethodInfo TestMethod => testMethod;

    public static void Enter(MethodInfo testMethod) => Running.Value = new GoldenScope(testMethod);

    /// <summary>A comparison that was never awaited never took place, and the test would pass on any text.</summary>
    public static void Leave()
    {
        GoldenScope? scope = Running.Value;
        Running.Value = null;
        if (scope is not null && Volatile.Read(ref scope._unawaited) != 0)
        {
            throw new InvalidOperationException(
                $"{scope.TestMethod.Name} called Verify without awaiting it: nothing was compared. Return the task or await it.");
        }
    }

    public void Asked() => Interlocked.Increment(ref _unawaited);

    public void Awaited() => Interlocked.Decrement(ref _unawaited);

    /// <summary>Two comparisons with one file would accept each other's text in turn.</summary>
    public void Claim(GoldenName name)
    {
        string test = $"{testMethod.DeclaringType?.FullName}.{testMethod.Name}";
        if (!Claims.TryAdd(name.VerifiedPath, test))
        {
            throw new InvalidOperationException(
                $"{test} compares with {name.VerifiedPath}, which {Claims[name.VerifiedPath]} has compared with already. "
                + "Tell them apart with UseParameters, UseTextForParameters or UseFileName.");
        }
    }
}
