using System.Reflection;
using Microsoft.Coyote.Rewriting;
using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Suite;

namespace Spanker.Conformance.Tests.Concurrency.Coyote;

/// <summary>The assemblies that a program's tasks run through: those of rewrite.coyote.json.</summary>
internal static class RewrittenAssemblies
{
    internal static IReadOnlyList<Assembly> All { get; } =
    [
        typeof(ITaskHost).Assembly, typeof(RealTasks).Assembly, typeof(CollectiveProgram).Assembly, typeof(RewrittenAssemblies).Assembly,
    ];

    /// <summary>True if this version of Coyote has rewritten it.</summary>
    internal static bool IsRewritten(Assembly assembly) => RewritingEngine.IsAssemblyRewritten(assembly);
}
