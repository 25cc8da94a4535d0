namespace Spanker.Conformance.Exploration;

/// <summary>A step of a schedule that was run.</summary>
/// <param name="Thread">Whose step.</param>
/// <param name="Operation">What it did.</param>
/// <param name="Outcome">What the object or the host answered.</param>
public readonly record struct StepRecord(int Thread, Operation Operation, int Outcome);
