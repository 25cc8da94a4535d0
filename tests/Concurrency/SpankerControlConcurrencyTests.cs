using System.Collections.Concurrent;
using Spanker.Conformance.Device;
using Xunit;

namespace Spanker.Conformance.Tests.Concurrency;

/// <summary>A close never takes a descriptor from under an ioctl, and no descriptor is lost, whatever the threads do.</summary>
public sealed class SpankerControlConcurrencyTests
{
    // A wait that runs into this has found a deadlock; a passing run never comes near it.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    // Few, as each is a rendezvous on a lock: the gated tests below force the interleavings that matter, this one looks for others.
    private const int CallsOfAThread = 20;

    [Fact]
    public void Dispose_returns_at_once_and_the_close_waits_for_the_ioctl_in_flight()
    {
        GatedDriver driver = new();
        SpankerControl control = Open(driver);
        DeviceError? answer = new UnknownDeviceError(0, "not answered");
        Thread caller = new(() => answer = control.Ping());
        caller.Start();
        Assert.True(driver.HasEntered.Wait(Limit));

        control.Dispose();
        int openWhileInFlight = driver.OpenDescriptors;
        driver.MayLeave.Set();
        Assert.True(caller.Join(Limit));

        Assert.Equal((1, 0, null), (openWhileInFlight, driver.OpenDescriptors, answer));
    }

    [Fact]
    public void The_close_waits_for_the_last_of_several_ioctls_in_flight()
    {
        const int callers = 4;
        GatedDriver driver = new(callers);
        SpankerControl control = Open(driver);
        Thread[] threads = [.. Enumerable.Range(0, callers).Select(_ => new Thread(() => control.Ping()))];
        Array.ForEach(threads, thread => thread.Start());
        Assert.True(driver.HasEntered.Wait(Limit));

        control.Dispose();
        int openWhileInFlight = driver.OpenDescriptors;
        driver.MayLeave.Set();
        Assert.All(threads, thread => Assert.True(thread.Join(Limit)));

        Assert.Equal((1, 0), (openWhileInFlight, driver.OpenDescriptors));
    }

    [Fact]
    public void A_call_that_begins_after_a_dispose_reaches_no_descriptor_while_another_is_still_in_flight()
    {
        GatedDriver driver = new();
        SpankerControl control = Open(driver);
        Thread caller = new(() => control.Ping());
        caller.Start();
        Assert.True(driver.HasEntered.Wait(Limit));
        control.Dispose();

        Assert.Throws<ObjectDisposedException>(() => control.GetVersion(out _));

        driver.MayLeave.Set();
        Assert.True(caller.Join(Limit));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void No_call_of_many_threads_reaches_a_closed_descriptor_and_none_is_leaked(int disposers)
    {
        const int rounds = 40;
        const int callers = 4;
        RecordingCalls calls = new(new SimulatedDriver());
        ConcurrentBag<string?> failures = [];
        for (int round = 0; round < rounds; round++)
        {
            SpankerControl control = Open(calls);
            using Barrier start = new(callers + disposers);
            List<Thread> threads = [];
            for (int i = 0; i < callers + disposers; i++)
            {
                bool isDisposer = i >= callers;
                threads.Add(new Thread(() => failures.Add(Call(control, start, isDisposer))));
            }

            threads.ForEach(thread => thread.Start());
            Assert.All(threads, thread => Assert.True(thread.Join(Limit)));
        }

        Assert.All(failures, Assert.Null);
        Assert.Equal((0, 0, rounds, rounds), (calls.Violations, calls.OpenDescriptors, calls.Opened, calls.Closed));
    }

    private static SpankerControl Open(ISystemCalls calls)
    {
        Assert.Null(SpankerControl.TryOpen(calls, DriverAbi.ControlPath, out SpankerControl? control));
        return control!;
    }

    // Returns what went wrong, or null; an exception that left a thread would take the test host with it.
    private static string? Call(SpankerControl control, Barrier start, bool isDisposer)
    {
        start.SignalAndWait(Limit);
        try
        {
            for (int i = 0; i < CallsOfAThread; i++)
            {
                DeviceError? error = control.Ping() ?? control.GetVersion(out _);
                if (error is not null)
                {
                    return error.ToString();
                }

                if (isDisposer)
                {
                    control.Dispose();
                }
            }
        }
        catch (ObjectDisposedException)
        {
            // Another thread was first: the right answer to a call that begins after it.
        }

        return null;
    }

    /// <summary>A driver in which PING stays until it is let go.</summary>
    private sealed class GatedDriver(int callers = 1) : SimulatedDriver
    {
        internal CountdownEvent HasEntered { get; } = new(callers);

        internal ManualResetEventSlim MayLeave { get; } = new();

        protected override int Ping(nint argument)
        {
            HasEntered.Signal();
            return MayLeave.Wait(Limit) ? 0 : -Errno.EIO;
        }
    }

    /// <summary>Counts what must not happen: an ioctl on a descriptor that is closed before, or closed while, the ioctl runs.</summary>
    private sealed class RecordingCalls(SimulatedDriver inner) : ISystemCalls
    {
        private readonly Lock gate = new();
        private readonly Dictionary<int, int> inFlightOfOpenDescriptor = [];

        internal int Violations { get; private set; }

        internal int Opened { get; private set; }

        internal int Closed { get; private set; }

        internal int OpenDescriptors => inner.OpenDescriptors;

        public int Open(string path, int flags)
        {
            lock (gate)
            {
                int descriptor = inner.Open(path, flags);
                inFlightOfOpenDescriptor.Add(descriptor, 0);
                Opened++;
                return descriptor;
            }
        }

        public int Ioctl(int descriptor, uint request, nint argument)
        {
            Enter(descriptor, by: 1);
            Thread.Yield();
            int answer = inner.Ioctl(descriptor, request, argument);
            Enter(descriptor, by: -1);
            return answer;
        }

        public int Close(int descriptor)
        {
            lock (gate)
            {
                if (!inFlightOfOpenDescriptor.Remove(descriptor, out int inFlight) || inFlight != 0)
                {
                    Violations++;
                }

                Closed++;
                return inner.Close(descriptor);
            }
        }

        private void Enter(int descriptor, int by)
        {
            lock (gate)
            {
                if (!inFlightOfOpenDescriptor.TryGetValue(descriptor, out int inFlight))
                {
                    Violations++;
                    return;
                }

                inFlightOfOpenDescriptor[descriptor] = inFlight + by;
            }
        }
    }
}
