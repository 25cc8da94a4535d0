using System.Text;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Vcd;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Dumps;

/// <summary>What the fuzzer found in dumps and in what becomes of them.</summary>
public sealed class HostileDumpTests
{
    [Theory]
    [InlineData(256, 31, "interface 't': wstrb has 31 bits, and the data 256; expected a strobe for each byte, or a map that names other signals")]
    [InlineData(8, 4, "interface 't': wstrb has 4 bits, and the data 8; expected a strobe for each byte, or a map that names other signals")]
    public void Strobes_that_are_not_one_a_byte_are_refused(int dataBits, int strobeBits, string line)
    {
        VcdException refused = Assert.Throws<VcdException>(() => Check(Dump(["awvalid 1", "awready 1", "bvalid 1", "bready 1", "wvalid 1", "wready 1", $"wdata {dataBits}", $"wstrb {strobeBits}"])));
        Assert.Equal(line, refused.Message);
    }

    [Fact]
    public void Without_data_the_strobes_say_how_wide_the_bus_is() =>
        Assert.Equal(256, Assert.Single(Check(Dump(["awvalid 1", "awready 1", "bvalid 1", "bready 1", "wvalid 1", "wready 1", "wstrb 32"]))).Shape.DataBits);

    [Fact]
    public void A_write_that_is_answered_before_its_address_is_a_trace()
    {
        AxiBusShape shape = new(dataBits: 32, addressBits: 16, idBits: 2);
        AxiRecorder recorder = new(shape);
        AxiChecker checker = new(shape, AxiCheckOptions.Default, recorder);
        AxiCycle pins = default;
        (pins.W.Valid, pins.W.Ready, pins.W.Last, pins.Aw.Valid) = (AxiBit.High, AxiBit.High, AxiBit.High, AxiBit.High);
        checker.Push(pins);
        (pins.W.Valid, pins.B.Valid, pins.B.Ready) = (AxiBit.Low, AxiBit.High, AxiBit.High);
        checker.Push(pins);

        // The read begins when the write has all but its address; both addresses are accepted in cycle 3.
        pins.B.Valid = AxiBit.Low;
        checker.Push(pins);
        (pins.Aw.Ready, pins.Ar.Valid, pins.Ar.Ready) = (AxiBit.High, AxiBit.High, AxiBit.High);
        checker.Push(pins);
        (pins.Aw.Valid, pins.Ar.Valid, pins.R.Valid, pins.R.Ready, pins.R.Last) = (AxiBit.Low, AxiBit.Low, AxiBit.High, AxiBit.High, AxiBit.High);
        checker.Push(pins);
        _ = checker.Finish();

        Assert.Equal([3L, 4], recorder.Transactions.Select(done => done.LastCycle));
        Assert.Equal(2, AxiTrace.Of(shape, recorder.Transactions).Transactions.Count);
    }

    private static IReadOnlyList<BusVerdict> Check(string dump) =>
        VcdBusCheck.Check(() => new MemoryStream(Encoding.ASCII.GetBytes(dump)), map: null, AxiCheckOptions.Default, keepsTransactions: false, CancellationToken.None);

    /// <summary>An interface of these pins in scope t, and ten rising edges on which nothing happens.</summary>
    private static string Dump(string[] pins)
    {
        StringBuilder text = new("$scope module t $end $var wire 1 ! aclk $end\n");
        for (int pin = 0; pin < pins.Length; pin++)
        {
            _ = text.Append($"$var wire {pins[pin].Split(' ')[1]} {(char)('"' + pin)} {pins[pin].Split(' ')[0]} $end\n");
        }

        _ = text.Append("$upscope $end $enddefinitions $end\n");
        for (int edge = 0; edge < 10; edge++)
        {
            _ = text.Append($"#{edge * 10}\n0!\n").Append(edge % 2 == 0 ? "0\"\n" : "1\"\n").Append($"#{(edge * 10) + 5}\n1!\n");
        }

        return text.ToString();
    }
}
