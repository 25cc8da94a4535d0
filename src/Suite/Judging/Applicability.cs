using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>Which clauses can be judged on a device, and why the others cannot.</summary>
public static class Applicability
{
    /// <summary>Null if the clause is to be judged on the device; otherwise what it comes to, and why.</summary>
    public static (Outcome Outcome, string Reason)? Rule(Requirement requirement, IDevice device, JudgingTerms terms)
    {
        ArgumentNullException.ThrowIfNull(requirement);
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(terms);
        return BySubject(requirement, device)
            ?? ByCapability(requirement.Id, device, terms)
            ?? (CheckCatalogue.Find(requirement.Id) is null ? NotSupported("this version has no check for it") : null);
    }

    private static (Outcome, string)? BySubject(Requirement requirement, IDevice device) => requirement.Subject switch
    {
        Subject.Driver when device is not IControlledDevice => NotApplicable("the device is not a control node and has none to probe"),
        Subject.Bus when device is not IBusDevice => NotApplicable("the device has no AXI4 bus that can be watched"),
        Subject.Scheduler when device is not ISchedulerDevice => NotApplicable("the device offers no cost model"),
        Subject.Link when device is not SimSail => NotApplicable("the device has no inter-card link"),
        _ => null,
    };

    private static (Outcome, string)? ByCapability(string clause, IDevice device, JudgingTerms terms)
    {
        DeviceDescription description = terms.Description;
        string family = clause[..clause.IndexOf('-', StringComparison.Ordinal)];
        switch (family)
        {
            case "MM" when clause == "MM-15":
                return Collective(device, description);
            case "MM" or "NUM" when device is not IMatmulDevice:
                return NotApplicable("the device offers no matmul");
            case "MM" when clause == "MM-14":
                return description.SubmitsWork ? NotApplicable("the device submits work") : null;
            case "MM" or "NUM" when !description.SubmitsWork:
                return NotSupported("the driver below has no WORK_SUBMIT");
            case "MM" or "NUM":
                return Matmul(clause, device, terms);
            case "COL" or "TOP" when clause == "COL-9":
                return device is not ICollectiveDevice
                    ? NotApplicable("the device offers no collectives")
                    : description.SubmitsWork ? NotApplicable("the device submits work") : null;
            case "PROC" when !description.IsIsolated:
                return NotSupported("the device runs in the suite's own process, which shows no harm done to it");
            case "PROC" when clause == "PROC-3" && !description.IsDeterministic:
                return NotApplicable("the device declares that it is not deterministic");
            case "PROC" when description.IsBehindPipe && clause != "PROC-1":
                return NotSupported(clause == "PROC-2" ? "a pipe does not show the program's process" : "a pipe carries one request at a time");
            case "PROC" when device is not IMatmulDevice:
                return NotApplicable("the device offers no matmul");
            case "TOP" when description.IsIsolated:
                return NotSupported("the device does not tell its links");
            case "COL" when clause is "COL-10" && device is not ICardProgramDevice { CardProgram: not null }:
                return NotSupported("the cards' interleavings cannot be chosen from here");
            case "COL" when clause is "COL-8" && description.Collectives is null:
                return NotApplicable("the device folds as the host mock does, which COL-7 judges bit for bit");
            case "COL" when clause is "COL-7" && description.Collectives is not null:
                return NotApplicable($"the device declares another order ({description.Collectives.Algorithm}), which COL-8 judges");
            case "COL" when clause == ShardingChecks.Clause && device is not IMatmulDevice:
                return NotApplicable("the device offers no matmul");
            case "COL" when clause == ShardingChecks.Clause && !description.Computes:
                return NotSupported("the device computes nothing");
            case "COL" or "TOP":
                return Collective(device, description);
            default:
                return null;
        }
    }

    private static (Outcome, string)? Matmul(string clause, IDevice device, JudgingTerms terms)
    {
        return clause switch
        {
            "MM-9" when device is not ITracedDevice => NotSupported("the device's phases cannot be observed"),
            "MM-11" or "MM-12" or "MM-13" when !terms.Description.Computes => NotSupported("the device computes nothing"),
            "NUM-1" or "NUM-2" or "NUM-3" or "NUM-4" when !terms.Description.Computes => NotSupported("the device computes nothing"),
            "MM-12" or "MM-16" when !terms.Description.IsDeterministic => NotApplicable("the device declares that it is not deterministic"),
            "MM-11" when terms.Description.IsBehindPipe =>
                NotSupported("operands are copied through a pipe, so that what the program reads and writes beside them is not seen"),
            "NUM-1" when !NumericChecks.ShowsDecodedWeights(terms.Claim.Class) =>
                NotApplicable($"class {terms.Claim} rounds what is decoded again, so that no decoded weight can be seen"),
            "NUM-2" when terms.Claim.Class is not (ArithmeticClass.Exact or ArithmeticClass.F32) =>
                NotApplicable($"the bound of class {terms.Claim} is wider than the two definitions are apart"),
            _ => null,
        };
    }

    private static (Outcome, string)? Collective(IDevice device, DeviceDescription description) => device is not ICollectiveDevice
        ? NotApplicable("the device offers no collectives")
        : !description.SubmitsWork
            ? NotSupported("the driver below has no WORK_SUBMIT")
            : description.MaxSails < CollectiveChecks.SailsNeeded
                ? NotSupported($"the device forms at most {description.MaxSails} Sails; the check needs {CollectiveChecks.SailsNeeded}")
                : null;

    private static (Outcome, string) NotSupported(string reason) => (Outcome.NotSupported, reason);

    private static (Outcome, string) NotApplicable(string reason) => (Outcome.NotApplicable, reason);
}
