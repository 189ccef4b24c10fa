using System.Globalization;

namespace SafetyCampaign.Load.Screens;

/// <summary>Each connection is an open file, here and in the server. The runtime raises its own limit to the hard one.</summary>
internal static class OpenFiles
{
    public static int Most { get; } = Read();

    private static int Read()
    {
        if (!File.Exists("/proc/self/limits"))
            return int.MaxValue;
        var line = File.ReadLines("/proc/self/limits").Single(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        var hard = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4];
        return int.TryParse(hard, CultureInfo.InvariantCulture, out var most) ? most : int.MaxValue;
    }
}
