using System.Text.RegularExpressions;
using SafetyCampaign.Load.Faults.Starting;
using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Rosters;

/// <summary>
/// Lists of nearly 20,000 pupils (--rows 19990; a file may have 20,000 rows, its header among them) as csv and as xlsx, from the upload
/// until they are in the store.
/// </summary>
internal static partial class RosterPart
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task RunAsync(RunOptions options, Report report)
    {
        var rows = options.Number("rows", options.Short ? 2_000 : 19_990);
        report.Progress.Now("publishing the program");
        var published = await PublishedProgram.MakeAsync(options);
        await using var program = new RunningProgram(published);
        using var desk = new DeskSession(program);
        await program.DoAsync("demo");
        await desk.CreateAccountAsync();
        await program.StartAsync();
        await desk.SignInAsync();
        var schools = await SchoolsAsync(desk);
        report.Progress.Now("a small list first");
        var warm = await ImportAsync(program, desk, schools[0], RosterFile.Csv(300));
        report.Show("A list of 300 pupils, the first of the program", $"{warm.Whole.TotalSeconds:0.00} s of the processor");
        foreach (var (i, (kind, file)) in new[] { ("csv", RosterFile.Csv(rows)), ("xlsx", await RosterFile.XlsxAsync(rows)) }.Index())
        {
            report.Progress.Now($"{rows:N0} pupils as {kind}");
            var done = await ImportAsync(program, desk, schools[i % schools.Count], file);
            report.Measured($"{rows:N0} pupils as {kind}, from the upload to the store", Threshold.AtMost(5, "s of the processor"),
                done.Whole.TotalSeconds,
                $"preview {done.Preview.TotalSeconds:0.0} s, import {done.Import.TotalSeconds:0.0} s; file of {file.Length / 1e6:0.0} MB");
            report.Show("Resident memory meanwhile, at most", $"{done.Most >> 20} MB", $"{done.Before >> 20} MB before");
            report.Absolute(
                $"Pupils on the lists of the school after the {kind}", $"{rows:N0}", $"{done.OnLists:N0}", done.OnLists == rows);
        }
    }

    /// <summary>Every school of the demonstration.</summary>
    private static async Task<List<string>> SchoolsAsync(DeskSession desk)
    {
        var schools = new List<string>();
        foreach (Match link in OrganizationLink().Matches(await desk.ReadAsync("/organize/organizations")))
            if ((await desk.ReadAsync(link.Groups[1].Value)).Contains($"{link.Groups[1].Value}/roster", StringComparison.Ordinal))
                schools.Add($"{link.Groups[1].Value}/roster");
        return [.. schools.Distinct()];
    }

    private static async Task<Imported> ImportAsync(RunningProgram program, DeskSession desk, string page, byte[] file)
    {
        var (before, most) = (program.Resident, 0L);
        using var over = new CancellationTokenSource();
        var watching = Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                most = Math.Max(most, program.Resident);
                await Task.Delay(20);
            }
        });
        var began = program.ProcessorTime;
        var shown = await desk.UploadAsync($"{page}?handler=Upload", page, "名单", file);
        var previewed = program.ProcessorTime;
        await desk.SendFormAsync($"{page}?handler=Import", shown, ("MarkLeft", "true"));
        using var patience = new CancellationTokenSource(Patience);
        string now;
        while ((now = await desk.ReadAsync(page)).Contains("<progress", StringComparison.Ordinal))
            await Task.Delay(1000, patience.Token);
        var done = program.ProcessorTime;
        await over.CancelAsync();
        await watching;
        if (!now.Contains("notice success", StringComparison.Ordinal))
            throw new InvalidOperationException("The list was not imported.");
        return new Imported(done - began, previewed - began, done - previewed, before, most,
            OnList().Matches(now).Sum(cell => int.Parse(cell.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)));
    }

    private sealed record Imported(TimeSpan Whole, TimeSpan Preview, TimeSpan Import, long Before, long Most, int OnLists);

    [GeneratedRegex("href=\"(/organize/organizations/[0-9]+)\"")]
    private static partial Regex OrganizationLink();

    [GeneratedRegex("<td class=\"number\">([0-9]+)</td>")]
    private static partial Regex OnList();
}
