using System.Buffers.Binary;
using System.CommandLine;
using System.Globalization;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Cli.Commands;

/// <summary><c>encode</c>: binary32 values to Q4_K blocks, byte for byte as GGML's reference quantizer makes them.</summary>
internal static class EncodeCommand
{
    private const int BlocksAtATime = 256;
    private const int BytesOfValues = Q4KLayout.BlockWeights * sizeof(float);

    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        Option<string?> raw = new("--raw") { Description = "a file of binary32 values, little endian, a multiple of 256 of them", HelpName = "FILE" };
        Option<string?> output = new("--out") { Description = "write the blocks here, 144 bytes for 256 values", HelpName = "FILE" };
        Command command = new("encode", "make Q4_K blocks of binary32 values, as GGML's reference quantizer does") { raw, output };
        command.SetAction(parse =>
        {
            string from = InputText.Required(parse.GetValue(raw), "--raw", "a file of binary32 values");
            string to = InputText.Required(parse.GetValue(output), "--out", "the file to write");
            using InputFile values = Open(from);
            using OutputFile blocks = OutputFile.Create(to, from);
            NonFinite odd = Encode(values, blocks);
            blocks.Finish();
            if (odd.Count > 0)
            {
                host.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{InputText.Quote(from)}: warning: {odd.Count} infinite or NaN values, the first at byte {odd.First * sizeof(float)}; GGML promises nothing for the blocks that hold them, so those bytes bind nobody"));
            }

            long count = values.LengthBytes / BytesOfValues;
            host.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{count * Q4KLayout.BlockWeights} values encoded: {count} Q4_K blocks in {InputText.Quote(to)}"));
            return ExitCodes.Conforms;
        });
        return command;
    }

    private static InputFile Open(string path)
    {
        InputFile file = InputFile.Open(path, $"binary32 values, {Q4KLayout.BlockWeights} to a block");
        if (file.LengthBytes % BytesOfValues is var rest && rest != 0)
        {
            file.Dispose();
            throw CommandException.Usage(string.Create(
                CultureInfo.InvariantCulture,
                $"{InputText.Quote(path)}: {file.LengthBytes} bytes are not whole blocks of {Q4KLayout.BlockWeights} binary32 values, {rest} bytes are left over from byte {file.LengthBytes - rest} on; expected a multiple of {BytesOfValues}"));
        }

        return file;
    }

    private static NonFinite Encode(InputFile input, OutputFile output)
    {
        long count = input.LengthBytes / BytesOfValues;
        int most = (int)Math.Min(count, BlocksAtATime);
        byte[] bytes = new byte[most * BytesOfValues];
        float[] values = new float[most * Q4KLayout.BlockWeights];
        byte[] blocks = new byte[most * Q4KLayout.BlockBytes];
        NonFinite odd = default;
        for (long done = 0; done < count; done += BlocksAtATime)
        {
            int size = (int)Math.Min(BlocksAtATime, count - done);
            input.Read(done * BytesOfValues, bytes.AsSpan(0, size * BytesOfValues));
            Span<float> part = values.AsSpan(0, size * Q4KLayout.BlockWeights);
            for (int i = 0; i < part.Length; i++)
            {
                part[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
                odd = float.IsFinite(part[i]) ? odd : odd.With((done * Q4KLayout.BlockWeights) + i);
            }

            Q4KEncoder.Encode(part, blocks.AsSpan(0, size * Q4KLayout.BlockBytes));
            output.Write(done * Q4KLayout.BlockBytes, blocks.AsSpan(0, size * Q4KLayout.BlockBytes));
        }

        return odd;
    }

    /// <summary>Infinite and NaN values met, and where the first lies.</summary>
    private readonly record struct NonFinite(long Count, long First)
    {
        public NonFinite With(long index) => new(Count + 1, Count == 0 ? index : First);
    }
}
