using System.Globalization;
using Spanker.Conformance.Tests.Vcd;

const string Usage = """
    Feeds damaged dumps to the reader for as long as it is told to. Exit code 0: nothing found; 1: a finding, printed; 2: wrong use.
      fuzz [--count N] [--seconds N] [--seed N]   (default: 100000 dumps or 60 seconds, whichever comes first, and seed 1)
    """;

long count = 100_000;
long seconds = 60;
long seed = 1;
bool isUnderstood = args.Length % 2 == 1 && args[0] == "fuzz";
for (int i = 1; i + 1 < args.Length; i += 2)
{
    isUnderstood &= long.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out long number);
    switch (args[i])
    {
        case "--count":
            count = number;
            break;
        case "--seconds":
            seconds = number;
            break;
        case "--seed":
            seed = number;
            break;
        default:
            isUnderstood = false;
            break;
    }
}

if (!isUnderstood)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

return new VcdFuzz((ulong)seed, count, TimeSpan.FromSeconds(seconds)).Run(Console.Out);
