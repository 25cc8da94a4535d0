using System.Diagnostics;

namespace Spanker.Conformance.Bench;

/// <summary>A child process that gives back a byte: the barest way over a process boundary and back.</summary>
internal sealed class EchoProcess : IDisposable
{
    private readonly Process process;
    private readonly byte[] turn = [0x5A];

    /// <summary>Starts it.</summary>
    public EchoProcess()
    {
        ProcessStartInfo start = new(BuiltForMeasuring.Here.ByteEcho) { RedirectStandardInput = true, RedirectStandardOutput = true };
        process = Process.Start(start) ?? throw new InvalidOperationException("the echo does not start");
    }

    /// <summary>A byte there and back: the streams below are unbuffered, so that is a write and a read on each side.</summary>
    public void RoundTrip()
    {
        process.StandardInput.BaseStream.Write(turn);
        process.StandardInput.BaseStream.Flush();
        if (process.StandardOutput.BaseStream.Read(turn) != 1)
        {
            throw new InvalidOperationException("the echo ended");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
