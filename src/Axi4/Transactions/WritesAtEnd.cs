namespace Spanker.Conformance.Axi4;

/// <summary>AXI4_ERRS_BRESP_ALL_DONE_EOS: what is outstanding after a quiet window was lost, and by whom.</summary>
internal static class WritesAtEnd
{
    /// <summary>Reports every write that is not done.</summary>
    public static void Judge(
        RuleTally rule, WriteResponses responses, IEnumerable<AxiFlight> awaitingData, IEnumerable<AxiFlight> ahead, bool isAddressRefused, long cycle)
    {
        foreach (AxiFlight flight in responses.Open)
        {
            bool isMasters = !flight.HasAllData || responses.IsRefused(flight);
            string what = !flight.HasAllData ? $"{flight.BeatCount} of {flight.Burst.Beats} beats of W came"
                : isMasters ? "its B is not accepted"
                : "no B came";
            rule.Violate(cycle, isMasters ? AxiBlame.Master : AxiBlame.Slave, $"{Name(flight)}: {what}");
        }

        foreach (AxiFlight flight in awaitingData.Where(flight => flight.IsAnswered))
        {
            rule.Violate(cycle, AxiBlame.Master, $"{Name(flight)} was answered, and only {flight.BeatCount} of {flight.Burst.Beats} beats of W came");
        }

        foreach (AxiFlight flight in ahead)
        {
            string what = isAddressRefused ? "its AW is not accepted" : "no AW came for it";
            rule.Violate(
                cycle, isAddressRefused ? AxiBlame.Slave : AxiBlame.Master, $"W burst of {flight.BeatCount} beats, the last in cycle {flight.LastDataCycle}: {what}");
        }
    }

    private static string Name(AxiFlight flight) => $"write id {flight.Id} at 0x{flight.Burst.Address:x}, cycle {flight.AddressCycle}";
}
