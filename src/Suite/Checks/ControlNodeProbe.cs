using Spanker.Conformance.Device;

namespace Spanker.Conformance.Suite.Checks;

/// <summary>Looks at a driver's control node through nothing but open, ioctl and close (CONTRACT DRV-1 to DRV-4, DRV-8).</summary>
/// <remarks>
/// <para>Each fault shows under one clause. DRV-1 is about the node being there, DRV-2 about the two numbers being known at all, DRV-3 about the
/// record's bytes, DRV-4 about what is answered to unknown numbers, foreign magics and bad pointers, DRV-8 about the known numbers with
/// another size or direction. A later clause is left out, and so counts as not exercised, where an earlier one took its ground away: without a node nothing can be
/// asked; without the two known numbers nobody can say which others are unknown; and a driver of the same major with a newer minor may rightly know
/// more numbers than this suite does (DRV-5), so then the unknown ones in our magic are not asked.</para>
/// <para>Every pointer that is meant to be good points to 16 KiB of real memory, more than any ioctl's payload, so a driver that
/// takes a request which it should not know damages nothing.</para>
/// </remarks>
public static class ControlNodeProbe
{
    /// <summary>Probes the node at <paramref name="path"/>. Never empty; in the order of the clauses, but that the closing look at DRV-1 comes last.</summary>
    public static IReadOnlyList<ProbeResult> Probe(ISystemCalls calls, string path)
    {
        ArgumentNullException.ThrowIfNull(calls);
        ArgumentException.ThrowIfNullOrEmpty(path);
        using ControlNodeSession session = new(calls, path);
        if (session.JudgePresence())
        {
            if (session.JudgeKnownNumbers())
            {
                session.JudgeRecord();
                session.JudgePing();
                session.JudgeForeignMagics();
                session.JudgePointers();
                if (!session.HasNewerMinor)
                {
                    session.JudgeUnknownNumbers();
                    session.JudgeVariants();
                }
            }

            session.JudgeReopening();
        }

        return session.Results;
    }
}
