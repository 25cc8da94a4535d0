namespace FsCheck.Xunit;

/// <summary>Defaults for every property of a class (nested ones included) or of an assembly; what the property itself says wins.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Assembly)]
public sealed class PropertiesAttribute : PropertyAttribute;
