using System.Globalization;
using System.Text;
using System.Text.Json;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Cli;

/// <summary>A decoded block as text and as JSON.</summary>
internal static class BlockText
{
    private const int WeightsPerLine = 8;

    /// <summary>All fields and weights, over several lines.</summary>
    public static string Full(string title, ReadOnlySpan<byte> bytes, ReadOnlySpan<float> weights)
    {
        Q4KBlock block = new(bytes);
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"{title}: d = {Describe(block.D)}, dmin = {Describe(block.DMin)}");
        for (int s = 0; s < Q4KLayout.SubBlocks; s++)
        {
            int first = s * Q4KLayout.SubBlockWeights;
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"  sub-block {s}: scale {block.ScaleAt(s)}, minimum {block.MinimumAt(s)}, weights {first} to {first + Q4KLayout.SubBlockWeights - 1}");
            for (int i = first; i < first + Q4KLayout.SubBlockWeights; i += WeightsPerLine)
            {
                text.Append("   ");
                for (int j = i; j < i + WeightsPerLine; j++)
                {
                    text.Append(CultureInfo.InvariantCulture, $" {weights[j],15:R}");
                }

                text.AppendLine();
            }
        }

        return text.ToString();
    }

    /// <summary>The fields and the range of the weights, on one line.</summary>
    public static string Line(string title, ReadOnlySpan<byte> bytes, ReadOnlySpan<float> weights)
    {
        Q4KBlock block = new(bytes);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{title}: d = {Describe(block.D)}, dmin = {Describe(block.DMin)}, scales");
        for (int s = 0; s < Q4KLayout.SubBlocks; s++)
        {
            text.Append(CultureInfo.InvariantCulture, $" {block.ScaleAt(s)}");
        }

        text.Append(", minimums");
        for (int s = 0; s < Q4KLayout.SubBlocks; s++)
        {
            text.Append(CultureInfo.InvariantCulture, $" {block.MinimumAt(s)}");
        }

        (float least, float greatest) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (float weight in weights)
        {
            (least, greatest) = (MathF.Min(least, weight), MathF.Max(greatest, weight));
        }

        return text.Append(CultureInfo.InvariantCulture, $", weights {least:R} to {greatest:R}").ToString();
    }

    /// <summary>All fields and weights as one JSON object: numbers beside their bits; an infinity or a NaN is a string.</summary>
    public static void WriteJson(Utf8JsonWriter json, long index, ReadOnlySpan<byte> bytes, ReadOnlySpan<float> weights)
    {
        ArgumentNullException.ThrowIfNull(json);
        Q4KBlock block = new(bytes);
        json.WriteStartObject();
        json.WriteNumber("block", index);
        WriteHalf(json, "d", block.D);
        WriteHalf(json, "dmin", block.DMin);
        json.WriteStartArray("scales");
        for (int s = 0; s < Q4KLayout.SubBlocks; s++)
        {
            json.WriteNumberValue(block.ScaleAt(s));
        }

        json.WriteEndArray();
        json.WriteStartArray("minimums");
        for (int s = 0; s < Q4KLayout.SubBlocks; s++)
        {
            json.WriteNumberValue(block.MinimumAt(s));
        }

        json.WriteEndArray();
        json.WriteStartArray("quants");
        for (int i = 0; i < Q4KLayout.BlockWeights; i++)
        {
            json.WriteNumberValue(block.NibbleAt(i));
        }

        json.WriteEndArray();
        json.WriteStartArray("weights");
        foreach (float weight in weights)
        {
            WriteNumber(json, weight);
        }

        json.WriteEndArray();
        json.WriteStartArray("weight_bits");
        foreach (float weight in weights)
        {
            json.WriteStringValue(BitConverter.SingleToUInt32Bits(weight).ToString("x8", CultureInfo.InvariantCulture));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteHalf(Utf8JsonWriter json, string name, Half value)
    {
        json.WriteStartObject(name);
        json.WriteString("bits", BitConverter.HalfToUInt16Bits(value).ToString("x4", CultureInfo.InvariantCulture));
        json.WritePropertyName("value");
        WriteNumber(json, (float)value);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, float value)
    {
        if (float.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static string Describe(Half value) =>
        string.Create(CultureInfo.InvariantCulture, $"{(float)value:R} (0x{BitConverter.HalfToUInt16Bits(value):x4})");
}
