using System.Buffers;
using System.Buffers.Binary;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Cli.Commands;

/// <summary><c>decode</c>: shows Q4_K blocks, or writes their weights.</summary>
internal static class DecodeCommand
{
    private const long BlocksShown = 16;
    private const int BlocksAtATime = 1024;

    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        Option<string?> raw = new("--raw") { Description = "a file of Q4_K blocks, 144 bytes each", HelpName = "FILE" };
        Option<string?> gguf = new("--gguf") { Description = "a GGUF file; --tensor names the tensor", HelpName = "FILE" };
        Option<string?> tensor = new("--tensor") { Description = "a Q4_K tensor of the GGUF file", HelpName = "NAME" };
        Option<string?> output = new("--out") { Description = "write the weights here: binary32, little endian", HelpName = "FILE" };
        Option<string?> block = new("--block") { Description = "the first block, from 0", HelpName = "I" };
        Option<string?> blocks = new("--blocks")
        {
            Description = "how many blocks, or 'all' (shown: 16, the first in full and the others in a line; written: all)",
            HelpName = "N",
        };
        Option<bool> json = new("--json") { Description = "show the blocks as JSON, each in full" };
        Command command = new("decode", "show the fields, scales and weights of Q4_K blocks, or write their weights")
        {
            raw, gguf, tensor, output, block, blocks, json,
        };
        command.SetAction(parse =>
        {
            using BlockSource source = Open(parse.GetValue(raw), parse.GetValue(gguf), parse.GetValue(tensor));
            string? path = parse.GetValue(output);
            (string? first, string? count) = (parse.GetValue(block), parse.GetValue(blocks));
            TextWriter text = host.Output;
            if (path is not null)
            {
                WriteWeights(source, Select(source, first, count, ordinarily: long.MaxValue), path, parse.GetValue(json) ? null : text);
            }

            if (parse.GetValue(json))
            {
                ShowJson(source, Select(source, first, count, BlocksShown), text);
            }
            else if (path is null)
            {
                ShowText(source, Select(source, first, count, BlocksShown), text);
            }

            return ExitCodes.Conforms;
        });
        return command;
    }

    private delegate void BlockAction(long index, ReadOnlySpan<byte> block, ReadOnlySpan<float> weights);

    private static BlockSource Open(string? raw, string? gguf, string? tensor) => (raw, gguf, tensor) switch
    {
        (not null, not null, _) => throw CommandException.Usage("--raw and --gguf are both given; decode reads one of them"),
        (not null, null, not null) => throw CommandException.Usage("--tensor is given with --raw; it names a tensor of --gguf FILE"),
        (not null, null, null) => BlockSource.OpenRaw(InputText.Required(raw, "--raw", "a file of Q4_K blocks")),
        (null, not null, _) => BlockSource.OpenTensor(InputText.Required(gguf, "--gguf", "a GGUF file"), tensor),
        _ => throw CommandException.Usage("decode needs --raw FILE, or --gguf FILE with --tensor NAME"),
    };

    private static (long First, long Count) Select(BlockSource source, string? block, string? blocks, long ordinarily)
    {
        if (source.Count == 0)
        {
            throw CommandException.Usage($"{InputText.Quote(source.Path)}: tensor {InputText.Quote(source.Tensor!.Name)} has no blocks; there is nothing to decode");
        }

        long first = block is null ? 0 : (long)InputText.Whole(block, "--block", greatest: (ulong)source.Count - 1);
        long left = source.Count - first;
        long count = blocks switch
        {
            // One block was asked for by its number: that one is shown.
            null => block is null ? ordinarily : 1,
            "all" => left,
            _ => (long)InputText.Whole(blocks, "--blocks", least: 1, greatest: long.MaxValue),
        };
        return (first, Math.Min(count, left));
    }

    private static void ForEachBlock(BlockSource source, (long First, long Count) selection, BlockAction action)
    {
        byte[] blocks = new byte[(int)Math.Min(selection.Count, BlocksAtATime) * Q4KLayout.BlockBytes];
        float[] weights = new float[Q4KLayout.BlockWeights];
        for (long done = 0; done < selection.Count; done += BlocksAtATime)
        {
            Span<byte> part = blocks.AsSpan(0, (int)Math.Min(BlocksAtATime, selection.Count - done) * Q4KLayout.BlockBytes);
            source.Read(selection.First + done, part);
            for (int i = 0; i * Q4KLayout.BlockBytes < part.Length; i++)
            {
                ReadOnlySpan<byte> block = part.Slice(i * Q4KLayout.BlockBytes, Q4KLayout.BlockBytes);
                Q4KDecoder.Decode(block, weights);
                action(selection.First + done + i, block, weights);
            }
        }
    }

    private static void WriteWeights(BlockSource source, (long First, long Count) selection, string path, TextWriter? text)
    {
        const int BytesOfBlock = Q4KLayout.BlockWeights * sizeof(float);
        using OutputFile file = OutputFile.Create(InputText.Required(path, "--out", "the file to write"), source.Path);
        byte[] buffer = new byte[BytesOfBlock * (int)Math.Min(selection.Count, BlocksAtATime)];
        int filled = 0;
        long written = 0;
        ForEachBlock(source, selection, (_, _, weights) =>
        {
            foreach (float weight in weights)
            {
                BinaryPrimitives.WriteSingleLittleEndian(buffer.AsSpan(filled), weight);
                filled += sizeof(float);
            }

            if (filled == buffer.Length)
            {
                file.Write(written, buffer);
                written += filled;
                filled = 0;
            }
        });
        file.Write(written, buffer.AsSpan(0, filled));
        file.Finish();
        text?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{selection.Count} blocks decoded: {selection.Count * Q4KLayout.BlockWeights} binary32 weights, little endian, in {InputText.Quote(path)}"));
    }

    private static void ShowText(BlockSource source, (long First, long Count) selection, TextWriter text)
    {
        string from = source.Tensor is null ? InputText.Quote(source.Path) : $"{InputText.Quote(source.Path)}, tensor {source.Tensor}";
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{from}: {source.Count} blocks of {Q4KLayout.BlockWeights} weights"));
        ForEachBlock(source, selection, (index, block, weights) =>
        {
            if (index == selection.First)
            {
                text.Write(BlockText.Full(Title(source, index), block, weights));
            }
            else
            {
                text.WriteLine(BlockText.Line(Title(source, index), block, weights));
            }
        });
        if (selection.First + selection.Count < source.Count && selection.Count > 1)
        {
            text.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{source.Count - selection.First - selection.Count} blocks more; --blocks all shows them, --block I one in full"));
        }
    }

    private static string Title(BlockSource source, long index)
    {
        if (source.Tensor is null)
        {
            return string.Create(CultureInfo.InvariantCulture, $"block {index}");
        }

        long blocksOfRow = (long)source.Tensor.RowLength / Q4KLayout.BlockWeights;
        return string.Create(CultureInfo.InvariantCulture, $"block {index} (row {index / blocksOfRow}, block {index % blocksOfRow} of it)");
    }

    // A block at a time: the whole of a large tensor as JSON would not fit into memory.
    private static void ShowJson(BlockSource source, (long First, long Count) selection, TextWriter text)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter json = new(buffer);
        json.WriteStartObject();
        json.WriteString("file", source.Path);
        json.WriteString("tensor", source.Tensor?.Name);
        json.WriteNumber("block_count", source.Count);
        json.WriteStartArray("blocks");
        ForEachBlock(source, selection, (index, block, weights) =>
        {
            BlockText.WriteJson(json, index, block, weights);
            json.Flush();
            text.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
            buffer.ResetWrittenCount();
        });
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        text.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
