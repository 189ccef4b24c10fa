using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Load.Paper;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;
using static SafetyCampaign.Tests.Schools.Paper.SheetPages;

namespace SafetyCampaign.Tests.Schools.Paper;

/// <summary>Class sheets on paper: printed, photographed, decided row by row, and counted once.</summary>
public sealed class SheetPagesTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static readonly (bool, bool) Both = (true, true), Child = (true, false), Nobody = (false, false);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_class_signs_on_paper_and_each_pupil_counts_once_beside_phone_and_relay()
    {
        var e = await app.SeedEventAsync();
        var pupils = await app.SeedRosterAsync(e, e.Primary, [.. Enumerable.Range(1, 17).Select(i => ((int?)i, $"学生{(char)('甲' + i)}"))]);
        var (link, secret) = await app.SeedClassLinkAsync(e, e.Primary, holdsConsent: false);
        using var teacher = app.CreateClient();
        await teacher.SignedAsync(e, $"学生{(char)('甲' + 1)}", "王芳"); // seat 1, by phone
        var pdf = await teacher.GetByteArrayAsync(new Uri($"/class/{secret}/sheets.pdf", UriKind.Relative), Cancellation);
        Assert.StartsWith("%PDF-", Encoding.ASCII.GetString(pdf, 0, 5));
        var sheets = await app.PrintAsync(e, e.Primary); // the same ones
        Assert.Equal(2, sheets.Count);
        await using var db = app.OpenStore();
        Assert.Equal(2, await db.PaperSheets.CountAsync(s => s.EventId == e.Id, Cancellation));

        // Two pages in one photo, the first once more, and what is no photo.
        var both = PaperOfClass.Photo(PhotoKind.TwoSheets,
            (sheets[0], [Both, Both, Child, Nobody, Both]), (sheets[1], [Both, Both]));
        var first = PaperOfClass.Photo(PhotoKind.UpsideDown, (sheets[0], [Both, Both, Child, Nobody, Both]));
        using var upload = PaperOfClass.Upload([both, first, [1, 2, 3]]);
        var page = await teacher.PostPageAsync($"/class/{secret}/sheets?handler=Upload", upload);
        Assert.Contains("3页已读取", Notice(page));
        Assert.Contains("1张打不开", Notice(page));
        Assert.Equal(3, await db.PaperPhotos.CountAsync(p => p.EventId == e.Id, Cancellation));

        var decide = await teacher.OpenAsync(Pages(page)[0]);
        Assert.Contains("已用别的方式签过", decide.QuerySelectorAll(".rows-to-decide legend").Single(l => Seat(l) == "1").TextContent);
        Assert.Equal(16, decide.QuerySelectorAll(".row-picture").Length);
        Assert.Equal("初判：只有学生", Badge(decide, "3"));
        decide = await teacher.PressAsync(decide, "sure");
        Assert.Equal(0, await PaperPledgesAsync(db, e)); // kept, not counted
        Assert.Equal(16, decide.QuerySelectorAll("input:checked").Length);
        decide = await teacher.PressAsync(decide, "count");
        Assert.Contains("已计入3行", Notice(decide));
        Assert.Contains("1行还缺监护人签名", Notice(decide)); // the school holds no consent
        await teacher.PressAsync(decide, "count");
        // On the second page seat 17, and one who is on no list.
        decide = await teacher.OpenAsync(Pages(decide)[1]);
        decide = await teacher.PressAsync(decide, "count", ("d0", "withguardian"), ("d1", "withguardian"), ("n1", "钱七"));
        Assert.Contains("已计入2行", Notice(decide));

        Assert.Equal(2 + 4 * 2, await teacher.PeopleAsync(e.Code)); // seat 1 and its guardian count with what they signed by phone
        await teacher.SignedAsync(e, $"学生{(char)('甲' + 2)}", "李梅"); // and by phone after the paper
        Assert.Equal(2 + 4 * 2, await teacher.PeopleAsync(e.Code));
        await app.Get<TallyRecount>().RunAsync(Cancellation);
        Assert.Equal(2 + 4 * 2, await teacher.PeopleAsync(e.Code));
        var rows = await db.Pledges.AsNoTracking().Where(p => p.EventId == e.Id && p.Channel == SigningChannel.Paper)
            .OrderBy(p => p.Sequence).ToListAsync(Cancellation);
        Assert.Equal(10, rows.Count);
        Assert.All(rows, p => Assert.Equal(SignatureKind.OnPaper, p.SignatureKind));
        Assert.All(rows, p => Assert.True(p.GuardianConsent));
        Assert.All(rows.Where(p => p.Position == 0), p => Assert.Equal((VoucherKind.ClassLink, link), (p.VoucherKind, p.VoucherId)));
        Assert.Equal(new HashSet<int?> { pupils[0], pupils[1], pupils[4], pupils[16], null }, // those of a page in no order
            rows.Where(p => p.Role == SignerRole.Student).Select(p => p.RosterEntryId).ToHashSet());
        Assert.Contains(rows, p => p.Name == "钱七的家长");
        var lines = await db.AuditEntries.AsNoTracking().Where(a => a.EventCode == e.Code && a.Detail == $"{link}")
            .OrderBy(a => a.Sequence).ToListAsync(Cancellation);
        Assert.Superset(
            new HashSet<(AuditAction, int?)>
            {
                (AuditAction.PaperSheetsPrinted, 17), (AuditAction.PaperPhotosUploaded, 2), (AuditAction.PaperPhotosUploaded, 1),
                (AuditAction.PaperRowsDecided, 16),
            },
            lines.Select(a => (a.Action, a.Count)).ToHashSet());
        Assert.All(lines, a => Assert.Equal(e.Primary, a.ClassId));
        // A line with each pledge, in its transaction.
        Assert.Equal([1, 1, 1, 1, 1], lines.Where(a => a.Action == AuditAction.PaperRowsConfirmed).Select(a => a.Count));
    }

    [Fact]
    public async Task A_sheet_of_another_class_or_event_is_not_kept_and_one_without_a_code_is_placed_by_hand()
    {
        var (e, other) = (await app.SeedEventAsync(), await app.SeedEventAsync());
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        using var teacher = app.CreateClient();
        var mine = (await app.PrintAsync(e, e.Primary))[0];
        var neighbours = (await app.PrintAsync(e, e.OtherPrimary))[0];
        var theirs = (await app.PrintAsync(other, other.Primary))[0];
        await using var db = app.OpenStore();
        using var foreign = PaperOfClass.Upload(
            [PaperOfClass.Photo(PhotoKind.Plain, (neighbours, [Both])), PaperOfClass.Photo(PhotoKind.Plain, (theirs, [Both]))]);

        var refused = await teacher.PostPageAsync($"/class/{secret}/sheets?handler=Upload", foreign, HttpStatusCode.BadRequest);
        Assert.Contains("别的班", refused.QuerySelector("[role=alert]")!.TextContent);
        Assert.Contains("别的活动", refused.QuerySelector("[role=alert]")!.TextContent);
        Assert.Equal(0, await db.PaperPhotos.CountAsync(p => p.EventId == e.Id || p.EventId == other.Id, Cancellation));
        using var nothing = PaperOfClass.Upload([], ("files", "")); // as a browser sends a field in which no file was chosen
        refused = await teacher.PostPageAsync($"/class/{secret}/sheets?handler=Upload", nothing, HttpStatusCode.BadRequest);
        Assert.Contains("没有选照片", refused.QuerySelector("[role=alert]")!.TextContent);

        using var covered = PaperOfClass.Upload([PaperOfClass.Photo(PhotoKind.NoCode, (mine, [Both]))]);
        var page = await teacher.PostPageAsync($"/class/{secret}/sheets?handler=Upload", covered);
        Assert.Contains("1张没找到二维码", Notice(page));
        var form = page.QuerySelector<IHtmlFormElement>(".unplaced form")!;
        var photo = form.QuerySelector<IHtmlInputElement>("[name=photo]")!.Value;
        var sheet = form.QuerySelector<IHtmlSelectElement>("select")!.Options[0].Value;
        using var assigned = new FormUrlEncodedContent([new("photo", photo), new("sheet", sheet)]);
        page = await teacher.PostPageAsync(form.GetAttribute("action")!, assigned);
        Assert.Single(page.QuerySelectorAll("img.whole")); // its rows are decided by the whole photo
        Assert.Empty(page.QuerySelectorAll(".row-picture"));

        // No link of another class reaches it.
        var (_, neighbour) = await app.SeedClassLinkAsync(e, e.OtherPrimary);
        using var taken = new FormUrlEncodedContent([new("photo", photo)]);
        var answer = await teacher.PostAsync(new Uri($"/class/{neighbour}/sheets?handler=Remove", UriKind.Relative), taken, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        using var removed = new FormUrlEncodedContent([new("photo", photo)]);
        await teacher.PostPageAsync($"/class/{secret}/sheets?handler=Remove", removed);
        Assert.False(await db.PaperPhotos.AnyAsync(p => p.EventId == e.Id, Cancellation));
    }

    [Fact]
    public async Task An_organizer_counts_an_older_text_after_the_end_and_takes_a_row_back()
    {
        var e = await app.SeedEventAsync();
        await app.SeedRosterAsync(e, e.Primary, (1, "王小明"), (2, "王小红"));
        var sheet = (await app.PrintAsync(e, e.Primary))[0];
        await app.RewriteTextAsync(e, SignerRole.Student); // version 2; on the paper stands version 1
        await app.ChangeEventAsync(e.Id, gathering => gathering.Close(app.Get<TimeProvider>().GetUtcNow()));
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var here = DeskRoutes.ClassSheets(e.Code, e.Primary);
        using var upload = PaperOfClass.Upload([PaperOfClass.Photo(PhotoKind.Tilted, (sheet, [Both, Child]))],
            [.. DeskVisitor.Form(await organizer.ReadAsync(DeskRoutes.EventSheets(e.Code)))]);
        await organizer.Client.PostPageAsync($"{DeskRoutes.EventSheets(e.Code)}?handler=Upload", upload);

        var page = await organizer.Client.OpenAsync(Pages(await organizer.Client.OpenAsync(here))[0]);
        page = await organizer.Client.PressAsync(page, "sure");
        page = await organizer.Client.PressAsync(page, "count", ("HoldsGuardianConsent", "true"));
        Assert.Contains("已计入2行", Notice(page));
        await using var db = app.OpenStore();
        var version = await db.Texts.Where(t => t.CampaignId == e.CampaignId && t.Role == SignerRole.Student && t.Version == 1)
            .Select(t => t.Id).SingleAsync(Cancellation);
        Assert.Equal(2, await db.Pledges.CountAsync(p => p.EventId == e.Id && p.TextId == version, Cancellation));
        // The book shows what was written in each box, and who confirmed it; the second guardian wrote nothing.
        var book = await organizer.Client.OpenAsync($"/organize/events/{e.Code}/records/book?c={e.Primary}");
        Assert.Equal(3, book.QuerySelectorAll("td.ink img").Length);
        Assert.All(book.QuerySelectorAll("td.at small"), cell => Assert.Matches("^纸质 · .+确认 · 结束后收到$", cell.TextContent));
        var pdf = await organizer.Client.GetByteArrayAsync(
            new Uri(DeskRoutes.PledgeBookPdf(e.Code, e.Primary), UriKind.Relative), Cancellation);
        using (var file = UglyToad.PdfPig.PdfDocument.Open(pdf))
            Assert.Equal(3, file.GetPages().Sum(p => p.GetImages().Count()));
        using var anyone = app.CreateClient();
        Assert.Equal(3, await anyone.PeopleAsync(e.Code));
        var review = await organizer.ReadAsync(DeskRoutes.Review(e.Code));
        Assert.Contains("2份纸上的签名在结束之后计入", review, StringComparison.Ordinal);
        Assert.DoesNotContain("宽限", review, StringComparison.Ordinal); // of which paper knows nothing

        await organizer.SendAsync($"{page.QuerySelector<IHtmlFormElement>("#undo")!.GetAttribute("action")}", ("row", "0"));

        Assert.Equal(1, await anyone.PeopleAsync(e.Code));
        page = await organizer.Client.OpenAsync(Pages(page)[0]);
        Assert.Equal("初判：都签了", Badge(page, "1"));
        page = await organizer.Client.PressAsync(page, "count", ("d0", "withguardian")); // and after all
        Assert.Equal(3, await anyone.PeopleAsync(e.Code));
        var names = await db.AuditEntries.CountAsync(
            a => a.EventCode == e.Code && a.Reason == AuditReason.PaperSheet && a.AccountId != null && a.Count == 2, Cancellation);
        Assert.True(names >= 4, $"{names} views are in the audit log"); // each opening of names
    }

    [Fact]
    public async Task What_is_typed_as_a_name_and_is_none_stays_in_the_form_and_is_not_stored()
    {
        var e = await app.SeedEventAsync();
        await app.SeedRosterAsync(e, e.Primary, (1, "孔守仁"));
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        await app.PrintAsync(e, e.Primary);
        using var teacher = app.CreateClient();
        var here = Pages(await teacher.OpenAsync($"/class/{secret}/sheets"))[0];
        var page = await teacher.PressAsync(await teacher.OpenAsync(here), "save", ("d1", "withguardian"), ("n1", "钱七"));
        Assert.Equal("钱七", NameField(page).Value);

        page = await teacher.PressAsync(page, "count", HttpStatusCode.BadRequest, ("d0", "withguardian"), ("n1", "138123456789"));

        Assert.Equal("138123456789", NameField(page).Value);
        Assert.Equal("true", NameField(page).GetAttribute("aria-invalid"));
        Assert.Contains("已计入1行", page.QuerySelector("[role=alert]")!.TextContent); // the others are kept
        Assert.DoesNotContain("138123456789", page.QuerySelectorAll(".rows-to-decide legend").Select(legend => legend.TextContent));
        Assert.Equal("", NameField(await teacher.OpenAsync(here)).Value);
        await using var db = app.OpenStore();
        Assert.All(await db.PaperRows.Where(row => db.PaperSheets.Any(s => s.Id == row.SheetId && s.EventId == e.Id))
            .ToListAsync(Cancellation), row => Assert.Null(row.Name));

        static IHtmlInputElement NameField(IHtmlDocument of) => of.QuerySelector<IHtmlInputElement>("[name=n1]")!;
    }

    private static string Seat(IElement legend) => legend.QuerySelector(".seat")!.TextContent;

    private static string Badge(IHtmlDocument page, string seat) => page.QuerySelectorAll(".rows-to-decide legend")
        .Single(legend => Seat(legend) == seat).QuerySelector(".badge")!.TextContent;

    private static Task<int> PaperPledgesAsync(CampaignDb db, SeededEvent e) =>
        db.Pledges.CountAsync(p => p.EventId == e.Id && p.Channel == SigningChannel.Paper, Cancellation);
}
