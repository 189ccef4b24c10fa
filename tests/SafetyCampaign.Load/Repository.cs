using System.Diagnostics;
using System.Reflection;

namespace SafetyCampaign.Load;

/// <summary>The checkout that the runner was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Which source was measured.</summary>
    public static string Commit { get; } =
        Ask("git", "rev-parse", "--short", "HEAD")
            + (Ask("git", "status", "--porcelain", "--untracked-files=no", "--", "src", "tests", "*.csproj") == "" ? "" : " with changes");

    /// <summary>The runner itself was built to be debugged.</summary>
    public static bool IsDebugBuild { get; } =
        typeof(Repository).Assembly.GetCustomAttributes<DebuggableAttribute>().Any(built => built.IsJITOptimizerDisabled);

    private static string Ask(string program, params string[] arguments)
    {
        try
        {
            using var asked = Process.Start(new ProcessStartInfo(program,
                arguments)
            { WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true })!;
            return asked.StandardOutput.ReadToEnd().Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "unknown"; // no git here
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SafetyCampaign.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The runner does not lie in the repository.");
        return folder.FullName;
    }
}
