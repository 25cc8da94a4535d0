using System.Reflection;
using VerifyTests;
using Xunit.Sdk;

namespace VerifyXunit;

/// <summary>Tells <see cref="Verifier"/> which test runs, and fails a test that asked for a comparison without awaiting it. The build puts it on every test assembly.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class UseVerifyAttribute : BeforeAfterTestAttribute
{
    /// <inheritdoc/>
    public override void Before(MethodInfo methodUnderTest) => GoldenScope.Enter(methodUnderTest);

    /// <inheritdoc/>
    public override void After(MethodInfo methodUnderTest) => GoldenScope.Leave();
}
