using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Faults.Network;
using SafetyCampaign.Load.Relay;
using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Pace;

/// <summary>
/// What the pages of a school take of people's time, in a real browser at the pace of people (<see cref="HumanPace"/>) and in real time: a
/// class signs on one device (--pupils 40), and the rows of its paper are decided (--rows 60).
/// </summary>
internal static class PacePart
{
    /// <summary>Of forty pupils at one device.</summary>
    private static readonly TimeSpan Lesson = TimeSpan.FromMinutes(7);

    public static async Task RunAsync(RunOptions options, Report report)
    {
        if (SystemBrowser.Find() is not { } path)
        {
            report.Skip("A class and its paper at a person's pace", "", "needs Chromium or Chrome; CHROME_PATH may name one");
            return;
        }
        report.Progress.Now("publishing the program");
        var published = await PublishedProgram.MakeAsync(options);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await SystemBrowser.LaunchAsync(playwright, path);
        if (options.Names is [] || options.Names.Contains("relay"))
            await RelayAsync(published, browser, options.Number("pupils", options.Short ? 8 : 40), report);
        if (options.Names is [] || options.Names.Contains("paper"))
            await PaperPace.RunAsync(published, browser, options.Number("rows", options.Short ? 20 : 60), report);
    }

    private static async Task RelayAsync(PublishedProgram published, IBrowser browser, int count, Report report)
    {
        await using var program = new RunningProgram(published);
        var e = await SeededEvent.StartWithAsync(program);
        var names = PupilNames.Of(count - 1); // and one who is not on the list
        var group = (await RelayClass.PlantAsync(program, e, 1, names))[0];
        var pupils = PacedClass.Of(group, names);
        var context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = 1080, Height = 810 },
            HasTouch = true,
            IsMobile = true,
            DeviceScaleFactor = 2,
            Locale = "zh-CN",
        });
        var relay = await RelayAtPace.OpenAsync(
            await context.NewPageAsync(), new Uri(program.Address, $"/class/{group.Secret}/relay?event={e.Code}"));
        var whole = await relay.SignAsync(pupils, where => report.Progress.Now($"pupil {where} signs"));
        var sent = await relay.ComeOnlineAsync();

        var bound = Lesson * count / 40;
        report.Measured($"{count} pupils on one device, from the first to the last, without a network",
            Threshold.AtMost(Math.Round(bound.TotalMinutes, 1), "min", "0.0"), whole.TotalMinutes,
            $"one comes again, one is absent, one writes twice, one would rather not, one is not on the list; "
                + $"{relay.Writing.TotalSeconds / relay.Names:0.0} s a name");
        report.Show("A name may take at this, on average, for it to stay within",
            $"{(bound - whole + relay.Writing).TotalSeconds / relay.Names:0.0} s");
        report.Measured("The device's own share: from a tap to what follows it, at most", Threshold.AtMost(300, "ms", "0"),
            relay.Waits.Slowest.TotalMilliseconds,
            $"median {relay.Waits.Median.TotalMilliseconds:0} ms, {relay.Waits.Sum.TotalSeconds:0.0} s of the whole");
        report.Show("Taps of a pupil who signs", $"{relay.Taps / (double)relay.Plain:0.0}");
        report.Show("All that waited is sent, once there is a network", $"{sent.TotalSeconds:0.0} s");
        await CountAsync(program, e, pupils, report);
        await context.CloseAsync();
    }

    /// <summary>Each who signed counts once, and nobody else.</summary>
    private static async Task CountAsync(RunningProgram program, SeededEvent e, IReadOnlyList<PacedPupil> pupils, Report report)
    {
        await using var db = RelayClass.Open(program);
        var stored = await db.Pledges.AsNoTracking().Where(p => p.Channel == SigningChannel.Relay)
            .Select(p => new { p.RosterEntryId, p.Name }).ToListAsync();
        var signing = pupils.Where(pupil => pupil.Signs).ToList();
        var answers = await db.RosterAnswers.CountAsync();
        var once = signing.Count(pupil => stored.Count(p => p.RosterEntryId == pupil.Entry && p.Name == pupil.Name) == 1);
        report.Absolute("Pledges in the store", $"{signing.Count}, one of each", $"{stored.Count}, {once} of them once",
            stored.Count == signing.Count && once == signing.Count);
        report.Absolute("Answers in the store", "one absent, one would rather not", $"{answers}", answers == pupils.Count - signing.Count);
        report.Recounted("the class", await Recount.OfAsync(program, e, [], [], planted: stored.Count));
    }
}
