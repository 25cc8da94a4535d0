using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Tests.Properties.Device;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Vendor;

/// <summary>What a C compiler makes of native/spanker_device.h is what the host's records and numbers say.</summary>
public sealed class DeviceHeaderTests
{
    [Fact]
    public async Task Numbers_and_records_equal_those_of_the_vendor_header()
    {
        string folder = Directory.CreateTempSubdirectory("spanker-vendor-abi-").FullName;
        try
        {
            string program = Path.Combine(folder, "probe");
            ChildProcess compiler = await ChildProcess.RunAsync(
                "gcc", ["-std=c99", "-Wall", "-Wextra", "-Werror", "-o", program, RepositoryRoot.File("native/device_abi_probe.c")]);
            Assert.Equal((0, string.Empty), (compiler.ExitCode, compiler.Errors));
            ChildProcess probe = await ChildProcess.RunAsync(program, []);

            // Sizes of single fields follow from the offsets.
            string[] said = [.. probe.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("sizeof.", StringComparison.Ordinal) || line.Count(c => c == '.') == 1)];
            Assert.Equal(said.Order(StringComparer.Ordinal), Ours().Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Name} {p.Value}")).Order(StringComparer.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<(string Name, long Value)> Ours() => [.. Numbers(), .. Codes(), .. Layouts()];

    private static IEnumerable<(string Name, long Value)> Numbers() =>
    [
        ("SPANKER_DEVICE_ABI_MAJOR", VendorAbi.Major), ("SPANKER_DEVICE_ABI_MINOR", VendorAbi.Minor),
        ("SPANKER_DEVICE_ABI_VERSION", (VendorAbi.Major << 16) | VendorAbi.Minor),
        ("SPANKER_CLASS_EXACT", (long)ArithmeticClass.Exact), ("SPANKER_CLASS_F32", (long)ArithmeticClass.F32),
        ("SPANKER_CLASS_SUBBLOCK_INT", (long)ArithmeticClass.SubblockInt), ("SPANKER_CLASS_F16_ACCUMULATE", (long)ArithmeticClass.F16Accumulate),
        ("SPANKER_CLASS_BF16_ACCUMULATE", (long)ArithmeticClass.Bf16Accumulate), ("SPANKER_CLASS_Q8K", (long)ArithmeticClass.Q8K),
        ("SPANKER_ORDER_ANY", (long)SummationOrder.Any), ("SPANKER_ORDER_SEQUENTIAL", (long)SummationOrder.Sequential),
        ("SPANKER_ORDER_PAIRWISE", (long)SummationOrder.Pairwise), ("SPANKER_ORDER_BLOCKS32", (long)SummationOrder.Blocks32),
        ("SPANKER_ORDER_BLOCKS256", (long)SummationOrder.Blocks256),
        ("SPANKER_WEIGHTS_RATIONAL", (long)WeightDefinition.Rational), ("SPANKER_WEIGHTS_ROUNDED", (long)WeightDefinition.RoundedToBinary32),
        ("SPANKER_NONFINITE_IEEE", (long)NonFinitePolicy.Ieee), ("SPANKER_NONFINITE_EXCLUDED", (long)NonFinitePolicy.FiniteOnly),
        ("SPANKER_THREADS_NONE", (long)ThreadRule.None), ("SPANKER_THREADS_PER_DEVICE", (long)ThreadRule.PerDevice),
        ("SPANKER_THREADS_FREE", (long)ThreadRule.Free),
    ];

    private static IEnumerable<(string Name, long Value)> Codes() =>
    [
        ("SPANKER_OK", VendorAbi.Ok), ("SPANKER_BAD_DIMS", VendorAbi.BadDims), ("SPANKER_OUTPUT_TOO_SMALL", VendorAbi.OutputTooSmall),
        ("SPANKER_NOT_IMPLEMENTED", VendorAbi.NotImplemented), ("SPANKER_TOPOLOGY_MISMATCH", VendorAbi.TopologyMismatch),
        ("SPANKER_SHAPE_MISMATCH", VendorAbi.ShapeMismatch), ("SPANKER_OPEN_FAILED", VendorAbi.OpenFailed),
        ("SPANKER_IOCTL_FAILED", VendorAbi.IoctlFailed), ("SPANKER_NO_SAILS", VendorAbi.NoSails),
        ("SPANKER_PHASE_WRITE_A", KindOf(new WritePhase("A", 0))), ("SPANKER_PHASE_WRITE_B", KindOf(new WritePhase("B", 0))),
        ("SPANKER_PHASE_COMPUTE", KindOf(new ComputeSubmitPhase("matmul_q4_k", 0, 0, 0))), ("SPANKER_PHASE_READ_OUT", KindOf(new ReadPhase("OUT", 0))),
        ("SPANKER_REDUCE_SUM", (long)ReduceOp.Sum), ("SPANKER_REDUCE_MAX", (long)ReduceOp.Max),
        ("SPANKER_REDUCE_MIN", (long)ReduceOp.Min), ("SPANKER_REDUCE_AVG", (long)ReduceOp.Avg),
    ];

    private static IEnumerable<(string Name, long Value)> Layouts() =>
    [
        ("sizeof.spanker_description", Unsafe.SizeOf<VendorDescription>()),
        .. Offsets<VendorDescription>(
            "spanker_description",
            ("struct_bytes", "StructBytes"), ("arithmetic_class", "ArithmeticClass"), ("summation_order", "SummationOrder"), ("weights", "Weights"),
            ("nonfinite", "NonFinite"), ("thread_rule", "ThreadRule"), ("is_deterministic", "IsDeterministic"), ("max_sails", "MaxSails"),
            ("max_m", "MaxM"), ("max_n", "MaxN"), ("max_k", "MaxK"), ("max_call_milliseconds", "MaxCallMilliseconds"),
            ("products_per_second", "ProductsPerSecond"), ("reserved", "reserved"), ("name", "name"), ("vendor", "vendor")),
        ("sizeof.spanker_error", Unsafe.SizeOf<VendorError>()),
        .. Offsets<VendorError>("spanker_error", ("fields", "fields"), ("text", "text")),
        ("sizeof.spanker_phase", Unsafe.SizeOf<VendorPhase>()),
        .. Offsets<VendorPhase>(
            "spanker_phase",
            ("kind", "<Kind>k__BackingField"), ("reserved", "<Reserved>k__BackingField"), ("bytes", "<Bytes>k__BackingField"),
            ("m", "<M>k__BackingField"), ("k", "<K>k__BackingField"), ("n", "<N>k__BackingField")),
    ];

    private static IEnumerable<(string Name, long Value)> Offsets<T>(string record, params (string C, string Ours)[] fields) =>
        fields.Select(field => ($"offsetof.{record}.{field.C}", (long)Marshal.OffsetOf<T>(field.Ours)));

    private static long KindOf(BusPhase phase) =>
        Enumerable.Range(0, 4).Single(kind => new VendorPhase((uint)kind, 0, 0, 0, 0, 0).ToPhase() == phase);
}
