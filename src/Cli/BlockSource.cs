using System.Globalization;
using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Suite.Gguf;

namespace Spanker.Conformance.Cli;

/// <summary>Q4_K blocks from a raw file or from a tensor of a GGUF file, read part by part.</summary>
internal sealed class BlockSource : IDisposable
{
    private const int MostNames = 8;

    private readonly InputFile? raw;
    private readonly GgufFile? gguf;
    private readonly OperandView tensor;

    private BlockSource(InputFile raw)
    {
        this.raw = raw;
        Path = raw.Path;
        Count = raw.LengthBytes / Q4KLayout.BlockBytes;
    }

    private BlockSource(string path, GgufFile gguf, GgufTensor tensor)
    {
        this.gguf = gguf;
        this.tensor = gguf.TensorData(tensor);
        Path = path;
        Tensor = tensor;
        Count = (long)(this.tensor.LengthBytes / Q4KLayout.BlockBytes);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The tensor; null for a raw file.</summary>
    public GgufTensor? Tensor { get; }

    /// <summary>How many blocks there are.</summary>
    public long Count { get; }

    /// <summary>Opens a raw file of blocks.</summary>
    /// <exception cref="CommandException">It cannot be read, or does not hold whole blocks.</exception>
    public static BlockSource OpenRaw(string path)
    {
        InputFile file = InputFile.Open(path, $"Q4_K blocks of {Q4KLayout.BlockBytes} bytes");
        if (file.LengthBytes % Q4KLayout.BlockBytes is var rest && rest != 0)
        {
            file.Dispose();
            throw CommandException.Usage(string.Create(
                CultureInfo.InvariantCulture,
                $"{InputText.Quote(path)}: {file.LengthBytes} bytes are not whole Q4_K blocks, {rest} bytes are left over from byte {file.LengthBytes - rest} on; expected a multiple of {Q4KLayout.BlockBytes}"));
        }

        return new BlockSource(file);
    }

    /// <summary>Opens a Q4_K tensor of a GGUF file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The tensor; null if none was named.</param>
    /// <exception cref="CommandException">It is no whole GGUF file, has no such tensor, or the tensor is of another type.</exception>
    public static BlockSource OpenTensor(string path, string? name)
    {
        GgufFile file = Open(path);
        try
        {
            string have = file.Q4KTensors.Count == 0 ? "it has no Q4_K tensor" : "its Q4_K tensors are " + Names(file.Q4KTensors);
            GgufTensor tensor = string.IsNullOrEmpty(name)
                ? throw CommandException.Usage($"--tensor is missing; it takes the name of a tensor of {InputText.Quote(path)}: {have}")
                : file.Find(name) ?? throw CommandException.Usage($"{InputText.Quote(path)}: has no tensor {InputText.Quote(name)}; {have}");
            if (!tensor.IsQ4K)
            {
                throw CommandException.Usage($"{InputText.Quote(path)}: tensor {InputText.Quote(tensor.Name)} is {tensor.TypeName}, not Q4_K; {have}");
            }

            return new BlockSource(path, file, tensor);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads whole blocks.</summary>
    /// <param name="first">The first block.</param>
    /// <param name="blocks">As many bytes as the blocks have.</param>
    public void Read(long first, Span<byte> blocks)
    {
        if (raw is not null)
        {
            raw.Read(first * Q4KLayout.BlockBytes, blocks);
        }
        else
        {
            tensor.Slice((ulong)first * Q4KLayout.BlockBytes, blocks.Length).CopyTo(blocks);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        raw?.Dispose();
        gguf?.Dispose();
    }

    private static GgufFile Open(string path)
    {
        try
        {
            return GgufFile.Open(path);
        }
        catch (GgufException wrong)
        {
            throw CommandException.Usage($"--gguf {wrong.Message}", wrong);
        }
    }

    private static string Names(IReadOnlyList<GgufTensor> tensors)
    {
        string more = tensors.Count > MostNames ? string.Create(CultureInfo.InvariantCulture, $" and {tensors.Count - MostNames} more") : string.Empty;
        return string.Join(", ", tensors.Take(MostNames).Select(tensor => InputText.Quote(tensor.Name))) + more;
    }
}
