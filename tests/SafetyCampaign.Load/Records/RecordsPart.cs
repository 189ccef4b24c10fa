using System.Buffers.Text;
using System.Diagnostics;
using SafetyCampaign.Load.Faults.Starting;
using SafetyCampaign.Load.Growth;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Records;

/// <summary>
/// The pledge book as a PDF: short, while its reader waits, and long, in the background while people sign; the archive package likewise;
/// and the roll-up of a large district.
/// </summary>
internal static class RecordsPart
{
    private const int MaxAtOnce = 1_000;

    /// <summary>What a long work may hold beside what the program holds anyway: a tenth of what the pledges take in the database.</summary>
    private const int MaxMoreMegabytes = 256;

    private const int PerSecond = 500;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    public static async Task RunAsync(RunOptions options, Report report)
    {
        report.Progress.Now("publishing the program");
        var published = await PublishedProgram.MakeAsync(options);
        if (Wanted("book"))
        {
            await ShortAsync(published, report);
            await LongAsync(published, options.Short ? 5_000 : 50_000, report, "Pledge book", "book", "book.pdf");
        }
        if (Wanted("archive"))
            await LongAsync(published, options.Short ? 10_000 : 100_000, report, "Archive package, its book included,", "archive",
                "archive.zip");
        if (Wanted("rollup"))
            await RollUpAsync(published, options.Short ? 20_000 : 1_000_000, report);

        bool Wanted(string name) => options.Names.Count == 0 || options.Names.Contains(name);
    }

    private static async Task ShortAsync(PublishedProgram published, Report report)
    {
        report.Progress.Now($"the book of {MaxAtOnce:N0}");
        await using var program = new RunningProgram(published);
        using var desk = new DeskSession(program);
        var e = await PlantAsync(program, desk, MaxAtOnce);
        var book = $"/organize/events/{e.Code}/records/book.pdf";
        var first = await TimedAsync(() => desk.DownloadAsync(book));
        var took = new List<TimeSpan>();
        var bytes = 0L;
        for (var i = 0; i < 5; i++)
            took.Add(await TimedAsync(async () => bytes = await desk.DownloadAsync(book)));
        report.Measured($"Pledge book of {MaxAtOnce:N0} signatures of 1 KB", Threshold.AtMost(1, "s"), MedianOf(took).TotalSeconds,
            $"the median of five; the first of the program {first.TotalSeconds:0.0} s");
        report.Absolute("Its size", "≤ 3 MB", $"{bytes / 1e6:0.0} MB", bytes is > 0 and <= 3_000_000);
    }

    /// <summary>Has a file made in the background, and waits until its page offers it; people sign meanwhile.</summary>
    /// <param name="published">The program.</param>
    /// <param name="count">Pledges of 1 KB.</param>
    /// <param name="report">Takes the figures.</param>
    /// <param name="what">In front of how many.</param>
    /// <param name="page">The last part of the page's address.</param>
    /// <param name="file">The last part of the file's.</param>
    private static async Task LongAsync(PublishedProgram published, int count, Report report, string what, string page, string file)
    {
        report.Progress.Now($"{file}: {count:N0} pledges");
        await using var program = new RunningProgram(published);
        using var desk = new DeskSession(program);
        var e = await PlantAsync(program, desk, count);
        var records = $"/organize/events/{e.Code}/records/";
        await PledgeLoad.Of(program, e, 50, rate: PerSecond).RunAsync(TimeSpan.FromSeconds(5)); // everything is compiled
        report.Progress.Now($"{file}: signing alone");
        var alone = await PledgeLoad.Of(program, e, 50, rate: PerSecond).RunAsync(TimeSpan.FromSeconds(20));
        var (before, most) = (program.Resident, 0L);

        report.Progress.Now($"{file}: made, with signing beside it");
        using var made = new CancellationTokenSource();
        var beside = PledgeLoad.Of(program, e, 50, rate: PerSecond).RunAsync(Patience, made.Token);
        var took = await TimedAsync(async () =>
        {
            await desk.SendAsync(records + page);
            await UntilOfferedAsync(desk, records + page, file, () => most = Math.Max(most, program.Resident));
        });
        await made.CancelAsync();
        var loaded = await beside;
        var bytes = await desk.DownloadAsync(records + file);
        report.Show($"{what} of {count:N0} signatures, made while people sign", $"{took.TotalSeconds:0.0} s", $"{bytes / 1e6:0.0} MB");
        report.Measured($"Resident memory while {file} is made, above that before", Threshold.AtMost(MaxMoreMegabytes, "MB"),
            Math.Max(0, most - before) / 1e6, $"{most / 1e6:0} MB at most, {before / 1e6:0} MB before");
        report.Show($"p99 of signing at {PerSecond} a second beside {file}", $"{loaded.Took.Percentile(0.99).TotalMilliseconds:0.0} ms",
            $"{alone.Took.Percentile(0.99).TotalMilliseconds:0.0} ms without");
        report.Intake($"{file} is made", [alone, loaded]);
    }

    private static async Task UntilOfferedAsync(DeskSession desk, string page, string file, Action look)
    {
        var started = Stopwatch.GetTimestamp();
        while (!(await desk.ReadAsync(page)).Contains(file, StringComparison.Ordinal))
        {
            look();
            if (Stopwatch.GetElapsedTime(started) > Patience)
                throw new InvalidOperationException($"{file} was not ready within {Patience.TotalMinutes:0} minutes.");
            await Task.Delay(200);
        }
    }

    private static async Task RollUpAsync(PublishedProgram published, int count, Report report)
    {
        report.Progress.Now($"roll-up: {count:N0} pledges, {PlantedTree.Organizations:N0} organizations");
        await using var program = new RunningProgram(published);
        using var desk = new DeskSession(program);
        await program.DoAsync("demo");
        await desk.CreateAccountAsync();
        await PlantedTree.PlantAsync(program);
        await program.StartAsync();
        var e = await SeededEvent.OfAsync(program);
        await PlantedPledges.PlantAsync(program, count);
        await desk.SignInAsync();
        var first = await TimedAsync(() => desk.ReadAsync("/organize/rollup"));
        var page = await desk.ReadAsync("/organize/rollup");
        report.Absolute("Roll-up names every planted organization", $"{PlantedTree.Organizations:N0}",
            $"{page.Split("小学").Length - 1:N0} schools named", page.Contains("小学2699", StringComparison.Ordinal));
        var counting = await AskAsync(TimeSpan.FromSeconds(10)); // channels are counted from the rows meanwhile
        var alone = await AskAsync(TimeSpan.FromSeconds(10));

        report.Progress.Now("roll-up: signing without it and beside it");
        await PledgeLoad.Of(program, e, 50, rate: PerSecond).RunAsync(TimeSpan.FromSeconds(5));
        var without = await PledgeLoad.Of(program, e, 50, rate: PerSecond).RunAsync(TimeSpan.FromSeconds(20));
        var signing = PledgeLoad.Of(program, e, 50, rate: PerSecond).RunAsync(TimeSpan.FromSeconds(20));
        var beside = await AskAsync(TimeSpan.FromSeconds(19));
        var with = await signing;

        var name = $"Roll-up of {count:N0} pledges and {PlantedTree.Organizations:N0} organizations";
        report.Measured(name, Threshold.AtMost(200, "ms"), MedianOf(alone).TotalMilliseconds,
            $"the median of {alone.Count}, the slowest {alone.Max().TotalMilliseconds:0} ms");
        report.Show(name + ", in the first ten seconds of the program", $"{MedianOf(counting).TotalMilliseconds:0} ms",
            $"the median of {counting.Count}, each waits up to 100 ms for the channels; the very first {first.TotalMilliseconds:0} ms");
        report.Measured(name + ", while people sign", Threshold.AtMost(200, "ms"), MedianOf(beside).TotalMilliseconds,
            $"the median of {beside.Count}, the slowest {beside.Max().TotalMilliseconds:0} ms");
        report.Show($"p99 of signing at {PerSecond} a second beside the roll-up, asked for every second",
            $"{with.Took.Percentile(0.99).TotalMilliseconds:0.0} ms", $"{without.Took.Percentile(0.99).TotalMilliseconds:0.0} ms without");
        report.Intake("the roll-up is read", [without, with]);

        async Task<List<TimeSpan>> AskAsync(TimeSpan during)
        {
            var (took, started) = (new List<TimeSpan>(), Stopwatch.GetTimestamp());
            while (Stopwatch.GetElapsedTime(started) < during)
            {
                took.Add(await TimedAsync(() => desk.ReadAsync("/organize/rollup")));
                await Task.Delay(1_000);
            }
            return took;
        }
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

    private static TimeSpan MedianOf(IReadOnlyCollection<TimeSpan> took) => took.Order().ElementAt(took.Count / 2);

    private static async Task<TimeSpan> TimedAsync(Func<Task> act)
    {
        var started = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(started);
    }
}
