using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Spanker.Conformance.Device;

/// <summary>A program that speaks the pipe protocol, and the conversation with it.</summary>
/// <remarks>
/// Exactly the bytes that a reply announces are read, after what it announces was checked: bytes too many are found as the beginning of the next reply,
/// whenever they arrive. Headers go as they lie in memory, since the machines of <see cref="LinuxCalls.AreAvailable"/> are little endian as the protocol is.
/// After anything but a well-formed reply the process is gone.
/// </remarks>
internal sealed unsafe class PipeProcess : IDisposable
{
    private const int JoinedBytes = 1 << 16;
    private const int MostInOneCall = 1 << 30;
    private const int LastWordsBytes = 4096;
    private const ulong MostUnasked = 1 << 20;
    private const int LastWordsLines = 5;
    private const int LastWordsLength = 400;
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(1);

    private readonly string mark = WorkerMarker.Next();
    private readonly byte[] joined = GC.AllocateUninitializedArray<byte>(JoinedBytes, pinned: true);
    private readonly byte[] lastWords = GC.AllocateUninitializedArray<byte>(LastWordsBytes, pinned: true);
    private int lastWordsLength;
    private int input = -1;
    private int output = -1;
    private int complaints = -1;
    private int processHandle = -1;
    private readonly int pid;
    private int? status;
    private ulong sequence;

    /// <summary>Starts a program.</summary>
    /// <exception cref="IOException">It does not start.</exception>
    public PipeProcess(string program, IReadOnlyList<string> words)
    {
        int* ends = stackalloc int[6];
        new Span<int>(ends, 6).Fill(-1);
        try
        {
            for (int i = 0; i < 3; i++)
            {
                Require(PipeCalls.Pipe(ends + (2 * i), PipeCalls.CloseOnExec), "pipe2");
            }

            (input, output, complaints) = (ends[1], ends[2], ends[4]);
            foreach (int mine in (int[])[input, output, complaints])
            {
                Require(LinuxCalls.Control(mine, LinuxCalls.SetStatusFlags, PipeCalls.NonBlocking), "fcntl");
            }

            pid = ChildSpawn.Start(program, words, mark, [(ends[0], 0), (ends[3], 1), (ends[5], 2)]);
            processHandle = LinuxCalls.PidFdOpen(pid);
            Require(processHandle, "pidfd_open");
        }
        catch (IOException)
        {
            Dispose();
            throw;
        }
        finally
        {
            foreach (int theirs in (int[])[ends[0], ends[3], ends[5]])
            {
                Close(theirs);
            }
        }
    }

    /// <summary>Devices opened in it so far.</summary>
    public int DevicesServed { get; set; }

    /// <summary>Whether it still runs, as far as is known.</summary>
    public bool IsAlive => status is null;

    /// <summary>Sends a request and reads its reply.</summary>
    /// <param name="request">The request; its number and lengths are filled in.</param>
    /// <param name="first">The first part of what follows it.</param>
    /// <param name="second">The second part.</param>
    /// <param name="payload">Where the reply's payload goes, as long as it is.</param>
    /// <param name="payloadBytes">The most that the payload may be.</param>
    /// <param name="limit">The time for all of it.</param>
    /// <param name="reply">The reply, if there is one.</param>
    /// <returns>Null if there is a reply; otherwise why there is none, and the process is gone.</returns>
    public Incident? Ask(
        PipeRequest request, ReadOnlyBytes first, ReadOnlyBytes second, byte* payload, ulong payloadBytes, CallLimit limit, out PipeReply reply)
    {
        reply = default;
        string name = NameOf((PipeCommand)request.Command);
        Deadline deadline = new(limit.Time);
        sequence = checked(sequence + 1);
        request = request with { Sequence = sequence, FirstBytes = first.LengthBytes, SecondBytes = second.LengthBytes };
        if (!IsAlive)
        {
            return Lost("had ended before");
        }

        Passage sent = SendAll(request, first, second, deadline);
        if (sent != Passage.Done)
        {
            return Break(sent, name, string.Empty, limit);
        }

        PipeReplyHeader header;
        Passage read = Receive((byte*)&header, PipeProtocol.HeaderBytes, deadline, out ulong got);
        if (read != Passage.Done)
        {
            return Break(read, name, got == 0 ? string.Empty : Invariant($" ({got} bytes of its header came)"), limit);
        }

        if (Complaint(header, name, payloadBytes) is string complaint)
        {
            End();
            return Lost(complaint);
        }

        byte* text = stackalloc byte[PipeProtocol.MostTextBytes];
        read = Receive(text, header.TextBytes, deadline, out got);
        ulong more = 0;
        if (read == Passage.Done)
        {
            read = Receive(payload, header.PayloadBytes, deadline, out more);
        }

        if (read != Passage.Done)
        {
            ulong announced = header.TextBytes + header.PayloadBytes;
            return Break(read, name, Invariant($" ({got + more} of the {announced} bytes behind its header came)"), limit);
        }

        reply = PipeReply.Of(header, new ReadOnlySpan<byte>(text, (int)header.TextBytes));
        return null;
    }

    /// <summary>Ends the process, and all that it started.</summary>
    public void End()
    {
        if (status is not null || pid <= 0)
        {
            return;
        }

        // The group goes first, while its leader's pid cannot be given to anybody else; what left the group is found by its mark.
        _ = LinuxCalls.Kill(-pid, LinuxCalls.SigKill);
        _ = LinuxCalls.Kill(pid, LinuxCalls.SigKill);
        Reap();
    }

    /// <summary>Whether bytes lie in the pipe that belong to no reply.</summary>
    public bool HasUnaskedBytes
    {
        get
        {
            LinuxCalls.PollEntry entry = new() { Descriptor = output, Wanted = LinuxCalls.PollIn };
            return IsAlive && LinuxCalls.Poll(&entry, 1, 0) > 0 && (entry.Seen & LinuxCalls.PollIn) != 0;
        }
    }

    /// <summary>Closes the program's standard input and reads to the end of its output, where nothing may come any more; what came is an incident.</summary>
    public Incident? SayGoodbye()
    {
        Close(input);
        input = -1;
        byte* bytes = stackalloc byte[LastWordsBytes];
        Deadline deadline = new(LongestGoodbye);
        ulong count = 0;
        string first = string.Empty;
        bool hasEnded = false;
        while (IsAlive && !hasEnded && count < MostUnasked && deadline.LeftMilliseconds > 0 && Await(output, LinuxCalls.PollIn, deadline) == Passage.Done)
        {
            nint read = PipeCalls.Read(output, bytes, LastWordsBytes);
            hasEnded = read <= 0;
            if (!hasEnded)
            {
                first = count == 0 ? Printable(Encoding.UTF8.GetString(bytes, (int)Math.Min(read, 60))) : first;
                count += (ulong)read;
            }
        }

        // How many there are is worth saying where the end was seen; the same program says the same then.
        string bytesWritten = count < MostUnasked ? Invariant($"{count} bytes") : Invariant($"more than {MostUnasked} bytes");
        return count == 0 ? null : new Incident(IncidentKind.NoAnswer, $"the program wrote {bytesWritten} to standard output that belong to no reply: '{first}'");
    }

    /// <summary>Closes the program's standard input, waits a second for it to end by itself, and ends it.</summary>
    public void Dispose()
    {
        Close(input);
        input = -1;
        if (status is null && processHandle >= 0)
        {
            AwaitEnd(new Deadline(LongestGoodbye));
        }

        End();
        Close(output);
        Close(complaints);
        Close(processHandle);
        output = complaints = processHandle = -1;
    }

    /// <summary>The last lines of what a program's process left on its standard error, in a line; empty if nothing.</summary>
    public string LastWords()
    {
        DrainComplaints();
        string[] lines = Encoding.UTF8.GetString(lastWords, 0, lastWordsLength).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string last = string.Join(" | ", lines.TakeLast(LastWordsLines));
        return Printable(last.Length <= LastWordsLength ? last : last[^LastWordsLength..]);
    }

    private static string Printable(string text) => new([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);

    private static string NameOf(PipeCommand command) => command switch
    {
        PipeCommand.Hello => "hello",
        PipeCommand.Open => "open",
        PipeCommand.Close => "close",
        PipeCommand.Matmul => "matmul",
        PipeCommand.FormTopology => "form_topology",
        PipeCommand.AllReduce => "all_reduce",
        PipeCommand.AllGather => "all_gather",
        _ => "take_phases",
    };

    private static void Require(int result, string call)
    {
        if (result < 0)
        {
            throw new IOException($"{call}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        }
    }

    private static void Close(int descriptor)
    {
        if (descriptor >= 0)
        {
            _ = LinuxCalls.Close(descriptor);
        }
    }

    private static Incident Lost(string how) => new(IncidentKind.NoAnswer, "the program " + how, EndsCase: true);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private string? Complaint(in PipeReplyHeader header, string name, ulong payloadBytes)
    {
        if (header.Magic != PipeProtocol.ReplyMagic)
        {
            uint magic = header.Magic;
            byte[] bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in magic)).ToArray();
            string hex = string.Join(' ', bytes.Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
            string text = new([.. bytes.Select(b => b is >= 0x20 and < 0x7F ? (char)b : '.')]);
            return $"began its reply to {name} with the bytes {hex} ('{text}'), where 53 50 4b 52 ('SPKR') must stand: is something else written to standard output, or more than the reply before announced?";
        }

        if (header.Sequence != sequence)
        {
            return Invariant($"answered request {header.Sequence} when request {sequence}, {name}, was to be answered");
        }

        if (header.TextBytes > PipeProtocol.MostTextBytes || header.Reserved != 0)
        {
            return Invariant($"announced {header.TextBytes} bytes of text (at most {PipeProtocol.MostTextBytes}) and {header.Reserved} in the reserved field (0) in its reply to {name}");
        }

        return header.PayloadBytes > payloadBytes
            ? Invariant($"announced {header.PayloadBytes} bytes of payload in its reply to {name}, where {payloadBytes} is the most there may be")
            : null;
    }

    // Small requests go in one piece, so that the program is woken once.
    private Passage SendAll(PipeRequest request, ReadOnlyBytes first, ReadOnlyBytes second, Deadline deadline)
    {
        fixed (byte* start = joined)
        {
            *(PipeRequest*)start = request;
            if (first.LengthBytes <= JoinedBytes / 4 && second.LengthBytes <= JoinedBytes / 4)
            {
                int a = (int)first.LengthBytes;
                int b = (int)second.LengthBytes;
                new ReadOnlySpan<byte>(first.Start, a).CopyTo(joined.AsSpan(PipeProtocol.HeaderBytes));
                new ReadOnlySpan<byte>(second.Start, b).CopyTo(joined.AsSpan(PipeProtocol.HeaderBytes + a));
                return Send(start, (ulong)(PipeProtocol.HeaderBytes + a + b), deadline);
            }

            Passage header = Send(start, PipeProtocol.HeaderBytes, deadline);
            Passage operand = header == Passage.Done ? Send(first.Start, first.LengthBytes, deadline) : header;
            return operand == Passage.Done ? Send(second.Start, second.LengthBytes, deadline) : operand;
        }
    }

    private Passage Send(byte* bytes, ulong lengthBytes, Deadline deadline)
    {
        ulong done = 0;
        while (done < lengthBytes)
        {
            nint written = PipeCalls.Write(input, bytes + done, (nuint)Math.Min(lengthBytes - done, MostInOneCall));
            if (written > 0)
            {
                done += (ulong)written;
            }
            else if (written < 0 && Marshal.GetLastPInvokeError() is not (PipeCalls.TryAgain or Errno.EINTR))
            {
                return Passage.Ended;
            }
            else if (Await(input, PipeCalls.PollOut, deadline) is Passage passage and not Passage.Done)
            {
                return passage;
            }
        }

        return Passage.Done;
    }

    private Passage Receive(byte* bytes, ulong lengthBytes, Deadline deadline, out ulong got)
    {
        got = 0;
        while (got < lengthBytes)
        {
            Passage passage = Await(output, LinuxCalls.PollIn, deadline);
            if (passage == Passage.Overdue)
            {
                return passage;
            }

            // What an ended process left in the pipe is read before its end is believed.
            nint read = PipeCalls.Read(output, bytes + got, (nuint)Math.Min(lengthBytes - got, MostInOneCall));
            if (read > 0)
            {
                got += (ulong)read;
            }
            else if (read == 0 || passage == Passage.Ended)
            {
                return Passage.Ended;
            }
        }

        return Passage.Done;
    }

    // Until the descriptor is ready, the process has ended or the time is over. Standard error is emptied meanwhile, or a talkative program would block on it.
    private Passage Await(int descriptor, short wanted, Deadline deadline)
    {
        LinuxCalls.PollEntry* entries = stackalloc LinuxCalls.PollEntry[3];
        entries[0] = new() { Descriptor = descriptor, Wanted = wanted };
        entries[1] = new() { Descriptor = processHandle, Wanted = LinuxCalls.PollIn };
        entries[2] = new() { Descriptor = complaints, Wanted = LinuxCalls.PollIn };
        while (true)
        {
            int left = deadline.LeftMilliseconds;
            int ready = LinuxCalls.Poll(entries, 3, left);
            if (ready > 0 && entries[0].Seen != 0)
            {
                return Passage.Done;
            }

            if (ready > 0 && entries[1].Seen != 0)
            {
                return Passage.Ended;
            }

            if (ready > 0 && !DrainComplaints())
            {
                entries[2].Descriptor = -1;
            }

            if (ready >= 0 && left == 0)
            {
                return Passage.Overdue;
            }
        }
    }

    // Keeps the last bytes. False at the stream's end.
    private bool DrainComplaints()
    {
        byte* bytes = stackalloc byte[LastWordsBytes];
        nint read;
        while ((read = PipeCalls.Read(complaints, bytes, LastWordsBytes)) > 0)
        {
            int kept = Math.Min(lastWordsLength, LastWordsBytes - (int)read);
            lastWords.AsSpan(lastWordsLength - kept, kept).CopyTo(lastWords);
            new ReadOnlySpan<byte>(bytes, (int)read).CopyTo(lastWords.AsSpan(kept));
            lastWordsLength = kept + (int)read;
            if (read < LastWordsBytes)
            {
                return true;
            }
        }

        return read < 0;
    }

    private Incident Break(Passage passage, string name, string came, CallLimit limit)
    {
        if (passage == Passage.Overdue)
        {
            End();
            string what = came.Length == 0
                ? $"did not answer {name} within {limit.Words} (is its standard output flushed?)"
                : $"did not complete its reply to {name} within {limit.Words}{came}";
            return new Incident(IncidentKind.Overdue, "the program " + what, EndsCase: true);
        }

        // A closed stream comes a moment before the process's end.
        bool hasEnded = AwaitEnd(new Deadline(LongestGoodbye));
        End();
        string words = LastWords();
        string how = hasEnded ? DescribeEnd() : "closed its standard output";
        string before = came.Length == 0 ? $"answering {name}" : $"the reply to {name} was whole{came}";
        return Lost($"{how} before {before}{(words.Length > 0 ? $"; its last words on stderr: {words}" : string.Empty)}");
    }

    private string DescribeEnd()
    {
        int ended = status ?? throw new InvalidOperationException("the program has not ended");
        int signal = ended & 0x7F;
        return signal == 0 ? Invariant($"ended with status {(ended >> 8) & 0xFF}") : $"was killed by signal {WorkerProcess.NameOf((uint)signal)}";
    }

    private bool AwaitEnd(Deadline deadline)
    {
        if (status is not null)
        {
            return true;
        }

        LinuxCalls.PollEntry* entries = stackalloc LinuxCalls.PollEntry[2];
        entries[0] = new() { Descriptor = processHandle, Wanted = LinuxCalls.PollIn };
        entries[1] = new() { Descriptor = complaints, Wanted = LinuxCalls.PollIn };
        while (true)
        {
            int left = deadline.LeftMilliseconds;
            int ready = LinuxCalls.Poll(entries, 2, left);
            if (ready > 0 && entries[0].Seen != 0)
            {
                _ = LinuxCalls.Kill(-pid, LinuxCalls.SigKill);
                Reap();
                return true;
            }

            if (ready > 0 && !DrainComplaints())
            {
                entries[1].Descriptor = -1;
            }

            if (ready >= 0 && left == 0)
            {
                return false;
            }
        }
    }

    private void Reap()
    {
        int waited;
        int ended;
        do
        {
            waited = LinuxCalls.WaitPid(pid, out ended, 0);
        }
        while (waited < 0 && Marshal.GetLastPInvokeError() == Errno.EINTR);
        status = waited == pid ? ended : 0;
        WorkerMarker.End(mark);
    }

    private enum Passage
    {
        Done,
        Ended,
        Overdue,
    }

    private readonly record struct Deadline
    {
        private readonly TimeSpan limit;
        private readonly TimeSpan started;

        public Deadline(TimeSpan limit)
        {
            this.limit = limit;
            started = RunningTime.Now;
        }

        public int LeftMilliseconds =>
            (int)Math.Min(Math.Ceiling(Math.Max(0, (limit - (RunningTime.Now - started)).TotalMilliseconds)), int.MaxValue);
    }
}
