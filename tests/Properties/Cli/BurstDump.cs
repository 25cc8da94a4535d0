using System.Globalization;

namespace Spanker.Conformance.Tests.Properties.Cli;

/// <summary>A dump written by hand: in each scope an interface that reads one burst of four beats of 32 bytes, the address in cycle 1, the beats in cycles 2 to 5.</summary>
public static class BurstDump
{
    private static readonly (string Name, int Bits)[] Pins =
    [
        ("clk", 1), ("arvalid", 1), ("arready", 1), ("araddr", 32), ("arlen", 8), ("arsize", 3), ("arburst", 2), ("rvalid", 1), ("rready", 1), ("rdata", 256), ("rresp", 2), ("rlast", 1),
    ];

    /// <summary>An address that nobody asks for: the interface rests.</summary>
    public const int None = -1;

    /// <summary>The text of the dump.</summary>
    public static string Of(int cycles, params (string Scope, int Address)[] interfaces)
    {
        using StringWriter text = new() { NewLine = "\n" };
        text.WriteLine("$timescale 1ns $end");
        for (int scope = 0; scope < interfaces.Length; scope++)
        {
            text.WriteLine($"$scope module {interfaces[scope].Scope} $end");
            for (int pin = 0; pin < Pins.Length; pin++)
            {
                text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"$var wire {Pins[pin].Bits} {Code(scope, pin)} {Pins[pin].Name} $end"));
            }

            text.WriteLine("$upscope $end");
        }

        text.WriteLine("$enddefinitions $end");
        for (int cycle = 0; cycle < cycles; cycle++)
        {
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"#{cycle * 10}"));
            for (int scope = 0; scope < interfaces.Length; scope++)
            {
                WriteValues(text, scope, interfaces[scope].Address, cycle);
            }

            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"#{(cycle * 10) + 5}"));
            for (int scope = 0; scope < interfaces.Length; scope++)
            {
                text.WriteLine($"1{Code(scope, pin: 0)}");
            }
        }

        return text.ToString();
    }

    private static void WriteValues(TextWriter text, int scope, int address, int cycle)
    {
        bool isBusy = address != None;
        bool isBeat = isBusy && cycle is >= 2 and <= 5;
        int[] values = [0, isBusy && cycle == 1 ? 1 : 0, 1, isBusy ? address : 0, 3, 5, 1, isBeat ? 1 : 0, 1, cycle, 0, cycle == 5 ? 1 : 0];
        for (int pin = 0; pin < Pins.Length; pin++)
        {
            text.WriteLine(Pins[pin].Bits == 1 ? $"{values[pin]}{Code(scope, pin)}" : $"b{Convert.ToString(values[pin], 2)} {Code(scope, pin)}");
        }
    }

    private static string Code(int scope, int pin) => $"{(char)('a' + scope)}{(char)('a' + pin)}";
}
