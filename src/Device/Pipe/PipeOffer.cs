namespace Spanker.Conformance.Device;

/// <summary>What a program said of itself in its answer to hello.</summary>
/// <param name="Description">The device that it is.</param>
/// <param name="HasPhases">Whether it answers take_phases.</param>
internal sealed record PipeOffer(DeviceDescription Description, bool HasPhases)
{
    /// <summary>Reads a description.</summary>
    /// <exception cref="DeviceOpenException">It says what this host does not understand.</exception>
    public static PipeOffer Read(in PipeDescription said, string spec, string program)
    {
        DeviceDescription understood = new SaidDescription
        {
            ArithmeticClass = said.ArithmeticClass,
            SummationOrder = said.SummationOrder,
            Weights = said.Weights,
            NonFinite = said.NonFinite,
            IsDeterministic = said.IsDeterministic,
            MaxSails = said.MaxSails,
            MaxM = said.MaxM,
            MaxN = said.MaxN,
            MaxK = said.MaxK,
            MaxCallMilliseconds = said.MaxCallMilliseconds,
            ProductsPerSecond = said.ProductsPerSecond,
            HasReserved = said.Offers > PipeProtocol.OffersPhases || said.Reserved != 0,
            Name = [.. said.Name, 0], // a text may fill its room here
            Vendor = [.. said.Vendor, 0],
        }.Understand(spec, program, PipeProtocol.MostSails);
        return new PipeOffer(understood with { IsBehindPipe = true }, (said.Offers & PipeProtocol.OffersPhases) != 0);
    }
}
