using System.ComponentModel;
using System.Diagnostics;

namespace SafetyCampaign.Load.Running;

/// <summary>Programs of the system that a machine may not have.</summary>
internal static class Tool
{
    /// <summary>Whether it is there and does this.</summary>
    public static async Task<bool> WorksAsync(string name, params string[] arguments)
    {
        try
        {
            using var process =
                Process.Start(new ProcessStartInfo(name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
