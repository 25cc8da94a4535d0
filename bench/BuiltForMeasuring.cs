using System.Diagnostics;

namespace Spanker.Conformance.Bench;

/// <summary>The libraries and programs that are measured: built, or unpacked, from this assembly's resources into a temporary folder.</summary>
internal sealed class BuiltForMeasuring : IDisposable
{
    private static readonly Lazy<BuiltForMeasuring> Only = new(() => new BuiltForMeasuring());

    private readonly string folder = Directory.CreateTempSubdirectory("spanker-bench-").FullName;

    private BuiltForMeasuring()
    {
        foreach (string name in (string[])["spanker_device.h", "spanker_sample.c", "page_reader.c", "byte_echo.c", "pipe_device.py", "product_peer.c", "q4k_decode.c"])
        {
            using Stream packed = typeof(BuiltForMeasuring).Assembly.GetManifestResourceStream(name)
                ?? throw new InvalidOperationException($"this assembly has no resource '{name}'");
            using FileStream file = File.Create(PathOf(name));
            packed.CopyTo(file);
        }

        SampleLibrary = Compile("spanker_sample.c", "libsample.so", "-shared", "-fPIC", "-fvisibility=hidden", "-ffp-contract=off");
        PageReader = Compile("page_reader.c", "libpage_reader.so", "-shared", "-fPIC", "-fvisibility=hidden");
        ByteEcho = Compile("byte_echo.c", "byte_echo");
        ProductPeer = Compile("product_peer.c", "product_peer", "-O3", "-march=native");
        DecodeLoop = Compile("q4k_decode.c", "libq4k_decode.so", "-O3", "-march=native", "-shared", "-fPIC");
    }

    /// <summary>This process's own.</summary>
    public static BuiltForMeasuring Here => Only.Value;

    /// <summary>The sample library, native/sample.</summary>
    public string SampleLibrary { get; }

    /// <summary>The library that only reaches its operands, bench/native/page_reader.c.</summary>
    public string PageReader { get; }

    /// <summary>The program that gives each byte back, bench/native/byte_echo.c.</summary>
    public string ByteEcho { get; }

    /// <summary>The peers of the exact product, bench/native/product_peer.c.</summary>
    public string ProductPeer { get; }

    /// <summary>The decoder's peer, bench/native/q4k_decode.c.</summary>
    public string DecodeLoop { get; }

    /// <summary>The command of the Python example, docs/examples/pipe_device.py.</summary>
    public string PythonCommand => $"python3 -B '{PathOf("pipe_device.py")}'";

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string PathOf(string name) => Path.Combine(folder, name);

    private string Compile(string source, string target, params string[] options)
    {
        ProcessStartInfo start = new("gcc") { RedirectStandardError = true, WorkingDirectory = folder };
        foreach (string argument in (string[])["-std=gnu11", "-O2", .. options, "-I.", "-o", target, source, "-lm", "-ldl"])
        {
            start.ArgumentList.Add(argument);
        }

        using Process compiler = Process.Start(start) ?? throw new InvalidOperationException("gcc does not start");
        string complaint = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        return compiler.ExitCode == 0 ? PathOf(target) : throw new InvalidOperationException($"gcc {source}: {complaint}");
    }
}
