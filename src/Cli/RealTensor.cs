using Spanker.Conformance.Suite;
using Spanker.Conformance.Suite.Gguf;

namespace Spanker.Conformance.Cli;

/// <summary>The Q4_K tensor that <c>--gguf</c> and <c>--tensor</c> name, for as long as its file is mapped.</summary>
internal sealed class RealTensor : IDisposable
{
    private const int MostListed = 8;

    private readonly GgufFile file;

    private RealTensor(GgufFile file, string path, GgufTensor tensor)
    {
        this.file = file;
        Path = path;
        Weights = new RealWeights(tensor.Name, tensor.Rows, tensor.RowLength, file.TensorData(tensor));
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The tensor.</summary>
    public RealWeights Weights { get; }

    /// <summary>Opens the tensor; null if no file was named.</summary>
    public static RealTensor? Open(string? path, string? name)
    {
        if (path is null)
        {
            return name is null ? null : throw CommandException.Usage($"--tensor '{name}' needs the file it is in: --gguf FILE");
        }

        if (path.Length == 0)
        {
            throw CommandException.Usage("--gguf names no file; write --gguf FILE");
        }

        GgufFile file = OpenFile(path);
        try
        {
            return new RealTensor(file, path, Choose(file, path, name));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static GgufFile OpenFile(string path)
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

    private static GgufTensor Choose(GgufFile file, string path, string? name)
    {
        if (file.Q4KTensors.Count == 0)
        {
            throw CommandException.Usage($"--gguf '{path}' holds no Q4_K tensor among its {file.Tensors.Count}");
        }

        if (name is null)
        {
            return file.Q4KTensors.Count == 1
                ? file.Q4KTensors[0]
                : throw CommandException.Usage($"--gguf '{path}' holds {file.Q4KTensors.Count} Q4_K tensors; name one with --tensor: {Names(file)}");
        }

        GgufTensor tensor = file.Find(name)
            ?? throw CommandException.Usage($"--tensor '{name}' is not in '{path}'; its Q4_K tensors are {Names(file)}");
        return tensor.IsQ4K
            ? tensor
            : throw CommandException.Usage($"--tensor '{name}' is {tensor.TypeName}, not Q4_K; the Q4_K tensors of '{path}' are {Names(file)}");
    }

    private static string Names(GgufFile file)
    {
        string names = string.Join(", ", file.Q4KTensors.Take(MostListed).Select(t => t.Name));
        return file.Q4KTensors.Count > MostListed ? $"{names} and {file.Q4KTensors.Count - MostListed} more" : names;
    }
}
