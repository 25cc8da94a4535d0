using System.Globalization;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Vcd.Discovery;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Dumps;

/// <summary>A trace judged twice: as its cycles are, and as the dump that <see cref="AxiVcdRecorder"/> wrote of them.</summary>
internal static class DumpVerdicts
{
    /// <summary>The dump of what a trace pushes.</summary>
    public static byte[] Record(AxiBusShape shape, Action<IAxiProbe> push)
    {
        using MemoryStream file = new();
        using (AxiVcdRecorder recorder = new(file, shape, "case.bus"))
        {
            push(recorder);
        }

        return file.ToArray();
    }

    public static void AssertSame(AxiBusShape shape, AxiCheckOptions options, Action<IAxiProbe> push)
    {
        AxiRecorder recorder = new(shape);
        AxiChecker checker = new(shape, options, recorder);
        push(checker);
        AxiVerdict direct = checker.Finish();
        byte[] dump = Record(shape, push);

        BusVerdict read = Assert.Single(VcdBusCheck.Check(() => new MemoryStream(dump), map: null, options, keepsTransactions: true, CancellationToken.None));

        Assert.Equal(("case.bus", "case.bus.aclk"), (read.Interface.Name, read.Interface.Clock?.Path));
        Assert.Equal(shape.Signals.Has(AxiSignal.Reset) ? "case.bus.aresetn" : null, read.Interface.Reset?.Variable.Path);
        Assert.Equal((direct.Cycles, direct.IsComplete, direct.Limit), (read.Verdict.Cycles, read.Verdict.IsComplete, read.Verdict.Limit));
        Assert.Equal(direct.Rules.Select(Describe), read.Verdict.Rules.Select(Describe));
        Assert.Equal(recorder.Transactions.Select(Describe), read.Transactions.Select(Describe));
    }

    private static string Describe(AxiRuleResult result) => string.Create(
        CultureInfo.InvariantCulture, $"{result.Rule.Id} {result.Outcome} {result.Armed} {result.Satisfied} {result.Violated}: {string.Join("; ", result.Findings)}");

    private static string Describe(AxiTransaction done) =>
        $"{done with { Beats = [] }} {string.Join("; ", done.Beats.Select(beat => $"{beat with { Data = [] }} {string.Join(' ', beat.Data)}"))}";
}
