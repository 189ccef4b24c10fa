using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SafetyCampaign.Load.Running;

/// <summary>
/// The program as an operator gets it: published, compiled ahead for this kind of machine (a short run leaves that out;
/// it takes half a minute and only the start is faster). Everything made on the way lies in artifacts, apart from the
/// build that is worked with.
/// </summary>
internal sealed record PublishedProgram(string Folder)
{
    private static Task<PublishedProgram>? made;

    public string Executable => Path.Combine(Folder, OperatingSystem.IsWindows() ? "SafetyCampaign.exe" : "SafetyCampaign");

    /// <summary>Once a run, however many parts it has.</summary>
    public static Task<PublishedProgram> MakeAsync(RunOptions options) =>
        made ??= options.Values.TryGetValue("program", out var folder)
            ? Task.FromResult(new PublishedProgram(Path.GetFullPath(folder)))
            : PublishAsync(options);

    private static async Task<PublishedProgram> PublishAsync(RunOptions options)
    {
        var artifacts = Path.Combine(Repository.Root, "artifacts", options.Short ? "load-short" : "load-full");
        var folder = Path.Combine(artifacts, "program");
        List<string> arguments =
        [
            "publish", "SafetyCampaign.csproj", "-c", "Release", "-o", folder, "--artifacts-path", artifacts, "--nologo", "-v", "quiet",
            // The committed lock file names the packages of the source, not those that a kind of machine adds.
            $"-p:NuGetLockFilePath={Path.Combine(artifacts, "packages.lock.json")}", "-p:RestoreLockedMode=false",
        ];
        if (!options.Short)
            arguments.AddRange(["-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false"]);
        using var publishing = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = publishing.StandardOutput.ReadToEndAsync();
        var complained = publishing.StandardError.ReadToEndAsync();
        await publishing.WaitForExitAsync();
        return publishing.ExitCode == 0
            ? new PublishedProgram(folder)
            : throw new InvalidOperationException($"The program could not be published:\n{await said}{await complained}");
    }
}
