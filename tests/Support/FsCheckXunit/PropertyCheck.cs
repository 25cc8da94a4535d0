using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace FsCheck.Xunit;

/// <summary>Hands one method to FsCheck with the settings of its attributes, and keeps what FsCheck tells.</summary>
internal static class PropertyCheck
{
    private static readonly Type[] ReturnTypes =
        [typeof(void), typeof(bool), typeof(Property), typeof(Task), typeof(Task<bool>), typeof(Task<Property>)];

    public static PropertyReport Run(MethodInfo method, Type testClass, object? instance, PropertySeed seed)
    {
        Refuse(method);
        PropertySettings settings = PropertySettings.For(method, testClass);
        Replay start = string.IsNullOrWhiteSpace(settings.Replay)
            ? seed.StartOf($"{testClass.FullName}.{method.Name}")
            : PropertyReplay.Parse(settings.Replay);
        Recorder recorder = new(settings.Verbose ?? false, method.GetParameters());
        Check.Method(
            settings.ToConfig(start, recorder),
            method,
            method.IsStatic || instance is null ? FSharpOption<object>.None : FSharpOption<object>.Some(instance));
        TestResult result = recorder.Result
            ?? throw new InvalidOperationException($"FsCheck ended {method.Name} without a result.");
        return PropertyReport.Of(
            result,
            method.GetParameters(),
            start,
            string.IsNullOrWhiteSpace(settings.Replay) ? seed.ToString() : $"Replay = \"{settings.Replay}\"",
            settings.QuietOnSuccess ?? false,
            recorder.Trace);
    }

    /// <summary>A method whose failure FsCheck would not see is refused: an async void, or a result that says nothing.</summary>
    private static void Refuse(MethodInfo method)
    {
        bool isAsyncVoid = method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute));
        if (isAsyncVoid || method.IsGenericMethodDefinition || !ReturnTypes.Contains(method.ReturnType))
        {
            throw new NotSupportedException(
                $"{method.Name} {(isAsyncVoid ? "is async void" : method.IsGenericMethodDefinition ? "is generic" : $"returns {method.ReturnType.Name}")}; "
                + "a property is not generic and returns void, bool, Property, Task, Task<bool> or Task<Property>.");
        }
    }

    /// <summary>Draws may be reported from several threads when the property runs in parallel.</summary>
    private sealed class Recorder(bool isVerbose, ParameterInfo[] parameters) : IRunner
    {
        private readonly Lock _gate = new();
        private readonly List<string> _trace = [];

        public TestResult? Result { get; private set; }

        public IReadOnlyList<string> Trace => _trace;

        public void OnStartFixture(Type t)
        {
        }

        public void OnArguments(int ntest, FSharpList<object> args, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> every) =>
            Note("test ", ntest, args);

        public void OnShrink(FSharpList<object> args, FSharpFunc<FSharpList<object>, string> everyShrink) =>
            Note("shrunk", null, args);

        public void OnFinished(string name, TestResult testResult) => Result = testResult;

        private void Note(string what, int? number, FSharpList<object> arguments)
        {
            if (isVerbose)
            {
                lock (_gate)
                {
                    _trace.Add($"{what}{number}: {ArgumentText.Of(arguments, parameters)}");
                }
            }
        }
    }
}
