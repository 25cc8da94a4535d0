using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Spanker.Conformance.Device;

/// <summary>How a request to a worker ended.</summary>
internal enum WorkerReply
{
    Answered,
    Ended,
    Overdue,
}

/// <summary>A process that hosts one vendor library, and the conversation with it.</summary>
/// <remarks>
/// A request lies in the arena's control block; a number there hands the turn over and back, and a byte on a socket wakes who sleeps (native/worker/worker.c). The end of
/// the process is learnt from a pidfd in the same poll, since a child that the library forked may hold the socket open.
/// </remarks>
internal sealed unsafe class WorkerProcess : IDisposable
{
    // Where the worker expects its ends.
    private const int WorkerSocket = 3;
    private const int WorkerArena = 4;
    private static readonly CarriedBinary Program = new(
        "worker", "the worker process", typeof(WorkerProcess).Assembly, "-std=gnu11 -O2 -pthread -Inative native/worker/worker.c -ldl");

    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    // A wake-up costs as much as this, or more; looking for longer would be waste.
    private static readonly long LongestLookTicks = Stopwatch.Frequency / 20_000;

    private readonly string mark = WorkerMarker.Next();
    private int printed = -1;
    private int socket = -1;
    private int processHandle = -1;
    private int pid;
    private int? status;
    private ulong sequence = 1;
    private TimeSpan posted = RunningTime.Now;

    private WorkerProcess(string spec, string library, ulong memoryLimitBytes)
    {
        string program = OperatingSystem.IsWindows()
            ? throw new DeviceOpenException(spec, new NotImplemented("vendor libraries are hosted on Linux only"))
            : Program.Find(spec);
        Arena = new SharedArena();
        int output = -1;
        try
        {
            printed = OpenPrinted();
            output = OpenPrinted();
            Start(program, library, memoryLimitBytes, output);
        }
        catch
        {
            Dispose();
            throw;
        }
        finally
        {
            Close(output);
        }
    }

    /// <summary>The memory that both see.</summary>
    public SharedArena Arena { get; }

    /// <summary>Devices opened in it so far.</summary>
    public int DevicesServed { get; set; }

    /// <summary>What loading the library changed in the process; taken by the first device.</summary>
    public string LoadChanges { get; set; } = string.Empty;

    /// <summary>Whether the library was seen to start processes. Those that left the worker's group are then looked for when it ends; any others at the next start.</summary>
    public bool HasStartedChildren { get; set; }

    /// <summary>Whether it still answers.</summary>
    public bool IsAlive => status is null;

    /// <summary>The request and its reply.</summary>
    public WorkerControl* Control => Arena.Control;

    /// <summary>Starts a worker and loads the library in it.</summary>
    /// <exception cref="DeviceOpenException">It does not start, or the library does not load.</exception>
    public static WorkerProcess Start(string spec, string library, ulong memoryLimitBytes)
    {
        WorkerProcess started;
        try
        {
            started = new(spec, library, memoryLimitBytes);
        }
        catch (IOException failure)
        {
            throw new DeviceOpenException(spec, new HostFailure($"its process cannot be started: {failure.Message}"));
        }

        try
        {
            started.AwaitLoad(spec);
            return started;
        }
        catch (DeviceOpenException)
        {
            started.Dispose();
            throw;
        }
    }

    /// <summary>Hands the request over and waits for the reply. After anything but an answer the process is gone.</summary>
    public WorkerReply Ask(WorkerCommand command, TimeSpan limit)
    {
        Post(command);
        return Await(limit);
    }

    /// <summary>Hands the request over. The reply must be awaited before the next.</summary>
    public void Post(WorkerCommand command)
    {
        WorkerControl* control = Control;
        control->Command = command;
        control->Progress = 0;
        posted = RunningTime.Now;
        if (!IsAlive)
        {
            return;
        }

        byte turn = 0;
        sequence++;
        Volatile.Write(ref control->Sequence, sequence);
        if (Interlocked.Exchange(ref control->WorkerSleeps, 0) == 1 && LinuxCalls.Send(socket, &turn, 1, LinuxCalls.NoSignal) != 1)
        {
            End();
        }
    }

    /// <summary>How the process ended, in words; only after it did.</summary>
    public string DescribeEnd()
    {
        int ended = status ?? throw new InvalidOperationException("the worker has not ended");
        WorkerControl* control = Control;
        int signal = ended & 0x7F;
        string how = control->FaultSignal != 0 ? $"raised {NameOf(control->FaultSignal)}"
            : signal == 0 ? $"ended the process with status {(ended >> 8) & 0xFF}"
            : $"was killed by signal {NameOf((uint)signal)}";
        string words = LastWords();
        return words.Length == 0 ? how : $"{how}; its last words on stderr: {words}";
    }

    /// <summary>A signal's name.</summary>
    public static string NameOf(uint signal) => signal switch
    {
        4 => "SIGILL",
        5 => "SIGTRAP",
        6 => "SIGABRT",
        7 => "SIGBUS",
        8 => "SIGFPE",
        9 => "SIGKILL",
        11 => "SIGSEGV",
        15 => "SIGTERM",
        31 => "SIGSYS",
        _ => signal.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Ends the process, and all that its library started.</summary>
    public void End()
    {
        if (status is not null || pid <= 0)
        {
            return;
        }

        _ = LinuxCalls.Kill(pid, LinuxCalls.SigKill);
        Reap();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        End();
        Close(socket);
        Close(processHandle);
        Close(printed);
        (socket, processHandle, printed) = (-1, -1, -1);
        Arena.Dispose();
    }

    private static void Close(int descriptor)
    {
        if (descriptor >= 0)
        {
            _ = LinuxCalls.Close(descriptor);
        }
    }

    private static int OpenPrinted()
    {
        int file = LinuxCalls.MemfdCreate("spanker-printed", LinuxCalls.MemfdCloseOnExec);
        _ = LinuxCalls.Control(file, LinuxCalls.SetStatusFlags, LinuxCalls.AppendFlag);
        return file;
    }

    private void AwaitLoad(string spec)
    {
        WorkerReply reply = Await(LongestStart);
        WorkerControl* control = Control;
        if (reply == WorkerReply.Answered)
        {
            LoadChanges = VendorAbi.ReadText(new ReadOnlySpan<byte>(control->Changes, 1024));
            string error = VendorAbi.ReadText(new ReadOnlySpan<byte>(control->LoadError, 512));
            if (error.Length > 0)
            {
                throw new DeviceOpenException(spec, new HostFailure("the library does not load: " + error));
            }

            return;
        }

        string how = reply == WorkerReply.Overdue ? $"did not end within {LongestStart.TotalSeconds} s" : DescribeEnd();
        throw new DeviceOpenException(spec, new HostFailure($"loading the library {how}"));
    }

    /// <summary>Waits for the reply to what was posted.</summary>
    /// <param name="limit">The time since it was posted, or since the worker last made progress with it.</param>
    public WorkerReply Await(TimeSpan limit)
    {
        if (!IsAlive)
        {
            return WorkerReply.Ended;
        }

        long started = Stopwatch.GetTimestamp();
        WorkerControl* control = Control;
        while (Stopwatch.GetTimestamp() - started < LongestLookTicks)
        {
            for (int i = 0; i < 16; i++)
            {
                if (Volatile.Read(ref control->Echo) == sequence)
                {
                    return WorkerReply.Answered;
                }

                Thread.SpinWait(1);
            }

            // Where runners and workers are more than processors, who looks keeps the other from answering.
            Thread.Yield();
        }

        _ = Interlocked.Exchange(ref control->RunnerSleeps, 1);
        if (Volatile.Read(ref control->Echo) == sequence && Interlocked.Exchange(ref control->RunnerSleeps, 0) == 1)
        {
            return WorkerReply.Answered;
        }

        return Sleep(limit);
    }

    // A runner that was stopped, or frozen together with its worker, does not hold that against the library.
    private WorkerReply Sleep(TimeSpan limit)
    {
        TimeSpan started = posted;
        ulong progress = 0;
        LinuxCalls.PollEntry* entries = stackalloc LinuxCalls.PollEntry[2];
        entries[0] = new() { Descriptor = socket, Wanted = LinuxCalls.PollIn };
        entries[1] = new() { Descriptor = processHandle, Wanted = LinuxCalls.PollIn };
        while (true)
        {
            double left = Math.Max(0, (limit - (RunningTime.Now - started)).TotalMilliseconds);
            int ready = LinuxCalls.Poll(entries, 2, (int)Math.Min(Math.Ceiling(left), int.MaxValue));
            byte turn;
            if (ready > 0 && (entries[0].Seen & LinuxCalls.PollIn) != 0 && LinuxCalls.Receive(socket, &turn, 1, 0) == 1
                && Volatile.Read(ref Control->Echo) == sequence)
            {
                return WorkerReply.Answered;
            }

            if (ready > 0)
            {
                End();
                return WorkerReply.Ended;
            }

            if (Volatile.Read(ref Control->Progress) is var now && now != progress)
            {
                (progress, started) = (now, RunningTime.Now);
            }
            else if (ready == 0 && left <= 0)
            {
                // Less than 0 is an interrupted wait.
                End();
                return WorkerReply.Overdue;
            }
        }
    }

    // The group goes first, while its leader's pid cannot be given to anybody else.
    private void Reap()
    {
        _ = LinuxCalls.Kill(-pid, LinuxCalls.SigKill);
        int waited;
        int ended;
        do
        {
            waited = LinuxCalls.WaitPid(pid, out ended, 0);
        }
        while (waited < 0 && Marshal.GetLastPInvokeError() == Errno.EINTR);
        status = waited == pid ? ended : 0;
        if (HasStartedChildren)
        {
            WorkerMarker.End(mark);
        }
    }

    // The last lines of what the library left on standard error.
    private string LastWords()
    {
        const int Most = 4096;
        byte* bytes = stackalloc byte[Most];
        nint got;
        nint last = 0;
        for (long at = 0; (got = LinuxCalls.ReadAt(printed, bytes, Most, at)) > 0; at += got)
        {
            last = got;
        }

        string[] lines = Encoding.UTF8.GetString(bytes, (int)last).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string text = string.Join(" | ", lines.TakeLast(5));
        return new string([.. (text.Length <= 400 ? text : text[^400..]).Select(c => char.IsControl(c) ? ' ' : c)]);
    }

    private void Start(string program, string library, ulong memoryLimitBytes, int output)
    {
        int* ends = stackalloc int[2];
        if (LinuxCalls.SocketPair(LinuxCalls.UnixFamily, LinuxCalls.SequencedPacket | LinuxCalls.SocketCloseOnExec, 0, ends) != 0)
        {
            throw new IOException($"socketpair: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        }

        socket = ends[0];
        int theirs = ends[1];
        string runner = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        string limit = memoryLimitBytes.ToString(CultureInfo.InvariantCulture);
        int nothing = LinuxCalls.OpenFile("/dev/null", LinuxCalls.ReadWriteFlag | LinuxCalls.CloseOnExecFlag);
        try
        {
            pid = ChildSpawn.Start(
                program, [program, library, runner, limit], mark,
                [(nothing, 0), (output, 1), (printed, 2), (theirs, WorkerSocket), (Arena.Descriptor, WorkerArena)]);
        }
        finally
        {
            Close(nothing);
            Close(theirs);
        }

        processHandle = LinuxCalls.PidFdOpen(pid);
        if (processHandle < 0)
        {
            throw new IOException($"pidfd_open: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        }
    }
}
