using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Drawing;
using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Faults.Starting;
using SafetyCampaign.Load.Relay;
using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Pace;

/// <summary>Sixty rows of paper: by an organizer with the keyboard at the desk, and by a teacher with the thumb on a phone.</summary>
internal static class PaperPace
{
    public static async Task RunAsync(PublishedProgram published, IBrowser browser, int count, Report report)
    {
        await using var program = new RunningProgram(published);
        using var desk = new DeskSession(program);
        await program.DoAsync("demo");
        await desk.CreateAccountAsync();
        await program.StartAsync();
        await desk.SignInAsync();
        var e = await SeededEvent.OfAsync(program);
        var names = PupilNames.Of(count);
        var groups = await RelayClass.PlantAsync(program, e, 2, names);

        var computer = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 }, Locale = "zh-CN" });
        await computer.AddCookiesAsync(desk.Cookies.Select(
            cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = program.Address.ToString() }));
        var page = await computer.NewPageAsync();
        await DecideAsync("by keyboard", $"/organize/events/{e.Code}/sheets/{groups[0].ClassId}", groups[0], page, hand: null);

        var phone = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = 390, Height = 844 },
            HasTouch = true,
            IsMobile = true,
            DeviceScaleFactor = 2,
            Locale = "zh-CN",
        });
        page = await phone.NewPageAsync();
        await DecideAsync("by thumb", $"/class/{groups[1].Secret}/sheets?event={e.Code}", groups[1], page, await TouchHand.AtAsync(page));
        await using var db = RelayClass.Open(program);
        report.Recounted("both classes", await Recount.OfAsync(program, e, [], [], await db.Pledges.CountAsync()));

        async Task DecideAsync(string how, string address, RelayClass group, IPage page, TouchHand? hand)
        {
            report.Progress.Now($"photos of {count} rows");
            var paper = await PaperOfPace.MakeAsync(program, group, names);
            await page.GotoAsync(new Uri(program.Address, address).ToString());
            var work = new SheetsAtPace(page, hand);
            var read = await work.UploadAsync(paper.Photos);
            var took = await work.DecideAsync(
                paper.Truth, ClassSheetLayout.MaxRows, where => report.Progress.Now($"{how}: {where}"));
            report.Measured($"{count} rows of paper decided {how}, each looked at", Threshold.AtMost(1.5 * count, "s", "0"),
                took.TotalSeconds, $"{work.Presses} presses, {work.Doubtful} rows doubtful, {paper.Photos.Count} pages");
            report.Show($"The page's own share {how}", $"{(work.Rows.Sum + work.Pages.Sum).TotalSeconds:0.0} s",
                $"until the next row stands {work.Rows.Median.TotalMilliseconds:0} ms in the median, at most "
                    + $"{work.Rows.Slowest.TotalMilliseconds:0} ms; "
                    + $"until a page is counted at most {work.Pages.Slowest.TotalMilliseconds:0} ms");
            report.Show($"Rows that had to be scrolled to {how}", $"{work.OutOfView} of {count}");
            report.Show($"{paper.Photos.Count} photos uploaded and read before", $"{read.TotalSeconds:0.0} s");
            await CompareAsync(how, program, group, paper, report);
        }
    }

    /// <summary>What was decided is what is stored, and counts.</summary>
    private static async Task CompareAsync(
        string how, RunningProgram program, RelayClass group, PaperOfPace paper, Report report)
    {
        await using var db = RelayClass.Open(program);
        var stored = await db.PaperSheets.AsNoTracking().Where(sheet => sheet.ClassId == group.ClassId).SelectMany(sheet => sheet.Rows)
            .Join(db.Roster, row => row.RosterEntryId, entry => entry.Id, (row, entry) => new { entry.Name, row.Decision }).ToListAsync();
        var right = stored.Count(row => row.Decision == paper.Truth[row.Name]);
        var pledges = await db.Pledges.AsNoTracking().CountAsync(p => p.ClassId == group.ClassId);
        var signed = paper.Truth.Values.Sum(it => it == PaperDecision.WithGuardian ? 2 : it == PaperDecision.ChildOnly ? 1 : 0);
        report.Absolute($"Rows stored as decided {how}", $"{paper.Truth.Count}; {signed} people", $"{right}; {pledges} people",
            right == paper.Truth.Count && stored.Count == right && pledges == signed);
    }
}
