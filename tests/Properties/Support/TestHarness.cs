using System.Reflection;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Spanker.Conformance.Tests.Properties.Support;

/// <summary>
/// Runs the tests of one class through xunit's own discovery of cases and its assembly runner, in this process, and keeps what they report.
/// The specimens are not public, so the ordinary run does not see them: here they may fail.
/// </summary>
internal static class TestHarness
{
    public static async Task<TestOutcome> RunOne(Type testClass, string methodName)
    {
        NullMessageSink silent = new();
        TestAssembly testAssembly = new(Reflector.Wrap(testClass.Assembly));
        TestCollection collection = new(testAssembly, null, testClass.Name);
        TestClass xunitClass = new(collection, Reflector.Wrap(testClass));
        MethodInfo method = testClass.GetMethod(methodName)
            ?? throw new ArgumentException($"{testClass.Name} has no public method {methodName}.");
        TestMethod testMethod = new(xunitClass, Reflector.Wrap(method));
        IAttributeInfo fact = testMethod.Method.GetCustomAttributes(typeof(FactAttribute)).Single();
        IAttributeInfo discovererName = fact.GetCustomAttributes(typeof(XunitTestCaseDiscovererAttribute)).Single();
        string[] typeAndAssembly = [.. discovererName.GetConstructorArguments().Cast<string>()];
        Type discovererType = SerializationHelper.GetType(typeAndAssembly[1], typeAndAssembly[0]);
        IXunitTestCaseDiscoverer discoverer = ExtensibilityPointFactory.GetXunitTestCaseDiscoverer(silent, discovererType);
        IXunitTestCase[] cases = [.. discoverer.Discover(new Options(), testMethod, fact)];

        Collector collector = new();
        ITestFrameworkExecutionOptions options = new Options();
        options.SetValue<bool?>("xunit.execution.DisableParallelization", true);
        using (XunitTestAssemblyRunner runner = new(testAssembly, cases, silent, collector, options))
        {
            await runner.RunAsync();
        }

        return Assert.Single(collector.Outcomes);
    }

    private sealed class Options : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
    {
        private readonly Dictionary<string, object?> _values = [];

        public TValue GetValue<TValue>(string name) => _values.TryGetValue(name, out object? value) ? (TValue)value! : default!;

        public void SetValue<TValue>(string name, TValue value) => _values[name] = value;
    }

    private sealed class NullMessageSink : LongLivedMarshalByRefObject, IMessageSink
    {
        public bool OnMessage(IMessageSinkMessage message) => true;
    }

    private sealed class Collector : LongLivedMarshalByRefObject, IMessageSink
    {
        public List<TestOutcome> Outcomes { get; } = [];

        public bool OnMessage(IMessageSinkMessage message)
        {
            TestOutcome? outcome = message switch
            {
                ITestPassed passed => new TestOutcome(true, passed.Output, [], []),
                ITestFailed failed => new TestOutcome(false, failed.Output, failed.Messages, failed.ExceptionTypes),
                ITestCaseCleanupFailure failure => new TestOutcome(false, string.Empty, failure.Messages, failure.ExceptionTypes),
                _ => null,
            };
            if (outcome is not null)
            {
                lock (Outcomes)
                {
                    Outcomes.Add(outcome);
                }
            }

            return true;
        }
    }
}
