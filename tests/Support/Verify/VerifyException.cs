namespace VerifyTests;

/// <summary>What a test produced is not what its golden file says, or there is no golden file.</summary>
public sealed class VerifyException(string message) : Exception(message);
