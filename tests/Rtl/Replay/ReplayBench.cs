using Spanker.Conformance.Tests.Support;

namespace Spanker.Conformance.Tests.Rtl;

/// <summary>The bench rtl/replay, built once, on the Verilated memory.</summary>
internal static class ReplayBench
{
    private static readonly string[] Sources = ["axi_replay", "replay_bus", "replay_trace"];

    private static readonly Lazy<string> Built = new(() =>
    {
        string program = BuildFolder.PathOf("axi_replay");
        _ = ToolRun.OutputOf(
            "g++",
            "g++ and nlohmann-json3-dev",
            BuildFolder.Root,
            ["-std=c++17", "-O0", "-Wall", "-Wextra", "-Werror", "-I" + RepositoryRoot.File("rtl/abi"), "-o", program, .. Sources.Select(name => RepositoryRoot.File($"rtl/replay/{name}.cpp")), "-ldl"]);
        return program;
    });

    /// <summary>Replays a trace.</summary>
    public static ToolRun Replay(string json)
    {
        string path = Path.Combine(Directory.CreateDirectory(BuildFolder.PathOf($"replay-{Environment.CurrentManagedThreadId}")).FullName, "trace.json");
        File.WriteAllText(path, json);
        ToolRun run = Start(path, BuiltSlave.Library);
        File.Delete(path);
        return run;
    }

    /// <summary>Runs the bench with any arguments.</summary>
    public static ToolRun Start(params string[] arguments) => ToolRun.Of(Built.Value, "g++", BuildFolder.Root, arguments);
}
