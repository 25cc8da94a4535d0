using System.IO.MemoryMappedFiles;
using Spanker.Conformance.Device;
using Spanker.Conformance.Suite.Reports;

namespace Spanker.Conformance.Suite.Gguf;

/// <summary>A GGUF file behind a memory map: its directory of tensors, and views of the Q4_K ones that read straight from the map.</summary>
/// <remarks>The views live as long as this object. Another process that shortens the file meanwhile makes their bytes unreadable, as with any memory map.</remarks>
public sealed unsafe class GgufFile : IDisposable
{
    private readonly MemoryMappedFile map;
    private readonly MemoryMappedViewAccessor view;
    private readonly Dictionary<string, GgufTensor> byName;
    private readonly byte* start;
    private bool disposed;

    private GgufFile(MemoryMappedFile map, MemoryMappedViewAccessor view, byte* start, ulong lengthBytes)
    {
        this.map = map;
        this.view = view;
        this.start = start;
        Header = GgufHeader.Parse(new OperandView(start, lengthBytes));
        byName = Header.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        Q4KTensors = [.. Header.Tensors.Where(tensor => tensor.IsQ4K)];
    }

    /// <summary>Version, alignment and where the data section begins.</summary>
    public GgufHeader Header { get; }

    /// <summary>All tensors, of whatever type, in the order of the directory.</summary>
    public IReadOnlyList<GgufTensor> Tensors => Header.Tensors;

    /// <summary>The Q4_K tensors, in the order of the directory.</summary>
    public IReadOnlyList<GgufTensor> Q4KTensors { get; }

    /// <summary>Maps the file and reads its directory.</summary>
    /// <exception cref="GgufException">The file cannot be read, or is not a whole GGUF file of version 2 or 3.</exception>
    public static GgufFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return Map(path);
        }
        catch (GgufException e)
        {
            throw GgufException.InFile(path, e);
        }
        catch (FileNotFoundException e)
        {
            throw GgufException.Unreadable(path, Directory.Exists(path) ? "a folder; expected a GGUF file" : "no such file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw GgufException.Unreadable(path, e.Message, e);
        }
    }

    /// <summary>The tensor of that name, or null if the file has none.</summary>
    public GgufTensor? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The blocks of a Q4_K tensor of this file: Rows x (RowLength / 256) super-blocks of 144 bytes, rows contiguous.</summary>
    /// <exception cref="ArgumentException">The tensor is not of this file, or not Q4_K.</exception>
    public OperandView TensorData(GgufTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ObjectDisposedException.ThrowIf(disposed, this);
        if (!ReferenceEquals(Find(tensor.Name), tensor))
        {
            throw new ArgumentException($"tensor {tensor} is not one of this file", nameof(tensor));
        }

        if (!tensor.IsQ4K)
        {
            throw new ArgumentException($"tensor {tensor} is not Q4_K", nameof(tensor));
        }

        return new OperandView(start + Header.DataOffset + tensor.Offset, tensor.LengthBytes!.Value);
    }

    /// <summary>Unmaps the file; its views must not be used any more.</summary>
    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            Release(map, view);
        }
    }

    private static GgufFile Map(string path)
    {
        // Asked before the file is opened: opening a pipe would wait for a writer, and pipes and devices have length 0, which no map can have.
        if (RegularFile.LengthBytes(path) == 0)
        {
            throw new GgufException(0, "the file is empty", "a GGUF file");
        }

        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        long lengthBytes = stream.Length;
        MemoryMappedFile? map = null;
        MemoryMappedViewAccessor? view = null;
        try
        {
            map = MemoryMappedFile.CreateFromFile(
                stream, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            view = map.CreateViewAccessor(offset: 0, lengthBytes, MemoryMappedFileAccess.Read);
            byte* start = null;
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            return new GgufFile(map, view, start, (ulong)lengthBytes);
        }
        catch
        {
            Release(map, view);
            throw;
        }
    }

    private static void Release(MemoryMappedFile? map, MemoryMappedViewAccessor? view)
    {
        // Disposing the view unmaps it only once its pointer is given back; it was taken right after the view was made.
        view?.SafeMemoryMappedViewHandle.ReleasePointer();
        view?.Dispose();
        map?.Dispose();
    }
}
