using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Schools.Paper;

namespace SafetyCampaign.Tests.Schools;

/// <summary>
/// What was agreed to besides the phone page is on record by its words too: those that were printed, and those by which the school vouched.
/// </summary>
public abstract partial class VouchedConsentTests(CampaignApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_the_relay_it_is_what_the_school_said_when_the_link_was_made()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        var secret = await LinkAsync(desk, e);
        var words = WordsBeside(await desk.ReadAsync(DeskRoutes.ClassLinks(e.Code)), "HoldsGuardianConsent");
        await SettleRulesAsync(e);
        using var device = app.CreateClient("en");

        Assert.Equal(HttpStatusCode.Created, (await device.SignInClassAsync(secret, "王小明")).StatusCode);
        Assert.Equal((1, HashOf(words)), await LastAsync(e));

        var (_, older) = await app.SeedClassLinkAsync(e, e.Primary); // of which nothing was kept
        Assert.Equal(HttpStatusCode.Created, (await device.SignInClassAsync(older, "李思雨")).StatusCode);
        Assert.Equal((2, null), await LastAsync(e));
    }

    [Fact]
    public async Task With_help_it_is_what_the_volunteer_said_of_the_guardian()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        var words = WordsBeside(await desk.ReadAsync(DeskRoutes.Assisted(e.Code)), "Form.HoldsGuardianConsent");

        Assert.Equal(HttpStatusCode.Redirect, (await SignWithHelpAsync(desk, e, "Student", "true")).StatusCode);
        Assert.Equal((1, HashOf(words)), await LastAsync(e));

        Assert.Equal(HttpStatusCode.Redirect, (await SignWithHelpAsync(desk, e, "Guardian", "false")).StatusCode);
        Assert.Equal((1, null), await LastAsync(e)); // agrees to nothing for a child

        var readOut = WordsBeside(await desk.ReadAsync(DeskRoutes.Assisted(e.Code)), "Form.GuardianConsent");
        Assert.Equal(HttpStatusCode.Redirect, (await desk.SendAsync(DeskRoutes.Assisted(e.Code), AssistedFields.Family(e))).StatusCode);
        Assert.Equal((1, HashOf(readOut)), await LastAsync(e));
    }

    [Fact]
    public async Task On_paper_it_is_what_is_printed_and_where_a_guardian_has_not_signed_what_was_vouched()
    {
        var e = await app.SeedEventAsync();
        await app.SeedRosterAsync(e, e.Primary, (1, "孔守仁"), (2, "丘灵犀"), (3, "苗沐阳"));
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        var secret = await LinkAsync(desk, e);
        var printed = (await app.PrintAsync(e, e.Primary))[0];
        await SettleRulesAsync(e);
        var anew = (await app.PrintAsync(e, e.Primary))[0];
        Assert.NotEqual(printed.Code, anew.Code); // its sentence has another day
        Assert.Equal(anew.Code, (await app.PrintAsync(e, e.Primary))[0].Code);
        using var teacher = app.CreateClient();
        var links = WordsBeside(await desk.ReadAsync(DeskRoutes.ClassLinks(e.Code)), "HoldsGuardianConsent");

        await DecideAsync(teacher, secret, printed.Code, 0, "withguardian");
        Assert.Equal((1, HashOf(printed.Consent)), await LastAsync(e));
        await DecideAsync(teacher, secret, anew.Code, 1, "childonly");
        Assert.Equal((1, HashOf(links)), await LastAsync(e));

        var sheet = await SheetAsync(anew.Code);
        var here = DeskRoutes.ClassSheets(e.Code, e.Primary);
        var answer = await desk.SendAsync($"{here}?sheet={sheet}", ("r2", "1"), ("d2", "childonly"), ("HoldsGuardianConsent", "true"),
            ("act", "count"));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal((2, HashOf("学校已有这些学生监护人的书面同意（只有学生签的行，有了它才能计入）")), await LastAsync(e));
    }

    [Fact]
    public async Task On_the_paper_of_a_slip_it_is_what_is_printed_there_since_the_slip_was_issued()
    {
        var e = await app.SeedEventAsync();
        var pupils = await app.SeedRosterAsync(e, e.Primary, (1, "孔守仁"), (2, "丘灵犀"), (3, "苗沐阳"));
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        var secret = await LinkAsync(desk, e);
        var slips = DeskRoutes.EventSlips(e.Code, e.Primary);
        await desk.SendAsync($"{slips}?handler=Issue");
        var printed = ConsentsOn(await desk.ReadAsync(slips));
        await SettleRulesAsync(e);
        await desk.SendAsync($"{slips}?handler=Replace", ("entry", $"{pupils[1]}"));
        await using (var db = app.OpenStore()) // of which nothing was kept
            await db.Slips.Where(slip => slip.RosterEntryId == pupils[2] && slip.EventId == e.Id).ExecuteUpdateAsync(
                set => set.SetProperty(slip => slip.RulesVersion, (int?)null).SetProperty(slip => slip.ConsentHash, (byte[]?)null),
                Cancellation);
        var page = await desk.ReadAsync(slips);
        Assert.Equal([printed[0], printed[1]], ConsentsOn(page));
        Assert.Contains("有2张回家单发的时候是旧版", page, StringComparison.Ordinal);

        using var teacher = app.CreateClient();
        using var upload = PaperOfClass.Upload([PaperSlips.TornOff(Load.Paper.PhotoKind.Plain,
            [.. CodeOnSlip().Matches(page).Select(code => (app.Get<PublicAddress>().SlipPageInQr(code.Groups[1].Value), true))])]);
        var sheets = SheetPages.Pages(await teacher.PostPageAsync($"/class/{secret}/sheets?handler=Upload", upload));
        Assert.Equal(3, sheets.Count);
        foreach (var sheet in sheets)
            await teacher.PressAsync(await teacher.OpenAsync(sheet), "count", ("d0", "withguardian"));

        await using var store = app.OpenStore();
        var records = await store.Pledges.AsNoTracking().Where(p => p.EventId == e.Id && p.Position == 0).OrderBy(p => p.RosterEntryId)
            .Select(p => new { p.RulesVersion, p.ConsentHash }).ToListAsync(Cancellation);
        Assert.Equal([(1, HashOf(printed[0])), (2, HashOf(printed[1])), (null, null)],
            records.Select(of => (of.RulesVersion, of.ConsentHash is { } hash ? Convert.ToHexString(hash) : null)));
    }

    /// <summary>Slip by slip.</summary>
    private static List<string> ConsentsOn(string page) =>
        [.. new HtmlParser().ParseDocument(page).QuerySelectorAll(".slip .consent").Select(consent => consent.TextContent)];

    private async Task DecideAsync(HttpClient teacher, string secret, string code, int row, string decision)
    {
        using var form = new FormUrlEncodedContent([new($"r{row}", "1"), new($"d{row}", decision), new("act", "count")]);
        var answer = await teacher.PostAsync(
            new Uri($"/class/{secret}/sheets?sheet={await SheetAsync(code)}", UriKind.Relative), form, Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    private async Task<int> SheetAsync(string code)
    {
        await using var db = app.OpenStore();
        return await db.PaperSheets.Where(s => s.Code == code).Select(s => s.Id).SingleAsync(Cancellation);
    }

    /// <summary>A link of the class whose school holds the consents, as the desk makes it.</summary>
    private static async Task<string> LinkAsync(DeskVisitor desk, SeededEvent e)
    {
        var page = DeskRoutes.ClassLinks(e.Code);
        await desk.SendAsync($"{page}?handler=New", ("group", $"{e.Primary}"), ("HoldsGuardianConsent", "true"));
        return Secret().Match(await desk.ReadAsync(page)).Groups[1].Value;
    }

    private static Task<HttpResponseMessage> SignWithHelpAsync(DeskVisitor desk, SeededEvent e, string role, string held) => desk.SendAsync(
        DeskRoutes.Assisted(e.Code), ("Form.Party", role), ("Form.Name", "王小明"), ("Form.Class", $"{e.Primary}"),
        ("Form.Witness", "陈志愿"), ("Form.Willing", "true"), ("Form.HoldsGuardianConsent", held));

    /// <summary>What stands beside a box, without the small hint below it.</summary>
    private static string WordsBeside(string page, string box) => new HtmlParser().ParseDocument(page)
        .QuerySelector($"input[name='{box}']")!.Closest("label")!.QuerySelector("span")!.ChildNodes[0].TextContent;

    private async Task SettleRulesAsync(SeededEvent e)
    {
        await using (var db = app.OpenStore())
        {
            var campaign = await db.Campaigns.Include(c => c.Rules).SingleAsync(c => c.Id == e.CampaignId, Cancellation);
            campaign.Settle(campaign.RulesInForce.Settings with { Purpose = "新的用途" }, app.Get<TimeProvider>().GetUtcNow());
            await db.SaveChangesAsync(Cancellation);
        }
        await app.Get<PublishedEvents>().ContentChangedAsync(changed => changed.CampaignId == e.CampaignId);
    }

    private async Task<(int?, string?)> LastAsync(SeededEvent e)
    {
        await using var db = app.OpenStore();
        var head = await db.Pledges.AsNoTracking().Where(p => p.EventId == e.Id && p.Position == 0).OrderBy(p => p.Sequence)
            .LastAsync(Cancellation);
        return (head.RulesVersion, head.ConsentHash is { } hash ? Convert.ToHexString(hash) : null);
    }

    private static string HashOf(string words) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(words)));

    [GeneratedRegex("""aria-label="[^"]*/s/([0-9A-Z]{12})"[^>]*viewBox""")]
    private static partial Regex CodeOnSlip();

    [GeneratedRegex("/class/([0-9a-f]{32})")]
    private static partial Regex Secret();
}

public sealed class VouchedConsentOnSqliteTests(CampaignApp app) : VouchedConsentTests(app), IClassFixture<CampaignApp>;

public sealed class VouchedConsentOnPostgresTests(PostgresApp app) : VouchedConsentTests(app.Required), IClassFixture<PostgresApp>;
