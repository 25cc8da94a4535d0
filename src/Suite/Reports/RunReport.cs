using System.Globalization;

namespace Spanker.Conformance.Suite.Reports;

/// <summary>A failure as reports show it.</summary>
/// <param name="Failure">The failure.</param>
/// <param name="Token">Case and device: <c>mm13-g1-..@sim:class=f32</c>.</param>
/// <param name="CaseFile">The file of the report folder that holds the token too, where it is too long for a command line; otherwise null.</param>
/// <param name="ReplayLine">The command that replays it.</param>
public sealed record ReportedFailure(Failure Failure, string Token, string? CaseFile, string ReplayLine)
{
    /// <summary>The file of the report folder that holds what went over the bus, as VCD; null where there is none.</summary>
    public string? DumpFile { get; init; }
}

/// <summary>A run and what all of its reports need besides.</summary>
public sealed class RunReport
{
    /// <summary>The longest token that is left to a command line; longer ones are given a file as well.</summary>
    public const int LongestTokenInLine = 2000;

    private readonly Dictionary<Failure, ReportedFailure> reported = new(ReferenceEqualityComparer.Instance);

    /// <summary>A report on <paramref name="result"/>.</summary>
    /// <param name="result">The run.</param>
    /// <param name="environment">Where and when it took place.</param>
    /// <param name="ggufPath">The file that the real weights came from; null if there were none.</param>
    /// <param name="folder">The report folder, as replay lines should spell it; null where none is written.</param>
    public RunReport(RunResult result, ReportEnvironment environment, string? ggufPath = null, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        Result = result;
        Environment = environment;
        GgufPath = ggufPath;
        int number = 0;
        foreach (DeviceResult device in result.Devices)
        {
            foreach (Failure failure in device.Failures)
            {
                number++;
                reported.Add(failure, Describe(failure, device.Spec, folder, number));
            }
        }
    }

    /// <summary>The tool's version, x.y.z.</summary>
    public static string ToolVersion { get; } = typeof(RunReport).Assembly.GetName().Version!.ToString(fieldCount: 3);

    /// <summary>The run.</summary>
    public RunResult Result { get; }

    /// <summary>Where and when it took place.</summary>
    public ReportEnvironment Environment { get; }

    /// <summary>The file that the real weights came from; null if there were none.</summary>
    public string? GgufPath { get; }

    /// <summary>All failures, device by device.</summary>
    public IEnumerable<ReportedFailure> Failures => Result.Devices.SelectMany(device => device.Failures).Select(Of);

    /// <summary>What the run's canary came to, in a line.</summary>
    public string CanaryText => Result.Canary switch
    {
        null => "no device that must fail was judged: the run was cut off, or no known fault breaks a clause that it selects",
        { Closed: string reason } canary => $"{canary.Spec}, which must fail {canary.Clause}, does not open, so that this run proves nothing: {PrintableText.Of(reason)}",
        { WasCaught: true } canary => $"{canary.Spec}, which must fail, was caught by {canary.Clause}",
        { } canary => $"{canary.Spec}, which must fail {canary.Clause}, was not caught: this run proves nothing",
    };

    /// <summary>A failure as reports show it.</summary>
    public ReportedFailure Of(Failure failure) => reported[failure];

    /// <summary>A word as a POSIX shell takes it.</summary>
    public static string Quote(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        bool isPlain = word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "@%+=:,./_-".Contains(c, StringComparison.Ordinal));
        return isPlain ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    private ReportedFailure Describe(Failure failure, string spec, string? folder, int number)
    {
        string token = CaseToken.WithDevice(failure.Case, spec);
        string? file = folder is not null && token.Length > LongestTokenInLine
            ? string.Create(CultureInfo.InvariantCulture, $"cases/{number}.case")
            : null;
        string line = "spanker-conformance replay " + Quote(file is null ? token : Path.Combine(folder!, file));
        if (Result.Options.ClassName is string className)
        {
            line += " --class " + Quote(className);
        }

        if (failure.Case is MatmulCase { Data: RealOperands real } && GgufPath is not null)
        {
            line += $" --gguf {Quote(GgufPath)} --tensor {Quote(real.Weights.Tensor)}";
        }

        return new ReportedFailure(failure, token, file, line)
        {
            DumpFile = folder is not null && failure.BusDump is not null ? string.Create(CultureInfo.InvariantCulture, $"cases/{number}.vcd") : null,
        };
    }
}
