using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Zoo;

namespace Spanker.Conformance.Cli.Commands;

/// <summary><c>list</c>: what there is: requirements, devices, faults, rules, cases, strategies.</summary>
internal static class ListCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandHost host)
    {
        Command list = new("list", "show what there is: requirements, devices, faults, rules, cases, strategies");
        list.Subcommands.Add(Make("requirements", "the clauses of the contract", host, WriteRequirements, WriteRequirementsJson));
        list.Subcommands.Add(Make("devices", "the kinds of device spec", host, WriteDevices, WriteDevicesJson));
        list.Subcommands.Add(Make("faults", "the zoo: faulty devices, and harmless ones", host, WriteFaults, WriteFaultsJson));
        list.Subcommands.Add(Make("rules", "the rules of AXI4 and of streams that 'axi check' holds a trace against", host, WriteRules, WriteRulesJson));
        list.Subcommands.Add(MakeCases(host));
        list.Subcommands.Add(Make("strategies", "the ways in which 'explore' chooses schedules", host, WriteStrategies, WriteStrategiesJson));
        return list;
    }

    private static Command Make(string name, string description, CommandHost host, Action<TextWriter> write, Action<Utf8JsonWriter> writeJson)
    {
        Option<bool> isJson = JsonOption();
        Command command = new(name, description) { isJson };
        command.SetAction(parse =>
        {
            if (parse.GetValue(isJson))
            {
                JsonOutput.Write(host.Output, writeJson);
            }
            else
            {
                write(host.Output);
            }

            return ExitCodes.Conforms;
        });
        return command;
    }

    private static Option<bool> JsonOption() => new("--json") { Description = "as JSON" };

    private static bool IsJudged(Requirement requirement) => CheckCatalogue.Find(requirement.Id) is not null;

    private static void WriteRequirements(TextWriter output)
    {
        foreach (Requirement r in RequirementCatalogue.All)
        {
            string marks = (r.IsOurs ? " (ours)" : string.Empty) + (IsJudged(r) ? string.Empty : " (not judged by this version)");
            output.WriteLine($"{r.Id,-7} {r.Subject.ToString().ToLowerInvariant(),-9} {r.Text}{marks}");
        }
    }

    private static void WriteRequirementsJson(Utf8JsonWriter json) => json.WriteObjects("requirements", RequirementCatalogue.All, r =>
    {
        json.WriteString("id", r.Id);
        json.WriteString("subject", r.Subject.ToString().ToLowerInvariant());
        json.WriteBoolean("ours", r.IsOurs);
        json.WriteBoolean("judged", IsJudged(r));
        json.WriteString("text", r.Text);
    });

    private static void WriteDevices(TextWriter output)
    {
        foreach (DeviceKind kind in DeviceCatalog.Kinds)
        {
            output.WriteLine($"{kind.Form,-12} {kind.Description}");
        }

        output.WriteLine($"judged by default: {string.Join(", ", DeviceCatalog.DefaultSpecs)}");
    }

    private static void WriteDevicesJson(Utf8JsonWriter json)
    {
        json.WriteObjects("devices", DeviceCatalog.Kinds, kind =>
        {
            json.WriteString("form", kind.Form);
            json.WriteString("description", kind.Description);
        });
        json.WriteStartArray("default");
        foreach (string spec in DeviceCatalog.DefaultSpecs)
        {
            json.WriteStringValue(spec);
        }

        json.WriteEndArray();
    }

    private static void WriteFaults(TextWriter output)
    {
        foreach (FaultyEntry entry in ZooCatalog.Everything.OfType<FaultyEntry>())
        {
            output.WriteLine($"{entry.Spec}: {entry.Family}, killed by {string.Join(", ", entry.AlsoKilledBy.Prepend(entry.Clause))} at {entry.MinimalShape}: {entry.Description}");
        }

        foreach (HarmlessEntry entry in ZooCatalog.Everything.OfType<HarmlessEntry>())
        {
            output.WriteLine($"{entry.Spec}: {entry.Family}: {entry.Description}");
        }
    }

    private static void WriteFaultsJson(Utf8JsonWriter json)
    {
        json.WriteObjects("faulty", ZooCatalog.Everything.OfType<FaultyEntry>(), entry =>
        {
            json.WriteString("name", entry.Name);
            json.WriteString("family", entry.Family);
            json.WriteString("clause", entry.Clause);
            json.WriteStartArray("also_killed_by");
            foreach (string clause in entry.AlsoKilledBy)
            {
                json.WriteStringValue(clause);
            }

            json.WriteEndArray();
            json.WriteString("minimal_shape", entry.MinimalShape);
            json.WriteString("description", entry.Description);
        });
        json.WriteObjects("harmless", ZooCatalog.Everything.OfType<HarmlessEntry>(), entry =>
        {
            json.WriteString("name", entry.Name);
            json.WriteString("description", entry.Description);
        });
    }

    private static void WriteRules(TextWriter output)
    {
        foreach (AxiRule rule in AxiRules.All.Concat(StreamRules.All))
        {
            string marks = (rule.Severity == AxiSeverity.Warning ? " (recommendation)" : string.Empty) + (rule.NeedsFourState ? " (needs x)" : string.Empty);
            output.WriteLine($"{rule.Id} {rule.Blame.ToString().ToLowerInvariant()}: {rule.Statement}{marks}");
        }
    }

    private static void WriteRulesJson(Utf8JsonWriter json) => json.WriteObjects("rules", AxiRules.All.Concat(StreamRules.All), rule =>
    {
        json.WriteString("id", rule.Id);
        json.WriteString("blame", rule.Blame.ToString().ToLowerInvariant());
        json.WriteString("severity", rule.Severity == AxiSeverity.Error ? "error" : "warning");
        json.WriteBoolean("needs_four_state", rule.NeedsFourState);
        json.WriteString("statement", rule.Statement);
    });

    private static void WriteStrategies(TextWriter output)
    {
        foreach (StrategyEntry entry in StrategyCatalogue.All)
        {
            output.WriteLine($"{entry.Form,-18} {entry.Description}");
        }
    }

    private static void WriteStrategiesJson(Utf8JsonWriter json) => json.WriteObjects("strategies", StrategyCatalogue.All, entry =>
    {
        json.WriteString("name", entry.Name);
        json.WriteString("form", entry.Form);
        json.WriteString("description", entry.Description);
    });

    private static Command MakeCases(CommandHost host)
    {
        Option<bool> isJson = JsonOption();
        PlanOptions plan = new();
        Command command = new("cases", "the cases that 'run' with the same options would try, each by its token") { isJson };
        plan.AddTo(command);
        command.SetAction(parse =>
        {
            using RealTensor? tensor = plan.Tensor.Open(parse);
            RunOptions options = plan.Read(parse, host, tensor, ["sim"]);
            List<(Case Case, string Spec)> cases = FindCases(options);
            if (parse.GetValue(isJson))
            {
                JsonOutput.Write(host.Output, json => WriteCasesJson(json, options, cases));
            }
            else
            {
                host.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"# seed {options.Plan.Seed}, {cases.Count} cases"));
                cases.ForEach(c => host.Output.WriteLine(CaseToken.WithDevice(c.Case, c.Spec)));
            }

            return cases.Count > 0 ? ExitCodes.Conforms : throw CommandException.NotJudged("no case: the filter or the shard leaves none for the devices named");
        });
        return command;
    }

    private static List<(Case Case, string Spec)> FindCases(RunOptions options)
    {
        try
        {
            return [.. from source in options.Devices from tried in DeviceJudgement.Plan(options, source).Cases select (tried, source.Spec)];
        }
        catch (DeviceOpenException closed)
        {
            throw CommandException.NotJudged(closed.Message, closed);
        }
    }

    private static void WriteCasesJson(Utf8JsonWriter json, RunOptions options, List<(Case Case, string Spec)> cases)
    {
        json.WriteString("seed", options.Plan.Seed.ToString(CultureInfo.InvariantCulture));
        json.WriteString("profile", options.Plan.Profile.ToString().ToLowerInvariant());
        json.WriteObjects("cases", cases, c =>
        {
            json.WriteString("token", CaseToken.WithDevice(c.Case, c.Spec));
            json.WriteString("requirement", c.Case.Clause);
            json.WriteString("shape", c.Case.ShapeText);
        });
    }
}
