using Spanker.Conformance.Axi4;
using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Zoo;

/// <summary>Devices that look unusual and are right. A suite that objects to one of them is wrong.</summary>
public static class HarmlessDevices
{
    private const int Lanes = 8;

    /// <summary>All entries.</summary>
    public static IReadOnlyList<HarmlessEntry> All { get; } =
    [
        Ordered("pairwise-order", "adds by recursive halving", new SimOptions { Order = SummationOrder.Pairwise }),
        Ordered("blocks-of-32", "adds sub-block by sub-block", new SimOptions { Order = SummationOrder.Blocks32 }),
        Ordered("blocks-of-256-fused", "adds block by block with fused products", new SimOptions { Order = SummationOrder.Blocks256, Fma = true }),
        Ordered("fused", "fuses each product with the addition that follows", new SimOptions { Fma = true }),
        new("backward-order", "adds the last product first", () => new PatchedSail { Product = Backwards }),
        new("eight-lanes", "keeps eight partial sums, as a vector unit does", () => new PatchedSail { Product = InLanes }),
        new("compensated", "carries the rounding error of each addition along", () => new PatchedSail { Product = Compensated }),
        new("zeros-stepped-over", "steps over zero products", () => new PatchedSail { Product = SteppingOverZeros }),
        new("binary64-inside", "computes in binary64, rounds at the end, claims f32", () => new PatchedSail { Product = InBinary64 }),
        new("exact-claims-f32", "rounds exact sums and claims no more than f32", () => new ExactRoundedSail(PatchedSail.Claim)),
        new("f32-claims-bf16", "computes in f32 and claims no more than bf16-accumulate", () =>
            new PatchedSail(PatchedSail.Claim with { Class = ArithmeticClass.Bf16Accumulate })),
        new("fused-scales", "joins the scales of A and B before they meet the integers of a whole block", () => new FourTermSail()),
        new("other-nan", "answers with a NaN of another sign and payload", () => new PatchedSail
        {
            Result = (_, _, _, value) => float.IsNaN(value) ? BitConverter.UInt32BitsToSingle(0xffc12345) : value,
        }),
        new("minus-zero", "answers -0 where the sum is 0", () => new PatchedSail
        {
            Result = (_, _, _, value) => value == 0 ? -0f : value,
        }),
        new("varies-and-says-so", "starts its sum at another product in each call, and declares that it is not deterministic", () =>
            StateFaults.OrderRotates(PatchedSail.Claim with { IsDeterministic = false })),
        new("slow", "computes every element eight times over", () => new PatchedSail { Product = EightTimes }),
        new("last-element-first", "writes OUT from its end to its beginning", () => new BackwardSail()),
        OnBus("awready-waits-for-w", "gives AWREADY only once WVALID is there", bus => bus with { Slave = bus.Slave with { AddressWaitsForData = true } }),
        OnBus("data-taken-ahead", "takes the data of a write before its address, which comes late", bus => bus with
        {
            Master = bus.Master with { MaxDataLeadCycles = 9 },
            Slave = bus.Slave with { AcceptsDataAhead = true },
        }),
        OnBus("ready-after-valid", "raises READY only once VALID is there, on every channel", bus => bus with
        {
            Master = bus.Master with { ReadyWaitsForValid = true },
            Slave = bus.Slave with { ReadyWaitsForValid = true },
        }),
        OnBus("far-memory", "answers after a hundred clocks and some", bus => bus with { Slave = bus.Slave with { LatencyCycles = 100, MaxExtraLatencyCycles = 40 } }),
        OnBus("short-bursts", "splits its transfers into bursts of seven beats", bus => bus with { Split = (address, bytes) => AxiDmaSplitter.Split(address, bytes, size: 5, maxBeats: 7) }),
        new("order-untold", "adds each element of an AllReduce from another card on, and declares no order", () => UntoldOrder.Sail(value => value)),
        new("own-threads", "shares the rows among threads of its own", () => new ThreadedSail()),
    ];

    private static HarmlessEntry OnBus(string name, string description, Func<SailBusOptions, SailBusOptions> change) =>
        new(name, description, () => new PatchedSail(PatchedSail.Claim, change(new SailBusOptions())));

    private static HarmlessEntry Ordered(string name, string description, SimOptions options) =>
        new(name, description, () => new F32Sail(options, PatchedSail.Claim));

    private static float Backwards(float[] a, float[] b)
    {
        float sum = 0;
        for (int i = a.Length - 1; i >= 0; i--)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static float InLanes(float[] a, float[] b)
    {
        Span<float> lanes = stackalloc float[Lanes];
        for (int i = 0; i < a.Length; i++)
        {
            lanes[i % Lanes] += a[i] * b[i];
        }

        return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
    }

    /// <summary>Kahan's summation; an infinite or NaN sum is left to plain addition, since its correction would be NaN.</summary>
    private static float Compensated(float[] a, float[] b)
    {
        float sum = 0;
        float correction = 0;
        for (int i = 0; i < a.Length; i++)
        {
            float term = (a[i] * b[i]) - correction;
            float next = sum + term;
            correction = float.IsFinite(next) ? (next - sum) - term : 0;
            sum = next;
        }

        return sum;
    }

    private static float SteppingOverZeros(float[] a, float[] b)
    {
        float sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            float product = a[i] * b[i];
            if (product != 0)
            {
                sum += product;
            }
        }

        return sum;
    }

    private static float InBinary64(float[] a, float[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += (double)a[i] * b[i];
        }

        return (float)sum;
    }

    private static float EightTimes(float[] a, float[] b)
    {
        float sum = 0;
        for (int time = 0; time < 8; time++)
        {
            sum = Backwards(a, b);
        }

        return sum;
    }

    private sealed class BackwardSail() : F32Sail(new SimOptions(), PatchedSail.Claim)
    {
        protected override void Compute(in MatmulCall call)
        {
            float[] a = NewRow(Operand.A, call.K);
            float[] b = NewRow(Operand.B, call.K);
            for (ulong column = call.N; column > 0; column--)
            {
                FillRow(call, Operand.B, column - 1, b);
                for (ulong row = call.M; row > 0; row--)
                {
                    FillRow(call, Operand.A, row - 1, a);
                    StoreElement(call, row - 1, column - 1, Dot(a, b));
                }
            }
        }
    }

    private sealed class ThreadedSail() : F32Sail(new SimOptions(), PatchedSail.Claim)
    {
        private const ulong Threads = 3;

        protected override void Compute(in MatmulCall call)
        {
            MatmulCall whole = call;
            ulong share = (call.M / Threads) + 1;
            List<Thread> threads = [];
            for (ulong first = 0; first < call.M; first += share)
            {
                ulong from = first;
                Thread thread = new(() => ComputeRows(whole, from, Math.Min(share, whole.M - from)));
                thread.Start();
                threads.Add(thread);
            }

            threads.ForEach(thread => thread.Join());
        }
    }
}
