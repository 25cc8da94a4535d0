namespace FsCheck.Xunit;

/// <summary>A property was falsified or exhausted; the message says by which arguments and how to replay it.</summary>
public sealed class PropertyFailedException(string message, Exception? innerException) : Exception(message, innerException);
