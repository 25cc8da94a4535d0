using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Spanker.Conformance.Suite;

/// <summary>SHA-256 over all that a device answered in one case, in order: errors, phases, the bytes of OUT, what the checks made of them.</summary>
/// <remarks>Two replays of a token saw the same bits if their digests are equal. Each part is preceded by its length, so parts cannot run together.</remarks>
public sealed class AnswerDigest
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Adds a text, as UTF-8.</summary>
    public void Add(string part)
    {
        ArgumentNullException.ThrowIfNull(part);
        Add(Encoding.UTF8.GetBytes(part));
    }

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> part)
    {
        hash.AppendData(Encoding.ASCII.GetBytes(part.Length.ToString(CultureInfo.InvariantCulture) + ":"));
        hash.AppendData(part);
    }

    /// <summary>Adds a matmul's answer with what it left in OUT.</summary>
    public void Add(MatmulEvidence evidence, MatmulRun run)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(run);
        Add(NumberText.Of(evidence.Error));
        Add(evidence.Phases is null ? "-" : NumberText.Of(evidence.Phases));
        Add(run.CopyOutput());
    }

    /// <summary>Adds a collective's answer with what it left in the buffers, each binary32 as its bits, little endian.</summary>
    public void Add(CollectiveTrial done)
    {
        ArgumentNullException.ThrowIfNull(done);
        Add(NumberText.Of(done.Error));
        for (int card = 0; card < done.Before.Count; card++)
        {
            Add(done.Buffer(card));
        }

        Add(done.Gathered);
    }

    /// <summary>Adds what the case said in the end, and gives the digest: <c>sha256:</c> and 64 hex digits. Nothing can be added afterwards.</summary>
    public string Finish(CaseRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        foreach (Observation observation in record.Observations)
        {
            Add(observation.Clause);
            Add(observation.Deviation is Deviation deviation ? $"{deviation.Message}\n{deviation.Expected}\n{deviation.Actual}" : "kept");
        }

        Add(record.Inconclusive ?? string.Empty);
        string digest = "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
        hash.Dispose();
        return digest;
    }

    private void Add(ReadOnlySpan<float> values)
    {
        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        }

        Add(bytes);
    }
}
