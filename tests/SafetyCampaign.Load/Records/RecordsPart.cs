using System.Buffers.Text;
using System.Diagnostics;
using SafetyCampaign.Load.Faults.Starting;
using SafetyCampaign.Load.Growth;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Records;

/// <summary>
/// The pledge book as a PDF: short, while its reader waits, and long, in the background while people sign; and the archive package.
/// </summary>
internal static class RecordsPart
{
    private const int MaxAtOnce = 1_000;

    public static async Task RunAsync(RunOptions options, Report report)
    {
        report.Progress.Now("publishing the program");
        var published = await PublishedProgram.MakeAsync(options);
        await ShortAsync(published, report);
        await LongAsync(published, options.Short ? 5_000 : 50_000, report);
        await ArchiveAsync(published, options.Short ? 10_000 : 100_000, report);
    }

    private static async Task ShortAsync(PublishedProgram published, Report report)
    {
        await using var program = new RunningProgram(published);
        using var desk = new DeskSession(program);
        var e = await PlantAsync(program, desk, MaxAtOnce);
        var book = $"/organize/events/{e.Code}/records/book.pdf";
        var first = await TimedAsync(() => desk.DownloadAsync(book));
        var took = new List<TimeSpan>();
        var bytes = 0L;
        for (var i = 0; i < 5; i++)
            took.Add(await TimedAsync(async () => bytes = await desk.DownloadAsync(book)));
        var median = took.Order().ElementAt(2);
        report.Measured($"Pledge book of {MaxAtOnce:N0} signatures of 1 KB", Threshold.AtMost(1, "s"), median.TotalSeconds,
            $"the median of five; the first of the program {first.TotalSeconds:0.0} s");
        report.Absolute("Its size", "≤ 3 MB", $"{bytes / 1e6:0.0} MB", bytes <= 3_000_000);
    }

    private static async Task LongAsync(PublishedProgram published, int count, Report report)
    {
        await using var program = new RunningProgram(published);
        using var desk = new DeskSession(program);
        var e = await PlantAsync(program, desk, count);
        var page = $"/organize/events/{e.Code}/records/book";
        await PledgeLoad.Of(program, e, 50, rate: 500).RunAsync(TimeSpan.FromSeconds(5)); // everything is compiled
        report.Progress.Now("signing alone");
        var alone = await PledgeLoad.Of(program, e, 50, rate: 500).RunAsync(TimeSpan.FromSeconds(20));
        var (before, most) = (program.Resident, 0L);

        report.Progress.Now($"the book of {count:N0}, with signing beside it");
        using var drawn = new CancellationTokenSource();
        var beside = PledgeLoad.Of(program, e, 50, rate: 500).RunAsync(TimeSpan.FromMinutes(10), drawn.Token);
        var took = await TimedAsync(async () =>
        {
            await desk.SendAsync(page);
            while (!(await desk.ReadAsync(page)).Contains("book.pdf", StringComparison.Ordinal))
            {
                most = Math.Max(most, program.Resident);
                await Task.Delay(200);
            }
        });
        await drawn.CancelAsync();
        var loaded = await beside;
        var bytes = await desk.DownloadAsync(page + ".pdf");
        report.Show($"Pledge book of {count:N0}, drawn while people sign", $"{took.TotalSeconds:0.0} s", $"{bytes / 1e6:0.0} MB");
        report.Show("Resident memory meanwhile, at most", $"{most >> 20} MB", $"{before >> 20} MB before");
        report.Show("p99 of signing at 500 a second beside it", $"{loaded.Took.Percentile(0.99).TotalMilliseconds:0.0} ms",
            $"{alone.Took.Percentile(0.99).TotalMilliseconds:0.0} ms without");
        report.Intake("the book is drawn", [alone, loaded]);
    }

    private static async Task ArchiveAsync(PublishedProgram published, int count, Report report)
    {
        await using var program = new RunningProgram(published);
        using var desk = new DeskSession(program);
        var e = await PlantAsync(program, desk, count);
        var page = $"/organize/events/{e.Code}/records/archive";
        var (before, most) = (program.Resident, 0L);
        report.Progress.Now($"the archive of {count:N0}");
        var took = await TimedAsync(async () =>
        {
            await desk.SendAsync(page);
            while (!(await desk.ReadAsync(page)).Contains("archive.zip", StringComparison.Ordinal))
            {
                most = Math.Max(most, program.Resident);
                await Task.Delay(200);
            }
        });
        var bytes = await desk.DownloadAsync(page + ".zip");
        report.Show($"Archive package of {count:N0} pledges of 1 KB, its book included", $"{took.TotalSeconds:0.0} s",
            $"{bytes / 1e6:0.0} MB");
        report.Show("Resident memory meanwhile, at most", $"{most >> 20} MB", $"{before >> 20} MB before");
        var rollUp = new List<TimeSpan>();
        for (var i = 0; i < 6; i++)
            rollUp.Add(await TimedAsync(() => desk.ReadAsync("/organize/rollup")));
        report.Show("Roll-up page over these pledges", $"{rollUp.Skip(1).Order().ElementAt(2).TotalMilliseconds:0.0} ms",
            "the median of five; from the tallies");
    }

    private static async Task<SeededEvent> PlantAsync(RunningProgram program, DeskSession desk, int count)
    {
        await program.DoAsync("demo");
        await desk.CreateAccountAsync(); // after the event, whose organization it then belongs to
        await program.StartAsync();
        var e = await SeededEvent.OfAsync(program);
        await PlantedPledges.PlantAsync(program, count, Base64Url.DecodeFromChars(Ink.Signature));
        await desk.SignInAsync();
        return e;
    }

    private static async Task<TimeSpan> TimedAsync(Func<Task> act)
    {
        var started = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(started);
    }
}
