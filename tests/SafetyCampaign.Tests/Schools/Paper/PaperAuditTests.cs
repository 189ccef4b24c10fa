using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Desk;
using SafetyCampaign.Load.Paper;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Schools.Slips;
using static SafetyCampaign.Tests.Schools.Paper.SheetPages;

namespace SafetyCampaign.Tests.Schools.Paper;

/// <summary>Whoever looks at paper or changes what became of it leaves a line, in the transaction of what it tells.</summary>
public sealed class PaperAuditTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task At_the_desk_uploading_viewing_placing_deciding_counting_undoing_and_removing_leave_lines_with_the_account()
    {
        var e = await app.SeedEventAsync();
        await app.SeedRosterAsync(e, e.Primary, (1, "王小明"), (2, "王小红"));
        var sheet = (await app.PrintAsync(e, e.Primary))[0];
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var here = DeskRoutes.ClassSheets(e.Code, e.Primary);
        var seen = 0;

        await UploadAsync(organizer, DeskRoutes.EventSheets(e.Code), PaperOfClass.Photo(PhotoKind.NoCode, (sheet, [(true, true)])));
        await SawAsync("PaperPhotosUploaded 1 class ");
        var page = await organizer.Client.OpenAsync(here); // it shows the photo, with handwriting, though no sheet is chosen
        await SawAsync($"NamesViewed 1 class {e.Primary} PaperPhotos");
        var form = page.QuerySelector<IHtmlFormElement>(".unplaced form")!;
        await SendAsync(form, ("sheet", form.QuerySelector<IHtmlSelectElement>("select")!.Options[0].Value));
        await SawAsync($"PaperPhotoAssigned 1 class {e.Primary}");

        page = await organizer.Client.OpenAsync(Pages(await organizer.Client.OpenAsync(here))[0]);
        await SawAsync($"NamesViewed 2 class {e.Primary} PaperSheet");
        await UploadAsync(organizer, here, PaperOfClass.Photo(PhotoKind.Plain, (sheet, [(true, true), (true, true)])));
        await SawAsync($"PaperPhotosUploaded 1 class {e.Primary}");
        page = await organizer.Client.OpenAsync(Pages(page)[0]);
        await SawAsync();
        page = await organizer.Client.PressAsync(page, "count", ("d0", "withguardian"), ("d1", "withguardian"));
        await SawAsync($"PaperRowsDecided 2 class {e.Primary}", $"PaperRowsConfirmed 1 class {e.Primary}",
            $"PaperRowsConfirmed 1 class {e.Primary}", $"NamesViewed 2 class {e.Primary} PaperSheet");
        await organizer.SendAsync(page.QuerySelector<IHtmlFormElement>("#undo")!.GetAttribute("action")!, ("row", "0"));
        await SawAsync($"PledgesInvalidated 1 class {e.Primary}");
        form = (await organizer.Client.OpenAsync(Pages(page)[0])).QuerySelector<IHtmlFormElement>(".remove-photo")!;
        await SendAsync(form, ("photo", form.QuerySelector<IHtmlButtonElement>("[name=photo]")!.Value));
        await SawAsync($"PaperPhotoRemoved 1 class {e.Primary}");

        async Task SendAsync(IHtmlFormElement form, params (string Name, string? Value)[] fields)
        {
            var sent = form.QuerySelectorAll("input").OfType<IHtmlInputElement>().Select(i => (i.Name!, (string?)i.Value)).Concat(fields);
            Assert.Equal(HttpStatusCode.Redirect, (await organizer.PostAsync(form.GetAttribute("action")!, sent)).StatusCode);
        }

        // Among the lines since the last look.
        async Task SawAsync(params string[] expected)
        {
            await using var db = app.OpenStore();
            var lines = (await db.AuditEntries.AsNoTracking().Where(a => a.EventCode == e.Code && a.AccountName != null)
                .OrderBy(a => a.Sequence).ToListAsync(Cancellation))
                .ConvertAll(a => $"{a.Action} {a.Count} class {a.ClassId}{(a.Reason is { } reason ? $" {reason}" : "")}");
            var since = lines.Skip(seen).ToList();
            foreach (var line in expected.CountBy(line => line))
                Assert.True(since.Count(l => l == line.Key) >= line.Value,
                    $"No line \"{line.Key}\", {line.Value} times, among:\n{string.Join('\n', since)}");
            seen = lines.Count;
        }
    }

    [Fact]
    public async Task By_a_class_link_a_photo_that_is_not_placed_is_seen_with_a_line_of_the_link()
    {
        var e = await app.SeedEventAsync();
        var (link, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        var sheet = (await app.PrintAsync(e, e.Primary))[0];
        using var teacher = app.CreateClient();
        using var covered = PaperOfClass.Upload([PaperOfClass.Photo(PhotoKind.NoCode, (sheet, [(true, true)]))]);
        await teacher.PostPageAsync($"/class/{secret}/sheets?handler=Upload", covered);
        await using var db = app.OpenStore();
        var before = await db.AuditEntries.MaxAsync(a => a.Sequence, Cancellation);

        await teacher.OpenAsync($"/class/{secret}/sheets");

        var line = await db.AuditEntries.SingleAsync(a => a.Sequence > before && a.Reason == AuditReason.PaperPhotos, Cancellation);
        Assert.Equal((AuditAction.NamesViewed, (int?)1, $"{link}", (int?)e.Primary), (line.Action, line.Count, line.Detail, line.ClassId));
    }

    [Fact]
    public async Task No_photo_is_kept_and_no_row_counted_whose_line_cannot_be_written()
    {
        var e = await app.SeedEventAsync();
        var mine = await app.SeedRosterAsync(e, e.Primary, (1, "孔守仁"));
        var others = await app.SeedRosterAsync(e, e.OtherPrimary, (1, "丘灵犀"));
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var slips = new List<byte[]>();
        foreach (var pupil in new[] { mine[0], others[0] }) // of two classes: for each a page is made first
            slips.Add(PaperSlips.TornOff(
                PhotoKind.Plain, (app.Get<PublicAddress>().SlipPageInQr(await app.SeedSlipAsync(e, pupil)), true)));
        await using var db = app.OpenStore();
        await BreakAsync();
        await UploadAsync(organizer, DeskRoutes.EventSheets(e.Code), expectsFailure: true, [.. slips]);
        Assert.False(await db.PaperPhotos.AnyAsync(p => p.EventId == e.Id, Cancellation), "Photos are kept without a line.");
        Assert.False(await db.PaperSheets.AnyAsync(s => s.EventId == e.Id, Cancellation), "Pages are kept without a line.");
        await MendAsync();
        await UploadAsync(organizer, DeskRoutes.EventSheets(e.Code), [.. slips]);
        Assert.Equal(2, await db.PaperPhotos.CountAsync(p => p.EventId == e.Id, Cancellation));

        await BreakAsync();
        var page = await organizer.Client.OpenAsync(
            Pages(await organizer.Client.OpenAsync(DeskRoutes.ClassSheets(e.Code, e.Primary)))[0]);
        page = await organizer.Client.PressAsync(page, "count", ("d0", "withguardian"));
        Assert.Contains("没存上", Notice(page));
        Assert.False(await db.Pledges.AnyAsync(p => p.EventId == e.Id, Cancellation), "A row counts without a line.");
        await MendAsync();
        await organizer.Client.PressAsync(page, "count");
        Assert.Equal(2, await db.Pledges.CountAsync(p => p.EventId == e.Id, Cancellation));
        Assert.Equal(1, await db.AuditEntries.CountAsync(
            a => a.EventCode == e.Code && a.Action == AuditAction.PaperRowsConfirmed, Cancellation));

        // PaperPhotosUploaded and PaperRowsConfirmed.
        Task BreakAsync() => db.Database.ExecuteSqlRawAsync("CREATE TRIGGER silent BEFORE INSERT ON audit_entries "
            + "WHEN new.Action IN (631, 633) BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END", Cancellation);

        Task MendAsync() => db.Database.ExecuteSqlRawAsync("DROP TRIGGER silent", Cancellation);
    }

    private static Task UploadAsync(DeskVisitor organizer, string page, params byte[][] photos) =>
        UploadAsync(organizer, page, expectsFailure: false, photos);

    private static async Task UploadAsync(DeskVisitor organizer, string page, bool expectsFailure, byte[][] photos)
    {
        using var upload = PaperOfClass.Upload(photos, [.. DeskVisitor.Form(await organizer.ReadAsync(page))
            .Where(field => field.Name == "__RequestVerificationToken")]);
        var answer = await organizer.PostAsync($"{page}?handler=Upload", upload);
        Assert.Equal(expectsFailure, answer.StatusCode != HttpStatusCode.Redirect);
    }
}
