using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>MM-3 to MM-8: what is refused, with which error, in which order, and what is done about empty products.</summary>
public static class RefusalChecks
{
    private const ulong Block = Q4KLayout.BlockWeights;

    /// <summary>MM-3: k.</summary>
    public static ClauseCheck Depth { get; } = Table(
        "MM-3",
        [
            .. new ulong[] { 0, 1, 32, 100, 128, 255, 257, 288, 384, 511 }.Select(k => ($"k={k}", new MatmulShape(M: 2, N: 3, K: k), None, None, None)),
        ]);

    /// <summary>MM-4: lengths of A and B.</summary>
    public static ClauseCheck Lengths { get; } = Table(
        "MM-4",
        [
            .. from length in new[] { Off(-1), Off(1), Off(-144), Off(144), BufferLength.Exactly(0) }
               from side in new[] { 'A', 'B' }
               select (
                   Describe(side.ToString(), length),
                   new MatmulShape(M: 2, N: 3, K: 2 * Block),
                   side == 'A' ? length : None,
                   side == 'B' ? length : None,
                   None),
        ]);

    /// <summary>MM-5: sizes beyond 64 bits, which wrap to what the operands hold. The other side is empty, so that a device which is taken in has nothing to do.</summary>
    public static ClauseCheck Overflow { get; } = Table(
        "MM-5",
        [
            // 2^60 * 144 = 9 * 2^64.
            ("A wraps to 0", new MatmulShape(M: 1UL << 60, N: 0, K: Block), BufferLength.Exactly(0), None, BufferLength.Exactly(0)),
            ("B wraps to 0", new MatmulShape(M: 0, N: 1UL << 60, K: Block), None, BufferLength.Exactly(0), BufferLength.Exactly(0)),

            // (2^60 + 1) * 144 = 9 * 2^64 + 144.
            ("A wraps to one block", new MatmulShape(M: (1UL << 60) + 1, N: 0, K: Block), BufferLength.Exactly(144), None, BufferLength.Exactly(0)),

            // The greatest k that is a multiple of 256; (2^56 - 1) * 144 exceeds 2^63 once, 4 rows of it exceed 2^64.
            ("a row beyond 2^63", new MatmulShape(M: 4, N: 0, K: ulong.MaxValue - 255), BufferLength.Exactly(0), None, BufferLength.Exactly(0)),
        ]);

    /// <summary>MM-6: OUT.</summary>
    public static ClauseCheck OutputLength { get; } = Table(
        "MM-6",
        [
            .. new[] { Off(-1), Off(-4), BufferLength.Exactly(0), Off(1), Off(4), Off(4096) }.Select(
                length => (Describe("OUT", length), new MatmulShape(M: 3, N: 5, K: Block), None, None, length)),
        ]);

    /// <summary>MM-7: the order of the checks, told apart by the kind of the first error.</summary>
    public static ClauseCheck Order { get; } = Table(
        "MM-7",
        [
            ("k before OUT", new MatmulShape(M: 2, N: 3, K: Block - 1), None, None, BufferLength.Exactly(0)),
            ("overflow before OUT", new MatmulShape(M: (1UL << 60) + 1, N: 1, K: Block), BufferLength.Exactly(144), None, BufferLength.Exactly(0)),
            ("A before OUT", new MatmulShape(M: 2, N: 3, K: Block), Off(-1), None, Off(-4)),
            ("B before OUT", new MatmulShape(M: 2, N: 3, K: Block), None, Off(-1), Off(-4)),
            ("k before m = 0", new MatmulShape(M: 0, N: 3, K: Block - 1), None, None, None),
            ("B before m = 0", new MatmulShape(M: 0, N: 3, K: Block), None, Off(-1), None),
            ("A before n = 0", new MatmulShape(M: 3, N: 0, K: Block), Off(-1), None, None),
        ]);

    /// <summary>MM-8: empty products.</summary>
    public static ClauseCheck Empty { get; } = Table(
        "MM-8",
        [
            ("m=0", new MatmulShape(M: 0, N: 3, K: Block), None, None, None),
            ("n=0", new MatmulShape(M: 3, N: 0, K: Block), None, None, None),
            ("m=0 and n=0", new MatmulShape(M: 0, N: 0, K: 2 * Block), None, None, None),
            ("m=0, OUT longer", new MatmulShape(M: 0, N: 3, K: Block), None, None, Off(64)),
            ("n=0, OUT longer", new MatmulShape(M: 3, N: 0, K: Block), None, None, Off(64)),
        ]);

    private static BufferLength None => BufferLength.Consistent;

    private static BufferLength Off(long bytes) => BufferLength.Off(bytes);

    private static string Describe(string buffer, BufferLength length) => length.IsAbsolute
        ? $"{buffer} empty"
        : length.Bytes < 0 ? $"{buffer} {-length.Bytes} bytes short" : $"{buffer} {length.Bytes} bytes long";

    private static ClauseCheck Table(
        string clause, IReadOnlyList<(string Edge, MatmulShape Shape, BufferLength A, BufferLength B, BufferLength Output)> rows)
    {
        return new ClauseCheck
        {
            Clause = clause,
            Edges = _ => clause == "MM-8" ? [.. rows.Select(row => row.Edge), MatmulTrial.TrafficWatched] : [.. rows.Select(row => row.Edge)],
            Cases = plan => rows.Select(row => plan.Matmul(clause, row.Shape, PlacementFamilies.Placement) with
            {
                ALength = row.A,
                BLength = row.B,
                OutputLength = row.Output,
            }),
            Try = trial =>
            {
                MatmulCase tried = (MatmulCase)trial.Case;
                if (MatmulTrial.ExpectedError(tried) is null && tried.Shape.OutputBytes == 0)
                {
                    TryEmpty(trial, tried);
                }
                else
                {
                    MatmulTrial.CallAndJudge(trial);
                }

                foreach (var row in rows.Where(r => r.Shape == tried.Shape && r.A == tried.ALength && r.B == tried.BLength && r.Output == tried.OutputLength))
                {
                    trial.Reach(row.Edge);
                }
            },
        };
    }

    private static void TryEmpty(Trial trial, MatmulCase tried)
    {
        using MatmulRun run = new(tried, trial.Device);
        MatmulEvidence evidence = MatmulTrial.Call(trial, run);
        if (evidence.Phases is not null)
        {
            trial.Reach(MatmulTrial.TrafficWatched);
        }

        Deviation? deviation = MatmulTrial.CompareAnswer(null, evidence.Error);
        if (deviation is null && evidence.Phases is { Count: > 0 })
        {
            deviation = new Deviation($"an empty product issued {NumberText.Of(evidence.Phases)}", "no traffic", NumberText.Of(evidence.Phases));
        }
        else if (deviation is null && evidence.FirstWrittenByte is ulong written)
        {
            deviation = new Deviation($"an empty product wrote OUT, first at byte {written}", "OUT untouched", $"byte {written} written");
        }

        trial.Observe(deviation);
    }
}
