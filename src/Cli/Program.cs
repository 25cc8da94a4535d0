using Spanker.Conformance.Suite;
using Spanker.Conformance.Device;
var opts = new RunOptions(new CasePlan(1, Profile.Quick), [.. (args.Length > 0 ? args : DeviceCatalog.DefaultSpecs.ToArray()).Select(DeviceCatalog.Resolve)]);
var sw = System.Diagnostics.Stopwatch.StartNew();
var r = ConformanceRun.Run(opts);
foreach (var d in r.Devices)
{
    Console.WriteLine($"{d.Spec}: {d.Outcome} claim {d.ClaimedClass} met {d.MetClass} worst {d.WorstErrorOverBound:0.###} cases {d.CasesTried}");
    foreach (var q in d.Requirements) if (q.Outcome != Outcome.NotSupported && q.Outcome != Outcome.NotApplicable && (q.Outcome!=Outcome.Conforms || args.Contains("-v"))) Console.WriteLine($"   {q.Requirement.Id} {q.Outcome} {q.Cases} [{q.Reached.Count}] {q.Reason}");
    foreach (var f in d.Failures) Console.WriteLine($"   {f.Clause}: {f.Deviation.Message}\n      {f.Case.ShapeText} where {f.Where}\n      {f.Case.Token} <- {f.Original.Token} ({f.CasesBroken})");
}
Console.WriteLine($"canary {r.Canary} exit {r.ExitCode} {sw.Elapsed}");
return r.ExitCode;
