using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace FsCheck.Xunit;

/// <summary>Runs one property and adds its report (count of tests, statistics, seed) to what the test itself wrote.</summary>
internal sealed class PropertyTestRunner(
    ITest test,
    IMessageBus messageBus,
    Type testClass,
    object[] constructorArguments,
    MethodInfo testMethod,
    string skipReason,
    IReadOnlyList<BeforeAfterTestAttribute> beforeAfterAttributes,
    ExceptionAggregator aggregator,
    CancellationTokenSource cancellation)
    : XunitTestRunner(
        test, messageBus, testClass, constructorArguments, testMethod, [], skipReason, beforeAfterAttributes, aggregator, cancellation)
{
    private string _report = string.Empty;

    protected override async Task<Tuple<decimal, string>> InvokeTestAsync(ExceptionAggregator aggregator)
    {
        (decimal seconds, string output) = await base.InvokeTestAsync(aggregator).ConfigureAwait(true);
        return Tuple.Create(seconds, output + _report);
    }

    protected override Task<decimal> InvokeTestMethodAsync(ExceptionAggregator aggregator) => new Invoker(this, aggregator).RunAsync();

    /// <summary>xunit's invoker, which constructs and disposes the class; the arguments that it wants to count are placeholders.</summary>
    private sealed class Invoker(PropertyTestRunner owner, ExceptionAggregator aggregator)
        : XunitTestInvoker(
            owner.Test,
            owner.MessageBus,
            owner.TestClass,
            owner.ConstructorArguments,
            owner.TestMethod,
            new object[owner.TestMethod.GetParameters().Length],
            owner.BeforeAfterAttributes,
            aggregator,
            owner.CancellationTokenSource)
    {
        protected override object? CallTestMethod(object testClassInstance)
        {
            // FsCheck waits for a property's Task in place. Without a context its continuations go to the pool,
            // so that the wait cannot block the thread on which they are queued.
            SynchronizationContext? context = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(null);
            try
            {
                PropertySeed seed = PropertySeed.From(Environment.GetEnvironmentVariable);
                PropertyReport report = PropertyCheck.Run(TestMethod, TestClass, testClassInstance, seed);
                owner._report = report.Output;
                report.ThrowIfFailed();
                return null;
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(context);
            }
        }
    }
}
