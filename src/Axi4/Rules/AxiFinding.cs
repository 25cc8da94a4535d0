namespace Spanker.Conformance.Axi4;

/// <summary>One violation of a rule.</summary>
/// <param name="Cycle">The cycle in which it showed, counted from 0 at the first push.</param>
/// <param name="Blame">Who was at fault.</param>
/// <param name="Message">What was expected and what was seen.</param>
public sealed record AxiFinding(long Cycle, AxiBlame Blame, string Message);
