using System.Diagnostics;

namespace SafetyCampaign.Tests;

/// <summary>
/// Reads what stands in a program's files while it runs. By a copy that another process makes: SQLite's locks belong to the
/// process, and are lost as soon as it closes a file of its own opening.
/// </summary>
public static class DataFiles
{
    /// <summary>Whether one of the byte strings stands in a file of the program's data folder.</summary>
    public static async Task<bool> HoldAsync(CampaignApp app, params IReadOnlyCollection<byte[]> traces)
    {
        var copy = Directory.CreateTempSubdirectory("safety-campaign-copy-");
        try
        {
            await CopyAsync(app.DataDirectory, copy.FullName);
            foreach (var file in copy.EnumerateFiles("*", SearchOption.AllDirectories))
            {
                var bytes = await File.ReadAllBytesAsync(file.FullName, TestContext.Current.CancellationToken);
                if (traces.Any(trace => bytes.AsSpan().IndexOf(trace) >= 0))
                    return true;
            }
            return false;
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    /// <summary>Copies a folder as it stands; a file that goes meanwhile is left out.</summary>
    public static async Task CopyAsync(string from, string to)
    {
        using var copying = Process.Start(new ProcessStartInfo("cp", ["-r", from + "/.", to]) { RedirectStandardError = true })!;
        await copying.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
