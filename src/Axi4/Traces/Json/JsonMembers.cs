using System.Text.Json;

namespace Spanker.Conformance.Axi4;

/// <summary>The members of one object of a document, each asked for with what it must be. Faults name the member.</summary>
internal readonly struct JsonMembers
{
    // A string may hold half a surrogate pair, which the library notices when it is asked for.
    private const string NotUnicode = "a string that is no valid Unicode";
    private readonly JsonElement element;

    /// <summary>An object that has no members but <paramref name="known"/>.</summary>
    public JsonMembers(JsonElement element, params ReadOnlySpan<string> known)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new AxiTraceException(string.Empty, $"{NameOf(element)}; expected an object with {string.Join(", ", known)}");
        }

        try
        {
            foreach (JsonProperty member in element.EnumerateObject())
            {
                if (!IsKnown(member, known))
                {
                    throw new AxiTraceException(string.Empty, $"{AxiTraceException.Quote(member.Name)} is unknown here; the members are {string.Join(", ", known)}");
                }
            }
        }
        catch (InvalidOperationException)
        {
            throw new AxiTraceException(string.Empty, NotUnicode);
        }

        this.element = element;
    }

    /// <summary>Whether the member is there.</summary>
    public bool Has(string name) => element.TryGetProperty(name, out _);

    /// <summary>A member that must be there.</summary>
    public JsonElement Get(string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value : throw new AxiTraceException(name, "missing");

    /// <summary>A string.</summary>
    public string Text(string name)
    {
        JsonElement value = Get(name);
        if (value.ValueKind != JsonValueKind.String)
        {
            throw new AxiTraceException(name, $"{NameOf(value)}; expected a string");
        }

        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new AxiTraceException(name, NotUnicode);
        }
    }

    /// <summary>A member that <paramref name="read"/> looks into; faults name it.</summary>
    public T Member<T>(string name, Func<JsonElement, T> read)
    {
        JsonElement value = Get(name);
        try
        {
            return read(value);
        }
        catch (AxiTraceException wrong)
        {
            throw wrong.Below(name);
        }
    }

    /// <summary>A whole number within bounds.</summary>
    public long Number(string name, long least, long most) => NumberOf(Get(name), name, least, most);

    /// <summary>A whole number within bounds; <paramref name="otherwise"/> where it is left out.</summary>
    public int Number(string name, int least, int most, int otherwise) => Has(name) ? (int)Number(name, least, most) : otherwise;

    /// <summary>true or false; null where it is left out.</summary>
    public bool? Truth(string name)
    {
        if (!Has(name))
        {
            return null;
        }

        JsonElement value = Get(name);
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw new AxiTraceException(name, $"{NameOf(value)}; expected true or false");
    }

    /// <summary>An array, each item read by <paramref name="read"/>; faults name the item.</summary>
    public T[] Items<T>(string name, int most, Func<JsonElement, int, T> read) => ItemsOf(Get(name), name, most, read);

    /// <summary>The items of an array that stands at <paramref name="place"/>.</summary>
    public static T[] ItemsOf<T>(JsonElement array, string place, int most, Func<JsonElement, int, T> read)
    {
        if (array.ValueKind != JsonValueKind.Array)
        {
            throw new AxiTraceException(place, $"{NameOf(array)}; expected an array");
        }

        int count = array.GetArrayLength();
        if (count > most)
        {
            throw new AxiTraceException(place, $"{count} items; at most {most} are read");
        }

        T[] items = new T[count];
        int index = 0;
        foreach (JsonElement item in array.EnumerateArray())
        {
            try
            {
                items[index] = read(item, index);
            }
            catch (AxiTraceException wrong)
            {
                throw wrong.Below($"{place}[{index}]");
            }

            index++;
        }

        return items;
    }

    /// <summary>A whole number that stands at <paramref name="place"/>.</summary>
    public static long NumberOf(JsonElement value, string place, long least, long most) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= least && number <= most
            ? number
            : throw new AxiTraceException(place, $"{NameOf(value)}; expected a whole number from {least} to {most}");

    /// <summary>A value in a few words.</summary>
    private static string NameOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => AxiTraceException.Quote(value.GetRawText()),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };

    private static bool IsKnown(JsonProperty member, ReadOnlySpan<string> known)
    {
        foreach (string name in known)
        {
            if (member.NameEquals(name))
            {
                return true;
            }
        }

        return false;
    }
}
