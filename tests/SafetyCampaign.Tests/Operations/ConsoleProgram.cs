using System.Diagnostics;

namespace SafetyCampaign.Tests.Operations;

/// <summary>The built program as a process of its own, started as from a console.</summary>
/// <param name="folder">Its data folder.</param>
internal sealed class ConsoleProgram(string folder)
{
    /// <summary>What a verb said and how it ended.</summary>
    public async Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var program = Start(arguments);
        var output = program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            program.Kill(entireProcessTree: true);
        }
        return (program.ExitCode, await output, await error);
    }

    /// <summary>The caller kills it.</summary>
    public Process Start(params string[] arguments)
    {
        var start =
            new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Source.Root };
        start.Environment["DataDirectory"] = folder;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "SafetyCampaign.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    public static void AssertOneSentence(string error)
    {
        Assert.Single(error.Trim().Split('\n'));
        Assert.DoesNotContain("   at ", error);
    }
}
