using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;

namespace Spanker.Conformance.Tests.ReplayProbe;

/// <summary>SHA-256 over what a replayed case shows: what the judge says, and the bits that three calls on one device leave behind.</summary>
public static class ReplayDigest
{
    private const int Calls = 3;

    /// <summary>The digest of a token with its device: <c>mm13-g1-..@sim</c>. Says "kept" first where the case does not deviate.</summary>
    public static string Of(string token)
    {
        (string text, string? spec) = CaseToken.Split(token);
        IDeviceSource source = DeviceCatalog.Resolve(spec ?? throw new FormatException($"'{token}' names no device"));
        Case tried = CaseToken.Parse(text);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        CaseRecord record = new CaseRunner(source).Try(tried);
        foreach (Observation observation in record.Observations)
        {
            Deviation? deviation = observation.Deviation;
            Add(hash, $"{observation.Clause} {deviation?.Message} {deviation?.Expected} {deviation?.Actual} {string.Join('|', deviation?.Neighbourhood ?? [])}");
        }

        Add(hash, $"{record.Inconclusive} {BitConverter.DoubleToUInt64Bits(record.WorstErrorOverBound):x16}");
        using IDevice device = source.Open();
        if (tried is MatmulCase matmul)
        {
            AddCalls(hash, matmul, (IMatmulDevice)device);
        }
        else if (tried is CollectiveCase collective)
        {
            AddCall(hash, collective, (ICollectiveDevice)device);
        }

        string verdict = record.DeviationFrom(tried.Clause) is null ? "kept" : "deviates";
        return $"{verdict} {Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }

    private static void AddCalls(IncrementalHash hash, MatmulCase tried, IMatmulDevice device)
    {
        using MatmulRun run = new(tried, device);
        for (int call = 0; call < Calls; call++)
        {
            MatmulEvidence evidence = run.Call(device);
            Add(hash, $"{evidence.Error} {string.Join('|', evidence.Phases ?? [])} {evidence.GuardDamage} {evidence.OperandChange}");
            hash.AppendData(run.CopyOutput());
        }
    }

    private static void AddCall(IncrementalHash hash, CollectiveCase tried, ICollectiveDevice device)
    {
        CollectiveTrial done = new(tried);
        done.Call(device);
        Add(hash, $"{done.Error}");
        for (int card = 0; card < tried.Lengths.Count; card++)
        {
            hash.AppendData(MemoryMarshal.AsBytes(done.Buffer(card)));
        }

        hash.AppendData(MemoryMarshal.AsBytes(done.Gathered));
    }

    private static void Add(IncrementalHash hash, string part) => hash.AppendData(Encoding.UTF8.GetBytes(part + "\n"));
}
