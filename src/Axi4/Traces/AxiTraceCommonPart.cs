namespace Spanker.Conformance.Axi4;

/// <summary>What can be held against one another of two directions, one of which at least was cut.</summary>
/// <remarks>
/// A recording that is cut lacks what was under way, which need not be the last: id 1 may have ended before an id 0 that began earlier. But those
/// of one id end in order, so a transaction may be lacking only where the cut side has none of its id any more.
/// </remarks>
internal static class AxiTraceCommonPart
{
    /// <summary>Both sides without what the other, being cut, may lack; as they are where neither is cut.</summary>
    public static (AxiTraceTransaction[] Found, AxiTraceTransaction[] Golden) Of(
        AxiTraceTransaction[] found, AxiTraceTransaction[] golden, AxiTraceCut cut, AxiTransactionDiff transactions)
    {
        if (cut == AxiTraceCut.None)
        {
            return (found, golden);
        }

        (List<AxiTraceTransaction> left, List<AxiTraceTransaction> right) = ([], []);
        (Dictionary<ulong, int> ofFound, Dictionary<ulong, int> ofGolden) = (IdsOf(found), IdsOf(golden));
        (int i, int j) = (0, 0);
        while (i < found.Length || j < golden.Length)
        {
            bool areBoth = i < found.Length && j < golden.Length;
            bool areSame = areBoth && transactions.AreSame(found[i], golden[j]);
            if (!areSame && j < golden.Length && cut.HasFlag(AxiTraceCut.Found) && ofFound.GetValueOrDefault(golden[j].Address.Id) == 0)
            {
                ofGolden[golden[j++].Address.Id]--;
            }
            else if (!areSame && i < found.Length && cut.HasFlag(AxiTraceCut.Golden) && ofGolden.GetValueOrDefault(found[i].Address.Id) == 0)
            {
                ofFound[found[i++].Address.Id]--;
            }
            else if (areSame)
            {
                ofFound[found[i].Address.Id]--;
                ofGolden[golden[j].Address.Id]--;
                left.Add(found[i++]);
                right.Add(golden[j++]);
            }
            else
            {
                // Here they differ, and what comes behind is for whoever says how.
                left.AddRange(found[i..]);
                right.AddRange(golden[j..]);
                break;
            }
        }

        return ([.. left], [.. right]);
    }

    private static Dictionary<ulong, int> IdsOf(AxiTraceTransaction[] transactions) =>
        transactions.CountBy(each => each.Address.Id).ToDictionary();
}
