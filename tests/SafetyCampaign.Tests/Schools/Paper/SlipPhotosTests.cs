using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Drawing.Slips;
using SafetyCampaign.Ledger;
using SafetyCampaign.Load.Paper;
using SafetyCampaign.Operations;
using SafetyCampaign.Schools.Paper.Reading;
using SafetyCampaign.Tests.Schools.Slips;
using static SafetyCampaign.Tests.Schools.Paper.SheetPages;

namespace SafetyCampaign.Tests.Schools.Paper;

/// <summary>Take-home slips that were signed on paper: photographed, cut out, decided beside the pupil's row, counted once.</summary>
public sealed class SlipPhotosTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(PhotoKind.Plain), true)]
    [InlineData(nameof(PhotoKind.Plain), false)]
    [InlineData(nameof(PhotoKind.Tilted), false)]
    [InlineData(nameof(PhotoKind.UpsideDown), true)]
    [InlineData(nameof(PhotoKind.UpsideDown), false)]
    public void Each_slip_in_a_photo_is_found_and_what_was_signed_on_it_is_in_its_picture(string named, bool tornOff)
    {
        var kind = Enum.Parse<PhotoKind>(named);
        (string Code, bool Signed)[] slips =
            [("7K3MQW9DXX4C", true), ("0000000000A1", false), ("ZZZZ99998888", true), ("1234567890AB", false)];
        if (!tornOff)
            slips = slips[..SlipDrawing.OnSheet];
        var contents = slips.Select(slip => ($"https://PLEDGE.EXAMPLE.CN/S/{slip.Code}", slip.Signed)).ToList();
        var photo = GrayImage.Decode(tornOff ? PaperSlips.TornOff(kind, contents) : PaperSlips.Uncut(kind, contents))!;

        var read = SlipReader.Read(photo, SheetCodeFinder.Find(photo)).ToDictionary(slip => slip.Code, slip => InkOf(slip.Reply));

        Assert.Equal(slips.Select(slip => slip.Code).Order(), read.Keys.Order());
        var blank = slips.Where(slip => !slip.Signed).Max(slip => read[slip.Code]);
        Assert.All(slips.Where(slip => slip.Signed), slip => Assert.True(read[slip.Code] > 2 * blank,
            $"{slip.Code} was signed and shows {read[slip.Code]} dark pixels, beside {blank} where nobody did."));
    }

    [Fact]
    public async Task What_is_signed_on_a_slip_is_the_text_with_which_it_was_issued()
    {
        var e = await app.SeedEventAsync();
        var pupils = await app.SeedRosterAsync(e, e.Primary, (1, "孔守仁"), (2, "丘灵犀"));
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        var former = await app.SeedSlipAsync(e, pupils[0]);
        await app.RewriteTextAsync(e, SignerRole.Student);
        await app.RewriteTextAsync(e, SignerRole.Guardian);
        var later = await app.SeedSlipAsync(e, pupils[1]);
        using var teacher = app.CreateClient();
        Assert.Contains("有1张回家单发的时候是旧版", await teacher.GetStringAsync(new Uri($"/class/{secret}/slips", UriKind.Relative), Cancellation));
        await app.PrintAsync(e, e.Primary); // sheets of the new version lie there too

        using var upload = PaperOfClass.Upload(
            [PaperSlips.TornOff(PhotoKind.Plain, (ContentOf(former), true), (ContentOf(later), true))]);
        var page = await teacher.PostPageAsync($"/class/{secret}/sheets?handler=Upload", upload);
        Assert.Contains("2张回家单已读取", Notice(page));
        foreach (var sheet in Pages(page))
        {
            page = await teacher.OpenAsync(sheet);
            var rows = page.QuerySelectorAll(".rows-to-decide > li").Where(row => row.QuerySelector(".row-picture") is not null)
                .Select(row => (row.QuerySelector("input[type=radio]")!.GetAttribute("name")!, "withguardian")).ToArray();
            Assert.True(rows.Length <= 1, "The slips of two versions lie on one page.");
            if (rows.Length > 0)
                await teacher.PressAsync(page, "count", rows);
        }

        await using var db = app.OpenStore();
        var versions = await (
            from p in db.Pledges
            join text in db.Texts on p.TextId equals text.Id
            where p.EventId == e.Id && p.Role == SignerRole.Student && p.RosterEntryId != null && p.CountedWith == null
            orderby p.RosterEntryId
            select text.Version).ToListAsync(Cancellation);
        Assert.Equal([1, 2], versions);
    }

    [Fact]
    public async Task A_family_that_signed_on_paper_counts_once_and_its_ink_goes_with_its_pledge()
    {
        var e = await app.SeedEventAsync();
        var pupils = await app.SeedRosterAsync(e, e.Primary, (1, "孔守仁"), (2, "丘灵犀"), (3, "苗沐阳"), (4, "卞知秋"));
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary, holdsConsent: false);
        string[] codes =
            [await app.SeedSlipAsync(e, pupils[0]), await app.SeedSlipAsync(e, pupils[1]), await app.SeedSlipAsync(e, pupils[2])];
        using var teacher = app.CreateClient();
        await using var db = app.OpenStore();

        // No class sheet was ever printed.
        using var upload = PaperOfClass.Upload([PaperSlips.TornOff(PhotoKind.Plain, [.. codes.Select(code => (ContentOf(code), true))])]);
        var page = await teacher.PostPageAsync($"/class/{secret}/sheets?handler=Upload", upload);
        Assert.Contains("3张回家单已读取", Notice(page));
        page = await teacher.OpenAsync(page.QuerySelector(".pages a")!.GetAttribute("href")!);
        Assert.Equal(3, page.QuerySelectorAll(".row-picture").Length);
        Assert.Equal(3, page.QuerySelectorAll(".rows-to-decide > li").Length); // not who has brought no slip back
        Assert.Equal(3, page.QuerySelectorAll(".rows-to-decide .badge.look").Length);
        Assert.All(page.QuerySelectorAll(".row-picture"), picture => Assert.NotEqual("", picture.GetAttribute("alt")));
        page = await teacher.PressAsync(page, "count", ("d0", "withguardian"), ("d1", "withguardian"), ("d2", "notsigned"));
        Assert.Contains("已计入2行", Notice(page));
        Assert.Contains("已签2张", await teacher.GetStringAsync(new Uri($"/class/{secret}/slips", UriKind.Relative), Cancellation));
        Assert.Contains("已经签过了", await teacher.GetStringAsync(new Uri($"/s/{codes[0]}", UriKind.Relative), Cancellation));
        Assert.DoesNotContain("已经签过了", await teacher.GetStringAsync(new Uri($"/s/{codes[2]}", UriKind.Relative), Cancellation));

        Assert.Equal(4, await teacher.PeopleAsync(e.Code));
        await teacher.SignedAsync(e, "孔守仁", "孔母"); // and once more at home, by phone
        Assert.Equal(4, await teacher.PeopleAsync(e.Code));
        var pledge = await db.Pledges.AsNoTracking().FirstAsync(p => p.EventId == e.Id && p.RosterEntryId == pupils[1], Cancellation);
        Assert.Equal((SigningChannel.Paper, SignatureKind.OnPaper), (pledge.Channel, pledge.SignatureKind));
        // The book shows what pupil and guardian wrote, each by itself.
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var book = await organizer.Client.OpenAsync($"/organize/events/{e.Code}/records/book?c={e.Primary}");
        var inks = book.QuerySelectorAll<IHtmlImageElement>("td.ink img").ToList();
        Assert.Equal(4, inks.Count);
        Assert.All(inks, ink => Assert.InRange(DarkPixels(ink), 200, 4000));

        await app.Get<PledgeLedger>().WithdrawAsync(pledge.Sequence);
        Assert.False(await db.PaperRowPictures.AnyAsync(r => r.RosterEntryId == pupils[1], Cancellation), "The ink is still there.");
        using var again = PaperOfClass.Upload([PaperSlips.TornOff(PhotoKind.Plain, (ContentOf(codes[1]), true))]);
        var refused = await teacher.PostPageAsync($"/class/{secret}/sheets?handler=Upload", again, HttpStatusCode.BadRequest);
        Assert.Contains("签过后又撤回了", refused.QuerySelector("[role=alert]")!.TextContent);
    }

    [Fact]
    public async Task Slips_lie_on_pages_of_their_own_and_printed_sheets_stay_what_they_are_in_any_language()
    {
        var e = await app.SeedEventAsync();
        var pupils = await app.SeedRosterAsync(e, e.Primary, (1, "孔守仁"), (2, "丘灵犀"), (3, "苗沐阳"));
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        using var teacher = app.CreateClient();
        using var english = app.CreateClient("en");
        var printed = await app.PrintAsync(e, e.Primary);
        await english.GetByteArrayAsync(new Uri($"/class/{secret}/sheets.pdf", UriKind.Relative), Cancellation);
        using var upload = PaperOfClass.Upload(
        [
            PaperSlips.TornOff(PhotoKind.Plain, (ContentOf(await app.SeedSlipAsync(e, pupils[1])), true)),
            PaperOfClass.Photo(PhotoKind.Plain, (printed[0], [(true, true)])),
        ]);

        var page = await teacher.PostPageAsync($"/class/{secret}/sheets?handler=Upload", upload);

        Assert.Equal(["回家单（1）", "第1页"], page.QuerySelectorAll(".pages strong").Select(name => name.TextContent));
        Assert.Empty(page.QuerySelectorAll(".pages small")); // none is outdated
        Assert.Contains("未核对1行", page.QuerySelector(".pages .hint")!.TextContent);
        var slips = await teacher.OpenAsync(Pages(page)[0]);
        Assert.Equal("核对回家单（1）", slips.QuerySelector("#decide-heading")!.TextContent);
        Assert.Equal("丘灵犀", Assert.Single(slips.QuerySelectorAll(".rows-to-decide strong")).TextContent);
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var classes = await organizer.Client.OpenAsync(DeskRoutes.EventSheets(e.Code));
        Assert.Equal("1", classes.QuerySelector("tr:not(.school) td")!.TextContent); // pages that were printed

        await app.RewriteTextAsync(e, SignerRole.Student);
        await app.PrintAsync(e, e.Primary);
        page = await teacher.OpenAsync($"/class/{secret}/sheets");
        Assert.EndsWith("承诺书后来改了", Assert.Single(page.QuerySelectorAll(".pages small")).TextContent);
    }

    [Fact]
    public async Task A_slip_that_was_replaced_and_one_of_another_class_or_event_is_not_kept()
    {
        var (e, other) = (await app.SeedEventAsync(), await app.SeedEventAsync());
        var mine = await app.SeedRosterAsync(e, e.Primary, (1, "孔守仁"));
        var neighbours = await app.SeedRosterAsync(e, e.OtherPrimary, (1, "丘灵犀"));
        var theirs = await app.SeedRosterAsync(other, other.Primary, (1, "苗沐阳"));
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        var replaced = await app.SeedSlipAsync(e, mine[0]);
        await using var db = app.OpenStore();
        await db.Slips.Where(s => s.RosterEntryId == mine[0]).ExecuteUpdateAsync(
            s => s.SetProperty(slip => slip.RevokedAt, DateTimeOffset.UtcNow), Cancellation);
        using var teacher = app.CreateClient();
        using var upload = PaperOfClass.Upload([PaperSlips.TornOff(PhotoKind.Plain, (ContentOf(replaced), true),
            (ContentOf(await app.SeedSlipAsync(e, neighbours[0])), true), (ContentOf(await app.SeedSlipAsync(other, theirs[0])), true))]);

        var page = await teacher.PostPageAsync($"/class/{secret}/sheets?handler=Upload", upload, HttpStatusCode.BadRequest);

        var words = page.QuerySelector("[role=alert]")!.TextContent;
        Assert.Contains("1张回家单没有保存：已经换了新的", words);
        Assert.Contains("别的班", words);
        Assert.Contains("别的活动", words);
        Assert.False(await db.PaperPhotos.AnyAsync(p => p.EventId == e.Id || p.EventId == other.Id, Cancellation));
    }

    /// <summary>Pixels where people write that are much darker than the paper, with leeway for what a tilt moves.</summary>
    private static int InkOf(GrayImage reply)
    {
        var part = SlipDrawing.ReplyPicture;
        var (left, top) = ((int)((PaperSlips.Lines.Left - part.Left) * SheetReader.Scale),
            (int)((PaperSlips.Lines.Top - part.Top) * SheetReader.Scale));
        var (width, height) = ((int)PaperSlips.Lines.Width * SheetReader.Scale, (int)PaperSlips.Lines.Height * SheetReader.Scale);
        var lines = reply.Crop(left, top, width, height);
        var paper = lines.Pixels.Order().ElementAt(lines.Pixels.Length * 3 / 4);
        return lines.Pixels.Count(pixel => pixel < 0.7 * paper);
    }

    private static int DarkPixels(IHtmlImageElement ink)
    {
        var file = Convert.FromBase64String(ink.Source!.Split(',')[1]);
        return GrayImage.Decode(file)!.Pixels.Count(pixel => pixel < 128);
    }

    private string ContentOf(string code) => app.Get<PublicAddress>().SlipPageInQr(code);
}
