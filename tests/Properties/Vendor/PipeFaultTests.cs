using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Vendor;

/// <summary>Programs that break down, lie or babble: each is found out by its clause, and the next case finds a sound program.</summary>
public sealed class PipeFaultTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("exits", "the program ended with status 7 before answering matmul")]
    [InlineData("raises", "the program ended with status 1 before answering matmul; its last words on stderr: {frames}ValueError: five rows are too many")]
    [InlineData("kills-itself", "the program was killed by signal SIGKILL before answering matmul")]
    [InlineData("closes-output", "the program closed its standard output before answering matmul")]
    [InlineData("ends-in-header", "the program ended with status 0 before the reply to matmul was whole (20 bytes of its header came)")]
    [InlineData("ends-in-payload", "the program ended with status 1 before the reply to matmul was whole (8 of the 40 bytes behind its header came)")]
    [InlineData("garbage", "the program began its reply to matmul with the bytes 72 65 61 64 ('read'), where 53 50 4b 52 ('SPKR') must stand: is something else written to standard output, or more than the reply before announced?")]
    [InlineData("extra-bytes", "the program began its reply to take_phases with the bytes 61 6e 64 20 ('and '), where 53 50 4b 52 ('SPKR') must stand: is something else written to standard output, or more than the reply before announced?")]
    [InlineData("huge", "the program announced 4611686018427387904 bytes of payload in its reply to matmul, where 40 is the most there may be")]
    [InlineData("one-too-many", "the program announced 41 bytes of payload in its reply to matmul, where 40 is the most there may be")]
    [InlineData("long-text", "the program announced 192 bytes of text (at most 191) and 0 in the reserved field (0) in its reply to matmul")]
    [InlineData("other-number", "the program answered request 99 when request 3, matmul, was to be answered")]
    [InlineData("hangs", "the program did not answer matmul within 2 s (is its standard output flushed?)")]
    [InlineData("stalls-in-payload", "the program did not complete its reply to matmul within 2 s (39 of the 40 bytes behind its header came)")]
    public void No_reply_is_a_deviation_from_PROC_1_and_the_next_case_is_sound(string fault, string words)
    {
        using PipeDeviceSource source = PipeDevices.Faulty(fault);
        CaseRunner runner = new(source) { CallLimit = Limit };

        CaseRecord odd = runner.Try(PipeDevices.Rows(5));
        CaseRecord next = runner.Try(PipeDevices.Rows(4));

        Assert.Equal(["PROC-1"], PipeDevices.Broken(odd));
        // A traceback's lines before the last are the interpreter's business.
        string[] parts = words.Split("{frames}");
        Assert.StartsWith(parts[0], odd.DeviationFrom("PROC-1")!.Message, StringComparison.Ordinal);
        Assert.EndsWith(parts[^1], odd.DeviationFrom("PROC-1")!.Message, StringComparison.Ordinal);
        Assert.Empty(PipeDevices.Broken(next));
        Assert.Contains(next.Observations, o => o.Clause == "MM-2");
    }

    [Theory]
    [InlineData("wrong-value", "MM-2")]
    [InlineData("short", "MM-2")]
    [InlineData("says-nothing", "MM-2")]
    [InlineData("refuses-and-writes", "MM-2")]
    public void A_reply_that_says_the_wrong_thing_is_judged_as_any_other_device(string fault, string clause)
    {
        using PipeDeviceSource source = PipeDevices.Faulty(fault);

        Assert.Equal([clause], PipeDevices.Broken(new CaseRunner(source) { CallLimit = Limit }.Try(PipeDevices.Rows(5))));
    }

    [Fact]
    public void A_byte_behind_the_result_is_a_stray_write_where_OUT_has_room_for_it()
    {
        using PipeDeviceSource source = PipeDevices.Faulty("one-too-many");

        CaseRecord record = new CaseRunner(source) { CallLimit = Limit }.Try(PipeDevices.Rows(5, "MM-6", BufferLength.Off(64)));

        Assert.Contains("MM-11", PipeDevices.Broken(record));
    }

    [Fact]
    public void A_payload_beside_a_refusal_is_a_written_result()
    {
        using PipeDeviceSource source = PipeDevices.Faulty("refuses-and-writes");

        CaseRecord record = new CaseRunner(source) { CallLimit = Limit }.Try(PipeDevices.Rows(5, "MM-6", BufferLength.Off(-4)));

        Assert.Contains("MM-10", PipeDevices.Broken(record));
    }

    [Fact]
    public void What_a_device_before_left_behind_in_the_process_breaks_MM_16()
    {
        using PipeDeviceSource source = PipeDevices.Faulty("remembers");
        CaseRunner runner = new(source) { CallLimit = Limit };

        runner.Try(PipeDevices.Rows(5));

        Assert.Equal(["MM-16"], PipeDevices.Broken(runner.Try(PipeDevices.Rows(4))));
    }

    [Theory]
    [InlineData("prints-unflushed", "the program wrote 18 bytes to standard output that belong to no reply: 'five rows, please")]
    [InlineData("prints-at-the-end", "the program wrote 4 bytes to standard output that belong to no reply: 'bye")]
    public void What_a_program_prints_besides_is_found_when_its_process_ends(string fault, string words)
    {
        using PipeDeviceSource source = PipeDevices.Faulty(fault);

        CaseRecord record = new CaseRunner(source) { CallLimit = Limit }.Try(PipeDevices.Rows(5, "PROC-1"));

        Assert.StartsWith(words, record.DeviationFrom("PROC-1")?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_behind_the_reply_to_close_are_the_closed_device_s_and_not_the_next_one_s()
    {
        using PipeDeviceSource source = PipeDevices.Faulty("more-behind-close");
        CaseRunner runner = new(source) { CallLimit = Limit };

        CaseRecord first = runner.Try(PipeDevices.Rows(4));
        CaseRecord second = runner.Try(PipeDevices.Rows(4));

        Assert.Equal(["PROC-1", "PROC-1"], [.. PipeDevices.Broken(first), .. PipeDevices.Broken(second)]);
    }

    [Fact]
    public void A_program_that_ends_only_after_earlier_devices_breaks_PROC_1_and_no_memory_of_calls_is_blamed()
    {
        using PipeDeviceSource source = PipeDevices.Faulty("ends-on-the-second-open");
        CaseRunner runner = new(source) { CallLimit = Limit };
        runner.Try(PipeDevices.Rows(4));

        CaseRecord record = runner.Try(PipeDevices.Rows(4));

        Assert.Equal(["PROC-1"], PipeDevices.Broken(record));
        Assert.Contains("seen after other devices of the same process, and not in a fresh one", record.DeviationFrom("PROC-1")!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_talks_on_stderr_conforms()
    {
        using PipeDeviceSource source = PipeDevices.Faulty("floods-stderr");

        Assert.Empty(PipeDevices.Broken(new CaseRunner(source).Try(PipeDevices.Rows(5))));
    }

    [Theory]
    [InlineData("prints-at-once", "began its reply to hello with the bytes 68 65 6c 6c")]
    [InlineData("exits-at-once", "its last words on stderr: no card in slot 3")]
    [InlineData("other-major", "speaks version 2.0 of the pipe protocol; this host speaks 1.0")]
    [InlineData("unknown-class", "arithmetic class 77 is unknown")]
    [InlineData("short-description", "its description is 100 bytes long; version 1.0 has 200")]
    [InlineData("refuses-to-open", "open failed with ENOENT: /dev/spanker0")]
    public void A_program_that_does_not_come_to_its_first_call_does_not_open(string fault, string words)
    {
        using PipeDeviceSource source = PipeDevices.Faulty(fault);

        DeviceOpenException closed = Assert.Throws<DeviceOpenException>(source.Open);

        Assert.Contains(words, closed.Message, StringComparison.Ordinal);
    }
}
