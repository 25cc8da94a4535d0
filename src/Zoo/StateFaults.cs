using Spanker.Conformance.Device;

namespace Spanker.Conformance.Zoo;

/// <summary>Devices whose answer depends on what they were asked before.</summary>
public static class StateFaults
{
    private const string SingleBlock = "m=1,n=1,k=256";

    /// <summary>All entries of the family.</summary>
    public static IReadOnlyList<FaultyEntry> All { get; } =
    [
        Entry("second-call-wrong", "MM-12", "negates OUT in its second call", SecondCallWrong),
        Entry("order-alternates", "MM-12", "adds backwards in every other call, within the bound", OrderAlternates) with
        {
            AlsoKilledBy = ["COL-11"],
        },
        Entry("order-rotates", "MM-12", "starts its sum at another product in each call, within the bound", () => OrderRotates(PatchedSail.Claim)) with
        {
            AlsoKilledBy = ["MM-16", "COL-11"],
        },
        Entry("last-shape-remembered", "MM-16", "is wrong in the last bit after a call of another shape", LastShapeRemembered) with
        {
            AlsoKilledBy = ["COL-11"],
        },
        Entry("scratch-left-over", "MM-16", "adds what a deeper call before left in its scratch rows", ScratchLeftOver),
    ];

    private static FaultyEntry Entry(string name, string clause, string description, Func<IDevice> open) =>
        new(name, "state", clause, SingleBlock, description, open);

    private static PatchedSail SecondCallWrong()
    {
        int calls = 0;
        return new PatchedSail
        {
            Started = _ => calls++,
            Result = (_, _, _, value) => calls == 2 ? -value : value,
        };
    }

    private static PatchedSail OrderAlternates()
    {
        int calls = 0;
        return new PatchedSail
        {
            Started = _ => calls++,
            Product = (a, b) => calls % 2 == 0 ? Backwards(a, b) : Rotated(a, b, start: 0),
        };
    }

    internal static PatchedSail OrderRotates(DeviceDescription claim)
    {
        int calls = 0;
        return new PatchedSail(claim)
        {
            Started = _ => calls++,
            Product = (a, b) => Rotated(a, b, start: calls * 37 % a.Length),
        };
    }

    private static PatchedSail LastShapeRemembered()
    {
        (ulong M, ulong K, ulong N)? last = null;
        bool changed = false;
        return new PatchedSail
        {
            Started = call =>
            {
                changed = last is not null && last != (call.M, call.K, call.N);
                last = (call.M, call.K, call.N);
            },
            Result = (_, _, _, value) => changed ? MathF.BitIncrement(value) : value,
        };
    }

    private static PatchedSail ScratchLeftOver()
    {
        float[] scratchOfA = [];
        float[] scratchOfB = [];
        return new PatchedSail
        {
            Product = (a, b) =>
            {
                if (a.Length > scratchOfA.Length)
                {
                    scratchOfA = new float[a.Length];
                    scratchOfB = new float[a.Length];
                }

                a.CopyTo(scratchOfA, 0);
                b.CopyTo(scratchOfB, 0);
                return Rotated(scratchOfA, scratchOfB, start: 0);
            },
        };
    }

    private static float Rotated(float[] a, float[] b, int start)
    {
        float sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            int at = (start + i) % a.Length;
            sum += a[at] * b[at];
        }

        return sum;
    }

    private static float Backwards(float[] a, float[] b)
    {
        float sum = 0;
        for (int i = a.Length - 1; i >= 0; i--)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
