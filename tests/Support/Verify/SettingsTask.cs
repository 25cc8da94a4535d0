using System.Runtime.CompilerServices;

namespace VerifyTests;

/// <summary>A comparison that starts when it is awaited, so that settings can follow the call of Verify.</summary>
public sealed class SettingsTask
{
    private readonly VerifySettings _settings;
    private readonly GoldenScope _scope;
    private readonly Action<VerifySettings> _compare;
    private Task? _task;

    internal SettingsTask(VerifySettings? settings, GoldenScope scope, Action<VerifySettings> compare)
    {
        _settings = settings is null ? new VerifySettings() : new VerifySettings(settings);
        _scope = scope;
        _compare = compare;
        scope.Asked();
    }

    /// <inheritdoc cref="VerifySettings.UseDirectory"/>
    public SettingsTask UseDirectory(string directory)
    {
        _settings.UseDirectory(directory);
        return this;
    }

    /// <inheritdoc cref="VerifySettings.UseFileName"/>
    public SettingsTask UseFileName(string fileName)
    {
        _settings.UseFileName(fileName);
        return this;
    }

    /// <inheritdoc cref="VerifySettings.UseTypeName"/>
    public SettingsTask UseTypeName(string name)
    {
        _settings.UseTypeName(name);
        return this;
    }

    /// <inheritdoc cref="VerifySettings.UseMethodName"/>
    public SettingsTask UseMethodName(string name)
    {
        _settings.UseMethodName(name);
        return this;
    }

    /// <inheritdoc cref="VerifySettings.UseParameters"/>
    public SettingsTask UseParameters(params object?[] parameters)
    {
        _settings.UseParameters(parameters);
        return this;
    }

    /// <inheritdoc cref="VerifySettings.UseTextForParameters"/>
    public SettingsTask UseTextForParameters(string parametersText)
    {
        _settings.UseTextForParameters(parametersText);
        return this;
    }

    /// <summary>Runs the comparison once, however often it is asked for.</summary>
    public Task ToTask() => _task ??= Compare();

    /// <inheritdoc cref="ToTask"/>
    public TaskAwaiter GetAwaiter() => ToTask().GetAwaiter();

    /// <inheritdoc cref="ToTask"/>
    public ConfiguredTaskAwaitable ConfigureAwait(bool continueOnCapturedContext) => ToTask().ConfigureAwait(continueOnCapturedContext);

    /// <summary>Lets a test return the comparison as its Task.</summary>
    public static implicit operator Task(SettingsTask settingsTask)
    {
        ArgumentNullException.ThrowIfNull(settingsTask);
        return settingsTask.ToTask();
    }

    private Task Compare()
    {
        _scope.Awaited();
        try
        {
            _compare(_settings);
            return Task.CompletedTask;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return Task.FromException(failure);
        }
    }
}
