using System.Diagnostics;

namespace SafetyCampaign.Tests;

/// <summary>The scripts of the pages have tests of their own; here they run with all others.</summary>
public sealed class ClientTests
{
    [Theory]
    [InlineData("build/test.mjs")]
    [InlineData("node_modules/typescript/bin/tsc --noEmit")]
    public async Task The_scripts_of_the_pages_hold(string command)
    {
        using var node = Process.Start(new ProcessStartInfo("node", command)
        {
            WorkingDirectory = Source.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(node.ExitCode == 0, await output + await errors);
    }
}
