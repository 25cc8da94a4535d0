using System.Text.Json;

namespace Spanker.Conformance.Suite.Bus;

/// <summary>Writes JSON as YAML in blocks; an object or array of scalars alone is one line in braces, as JSON writes it.</summary>
internal static class YamlOfJson
{
    public static void Write(JsonElement root, TextWriter output) => Members(root, output, indent: string.Empty, first: string.Empty);

    /// <summary>The members of an object; the first follows <paramref name="first"/>, which may be the dash of a list.</summary>
    private static void Members(JsonElement element, TextWriter output, string indent, string first)
    {
        string lead = first.Length > 0 ? first : indent;
        foreach (JsonProperty member in element.EnumerateObject())
        {
            output.Write($"{lead}{member.Name}:");
            Value(member.Value, output, indent);
            lead = indent;
        }
    }

    private static void Value(JsonElement value, TextWriter output, string indent)
    {
        if (IsFlat(value))
        {
            output.Write($" {Flat(value)}\n");
            return;
        }

        output.Write('\n');
        string deeper = $"{indent}  ";
        if (value.ValueKind == JsonValueKind.Object)
        {
            Members(value, output, deeper, first: string.Empty);
            return;
        }

        foreach (JsonElement item in value.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object && !IsFlat(item))
            {
                Members(item, output, $"{deeper}  ", first: $"{deeper}- ");
            }
            else
            {
                output.Write($"{deeper}- {Flat(item)}\n");
            }
        }
    }

    // An entry of timing holds pairs of numbers, and is a line as well.
    private static bool IsFlat(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().All(member => IsScalar(member.Value) || IsPairs(member.Value)),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        _ => true,
    };

    private static bool IsPairs(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Array);

    private static bool IsScalar(JsonElement value) => value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);

    private static string Flat(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{ {string.Join(", ", value.EnumerateObject().Select(member => $"{member.Name}: {Flat(member.Value)}"))} }}",
        JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(Flat))}]",
        _ => value.GetRawText(),
    };
}
