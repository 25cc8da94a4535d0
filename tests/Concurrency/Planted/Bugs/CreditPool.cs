using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>Credits that any task may take. (A <see cref="Collectives.CardLink"/> has one task at each end.)</summary>
/// <remarks>
/// Who takes the next credit is a choice, as is who gives; taking and giving commute where both are enabled. The k-th credit taken needs the
/// (k - credits)-th one given. Were giving to conflict with taking, what ends a wait would pass for a choice.
/// </remarks>
/// <param name="name">What findings call it.</param>
/// <param name="credits">Credits at the start.</param>
internal sealed class CreditPool(string name, int credits) : SharedObject
{
    private int taken;
    private int given;

    public override string Name => name;

    internal ValueTask<int> TakeAsync(ITaskHost host) => host.PerformAsync(new Operation(this, OperationKind.TakeCredit));

    internal ValueTask<int> GiveAsync(ITaskHost host) => host.PerformAsync(new Operation(this, OperationKind.ReturnCredit));

    public override void Reset() => (taken, given) = (0, 0);

    public override bool Permits(in Operation operation) => operation.Kind == OperationKind.ReturnCredit || taken - given < credits;

    public override int Perform(in Operation operation) => operation.Kind == OperationKind.ReturnCredit ? ++given : ++taken;

    public override void Touch(in Operation operation, ref Footprint footprint)
    {
        if (operation.Kind == OperationKind.ReturnCredit)
        {
            footprint.Writes(this, 1);
            footprint.Produces(this, 2);
            return;
        }

        footprint.Writes(this, 0, synchronises: false);
        footprint.Consumes(this, 2, taken - credits);
    }
}
