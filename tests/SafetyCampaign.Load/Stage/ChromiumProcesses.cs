using System.Diagnostics;
using System.Globalization;

namespace SafetyCampaign.Load.Stage;

/// <summary>All processes of this run's browser, and what they take of a core. Linux only.</summary>
internal static class ChromiumProcesses
{
    private const double TicksPerSecond = 100;

    /// <summary>An argument that the browser does not know, by which it is found.</summary>
    public static string Mark { get; } = $"--measured-by={Environment.ProcessId}";

    /// <summary>Which share of one core they all take together.</summary>
    public static async Task<double> BusyAsync(TimeSpan length)
    {
        var (before, started) = (Ticks(), Stopwatch.GetTimestamp());
        await Task.Delay(length);
        return (Ticks() - before) / TicksPerSecond / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static long Ticks()
    {
        var all = Processes().ToList();
        var ours = all.Where(process => CommandOf(process.Id).Contains(Mark, StringComparison.Ordinal))
            .Select(process => process.Id).ToHashSet();
        while (all.Where(process => ours.Contains(process.Parent)).Count(process => ours.Add(process.Id)) > 0)
        {
        }
        return all.Where(process => ours.Contains(process.Id)).Sum(process => process.Ticks);
    }

    private static IEnumerable<(int Id, int Parent, long Ticks)> Processes()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)
                || TryRead(Path.Combine(folder, "stat")) is not { Length: > 0 } stat)
                continue;
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' '); // the name before may hold anything
            yield return (id, int.Parse(fields[1], CultureInfo.InvariantCulture),
                long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture));
        }
    }

    private static string CommandOf(int process) => TryRead($"/proc/{process}/cmdline");

    private static string TryRead(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return ""; // it has ended meanwhile
        }
    }
}
