namespace VerifyTests;

/// <summary>Where a golden file lies and what it is called.</summary>
public sealed class VerifySettings
{
    /// <summary>The defaults: beside the test's source file, named by type, method and parameters.</summary>
    public VerifySettings()
    {
    }

    /// <summary>A copy, which later changes leave alone.</summary>
    public VerifySettings(VerifySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Directory = settings.Directory;
        FileName = settings.FileName;
        TypeName = settings.TypeName;
        MethodName = settings.MethodName;
        Parameters = settings.Parameters;
        ParametersText = settings.ParametersText;
    }

    internal string? Directory { get; private set; }

    internal string? FileName { get; private set; }

    internal string? TypeName { get; private set; }

    internal string? MethodName { get; private set; }

    internal IReadOnlyList<object?>? Parameters { get; private set; }

    internal string? ParametersText { get; private set; }

    /// <summary>The folder: absolute (<c>RepositoryRoot.File("golden/axi4")</c>) or relative to the test's source file.</summary>
    public void UseDirectory(string directory) => Directory = NotBlank(directory);

    /// <summary>The whole name before ".verified."; it replaces type, method and parameters.</summary>
    public void UseFileName(string fileName) => FileName = NotBlank(fileName);

    /// <summary>A name in place of the test class's.</summary>
    public void UseTypeName(string name) => TypeName = NotBlank(name);

    /// <summary>A name in place of the test method's.</summary>
    public void UseMethodName(string name) => MethodName = NotBlank(name);

    /// <summary>The arguments of the test, in the order of its parameters: <c>_{parameter}={value}</c> each.</summary>
    public void UseParameters(params object?[] parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters = parameters;
    }

    /// <summary>A text in place of the list of parameters: <c>_{text}</c>.</summary>
    public void UseTextForParameters(string parametersText) => ParametersText = NotBlank(parametersText);

    private static string NotBlank(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        return text;
    }
}
