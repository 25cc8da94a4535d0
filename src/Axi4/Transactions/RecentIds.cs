namespace Spanker.Conformance.Axi4;

/// <summary>A set of ids that forgets the oldest beyond a limit, so that a trace with ever new ids costs neither memory nor time.</summary>
internal sealed class RecentIds(int limit)
{
    private readonly List<ulong> ids = [];

    public bool Contains(ulong id) => ids.Contains(id);

    /// <summary>Adds an id; false if it is there.</summary>
    public bool Add(ulong id)
    {
        if (ids.Contains(id))
        {
            return false;
        }

        if (ids.Count >= limit)
        {
            ids.RemoveAt(0);
        }

        ids.Add(id);
        return true;
    }

    /// <summary>Takes an id out; false if it is not there.</summary>
    public bool Remove(ulong id) => ids.Count > 0 && ids.Remove(id);

    public void Clear() => ids.Clear();
}
