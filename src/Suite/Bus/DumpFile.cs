using Spanker.Conformance.Vcd;

namespace Spanker.Conformance.Suite.Bus;

/// <summary>A simulator's dump as VCD text, whatever it is on disk: VCD as it stands, FST as <c>fst2vcd</c> tells it.</summary>
public static class DumpFile
{
    // FST's header block, and the block that holds a whole file compressed; VCD is text.
    private const int FstHeader = 0;
    private const int FstWrapped = 254;

    /// <summary>Opens a dump at its beginning; each call begins anew.</summary>
    /// <param name="path">A regular file.</param>
    /// <param name="cancellation">Ends the conversion of an FST file, and with it the stream.</param>
    /// <exception cref="VcdException">It cannot be opened, or it is FST and fst2vcd is not installed.</exception>
    public static Stream Open(string path, CancellationToken cancellation)
    {
        FileStream file = VcdReader.OpenFile(path);
        try
        {
            int first = file.ReadByte();
            file.Position = 0;
            return first is FstHeader or FstWrapped ? FstStream.Start(file, cancellation) : file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
