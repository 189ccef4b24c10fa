using System.Diagnostics;
using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Memory;

/// <summary>
/// What the program holds at rest and after an evening of families, and what a certificate costs. <c>--families</c> says how many,
/// <c>--set NAME=VALUE,…</c> gives the program settings of .NET's to try (<c>DOTNET_gcServer=1</c>).
/// </summary>
internal static class MemoryPart
{
    private const int Certificates = 300;

    public static async Task RunAsync(RunOptions options, Report report)
    {
        var families = options.Number("families", options.Short ? 200 : 10_000);
        report.Progress.Now("publishing and starting the program");
        await using var program = new RunningProgram(await PublishedProgram.MakeAsync(options));
        foreach (var (name, value) in options.Values.GetValueOrDefault("set", "").Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(set => set.Split('=')).Select(set => (set[0], set[1])))
            program.Environment[name] = value;
        var e = await SeededEvent.StartWithAsync(program);
        await program.GetAsync($"/e/{e.Code}");
        await program.GetAsync($"/display/{e.Code}");
        await Task.Delay(TimeSpan.FromSeconds(5)); // what the start leaves to be done
        report.Measured("Resident memory at rest, a phone page and a stage served", Threshold.AtMost(150, "MB"), program.Resident >> 20,
            Of(program.Id));

        using var visits = new FamilyVisits(program, e);
        await visits.VisitAsync(Math.Min(200, families), _ => { }); // everything is compiled
        await CertificatesAsync(program, visits, report);
        await visits.VisitAsync(families, done => report.Progress.Now($"{done:N0} of {families:N0} families"));
        report.Measured($"Resident memory after {families:N0} families' visits", Threshold.AtMost(250, "MB"), program.Resident >> 20,
            Of(program.Id));
        await Task.Delay(TimeSpan.FromSeconds(75)); // the drawing threads end after a minute
        report.Show("The same, nobody there for more than a minute", $"{program.Resident >> 20} MB", Of(program.Id));
    }

    private static async Task CertificatesAsync(RunningProgram program, FamilyVisits visits, Report report)
    {
        var receipts = await visits.SignAsync(Certificates);
        using var process = Process.GetProcessById(program.Id);
        var (before, bytes) = (process.TotalProcessorTime, 0L);
        foreach (var receipt in receipts)
            bytes += await visits.CertificateAsync(receipt);
        process.Refresh();
        var took = process.TotalProcessorTime - before;
        report.Measured("A certificate, processor time of the program for the whole request", Threshold.AtMost(8, "ms", "0.0"),
            took.TotalMilliseconds / Certificates, $"{Certificates} of them, each of another family");
        report.Absolute("A certificate's weight", "≤ 60 KB", $"{bytes / Certificates / 1024.0:0.0} KB", bytes / Certificates <= 60 * 1024);
    }

    /// <summary>What it is made of, where the system tells.</summary>
    private static string Of(int process)
    {
        if (!OperatingSystem.IsLinux())
            return "";
        var kilobytes = File.ReadLines($"/proc/{process}/status").Select(line => line.Split(':', StringSplitOptions.TrimEntries))
            .Where(line => line[0] is "RssFile" or "VmHWM")
            .ToDictionary(line => line[0], line => int.Parse(line[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));
        return $"of which {kilobytes["RssFile"] >> 10} MB are mapped files; at most {kilobytes["VmHWM"] >> 10} MB so far";
    }
}
