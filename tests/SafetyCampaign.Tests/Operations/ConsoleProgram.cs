using System.Diagnostics;

namespace SafetyCampaign.Tests.Operations;

/// <summary>The built program as a process of its own, started as from a console.</summary>
/// <param name="folder">Its data folder.</param>
internal sealed class ConsoleProgram(string folder)
{
    /// <summary>What a shell does that starts it, with the program and its arguments as "$0" and "$@"; null for none.</summary>
    public string? Shell { get; init; }

    /// <summary>Further variables of its environment.</summary>
    public Dictionary<string, string> Environment { get; } = [];

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
        var start = new ProcessStartInfo(Shell is null ? "dotnet" : "sh")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Source.Root,
        };
        start.Environment["DataDirectory"] = folder;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        foreach (var argument in Shell is null ? Array.Empty<string>() : ["-c", Shell, "dotnet"])
            start.ArgumentList.Add(argument);
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
