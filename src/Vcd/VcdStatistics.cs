namespace Spanker.Conformance.Vcd;

/// <summary>What a reader has met so far.</summary>
/// <param name="Timestamps">Distinct times.</param>
/// <param name="Changes">Value changes of bits, tracked or not; those inside a gap are not counted.</param>
/// <param name="Reals">Changes of reals, stepped over.</param>
/// <param name="Texts">Changes of strings, stepped over.</param>
/// <param name="Gaps">Times that <c>$dumpoff</c> began a gap.</param>
/// <param name="UnknownKeywords">Sections with a keyword that the standard does not know, which were stepped over.</param>
public readonly record struct VcdStatistics(long Timestamps, long Changes, long Reals, long Texts, long Gaps, long UnknownKeywords);
