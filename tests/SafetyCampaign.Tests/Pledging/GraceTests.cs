using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>
/// What was signed before the end of signing and comes after it: taken for the event's grace where the server issued the key while
/// signing was open, and marked.
/// </summary>
public sealed partial class GraceTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Opening = new(2026, 7, 17, 1, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider clock = new(Opening);
    private readonly CampaignApp app;

    public GraceTests() => app = new CampaignApp { Clock = clock };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task What_was_signed_before_the_end_is_taken_for_half_an_hour_after_it_and_marked_in_the_records()
    {
        var e = await app.SeedEventAsync();
        using var phone = app.CreateClient();
        var (early, late, tooLate) = (await OpenPageAsync(phone, e), await OpenPageAsync(phone, e), await OpenPageAsync(phone, e));
        await phone.SignAsync(e.Code, WithKey(early, Signing.Alone("teacher")));
        await CloseAsync(e, at: Opening.AddMinutes(10));

        clock.SetUtcNow(Opening.AddMinutes(39));
        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, WithKey(late, Signing.Family(e)))).StatusCode);
        Assert.Equal(3, await phone.PeopleAsync(e.Code));
        clock.SetUtcNow(Opening.AddMinutes(40));
        await RefusedAsync(phone, e, tooLate);

        Assert.Equal(HttpStatusCode.OK, (await phone.SignAsync(e.Code, WithKey(late, Signing.Family(e)))).StatusCode);
        await using var db = app.OpenStore();
        var marked = await (from flag in db.SigningFlags
                            join pledge in db.Pledges on flag.Sequence equals pledge.Sequence
                            where pledge.EventId == e.Id && (flag.Flags & SigningFlags.AfterClosing) != 0
                            select pledge.Name).ToListAsync(Cancellation);
        Assert.Equal(["王小明"], marked);

        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        Assert.Contains("1份签名在结束之后送到", await organizer.ReadAsync(DeskRoutes.Review(e.Code)), StringComparison.Ordinal);
        Assert.Contains("没有可疑的签名", await organizer.ReadAsync(DeskRoutes.Suspicious(e.Code)), StringComparison.Ordinal);
        var sequence = await db.Pledges.Where(p => p.EventId == e.Id && p.Name == "王小明").Select(p => p.Sequence).SingleAsync(Cancellation);
        Assert.Contains("结束后收到", await organizer.ReadAsync(DeskRoutes.LostPledge(e.Code, "guardian", sequence)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN", "结束后收到", "结束后收到")]
    [InlineData("en", "Received after closing", "after closing")]
    public async Task What_was_taken_after_the_end_says_so_in_all_that_is_taken_out(string language, string remark, string inBook)
    {
        var e = await app.SeedEventAsync();
        using var phone = app.CreateClient();
        var late = await OpenPageAsync(phone, e);
        await phone.SignedAsync(e, "陈思雨", "陈强");
        await CloseAsync(e, at: Opening.AddMinutes(10));
        await phone.SignAsync(e.Code, WithKey(late, Signing.Family(e)));
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization, language: language);

        var csv = await organizer.ReadAsync($"/organize/events/{e.Code}/records/pledges.csv");
        var book = await organizer.ReadAsync($"{DeskRoutes.PledgeBook(e.Code)}?c={e.Primary}");
        using var pdf = UglyToad.PdfPig.PdfDocument.Open(await organizer.Client.GetByteArrayAsync(
            new Uri(DeskRoutes.PledgeBookPdf(e.Code, e.Primary), UriKind.Relative), Cancellation));
        using var xlsx = new System.IO.Compression.ZipArchive(
            await (await organizer.GetAsync($"/organize/events/{e.Code}/records/pledges.xlsx")).Content.ReadAsStreamAsync(Cancellation));

        Assert.Equal([false, false, true, true], csv.TrimEnd().Split('\n')[1..].Select(row => row.TrimEnd().EndsWith($"\"{remark}\"")));
        Assert.Equal(2, Regex.Count(book, $" · {inBook}</small>"));
        Assert.Equal(2, Regex.Count(string.Join(' ', pdf.GetPages().Select(page => page.Text)).Replace(" ", ""), inBook.Replace(" ", "")));
        var sheet = System.Xml.Linq.XDocument.Load(xlsx.GetEntry("xl/worksheets/sheet1.xml")!.Open()).Root!.Value;
        Assert.Equal(2, Regex.Count(sheet, remark));
    }

    [Fact]
    public async Task Neither_a_key_that_a_phone_made_nor_one_issued_after_the_end_is_taken_late()
    {
        var e = await app.SeedEventAsync();
        using var phone = app.CreateClient();
        var mine = Guid.CreateVersion7(clock.GetUtcNow());
        await CloseAsync(e, at: Opening.AddMinutes(10));
        clock.SetUtcNow(Opening.AddMinutes(11));

        await RefusedAsync(phone, e, mine);
        await RefusedAsync(phone, e, (await PublishedAsync(e)).Keys.Issue(clock.GetUtcNow()));
    }

    [Fact]
    public async Task Home_signing_that_has_run_out_has_the_same_grace_and_reopening_takes_what_came_too_late()
    {
        var e = await app.SeedEventAsync(homeSigningUntil: Opening.AddMinutes(10));
        using var phone = app.CreateClient();
        var (late, tooLate) = (await OpenPageAsync(phone, e), await OpenPageAsync(phone, e));
        clock.SetUtcNow(Opening.AddMinutes(20));
        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, WithKey(late, Signing.Alone("teacher")))).StatusCode);

        await app.ChangeEventAsync(e.Id, gathering => gathering.AllowGrace(0));
        await RefusedAsync(phone, e, tooLate);
        await app.ChangeEventAsync(e.Id, gathering => gathering.Schedule(Opening, Opening.AddHours(2), null));

        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, WithKey(tooLate, Signing.Alone("teacher")))).StatusCode);
        await using var db = app.OpenStore();
        Assert.Equal(1, await db.SigningFlags.CountAsync(Cancellation));
    }

    [Fact]
    public async Task A_page_of_the_rehearsal_has_no_grace()
    {
        var e = await app.SeedEventAsync(EventState.Rehearsal);
        using var phone = app.CreateClient();
        var practised = await OpenPageAsync(phone, e);
        clock.SetUtcNow(Opening.AddMinutes(10));
        await app.ChangeEventAsync(e.Id, gathering => gathering.Open(clock.GetUtcNow()));
        await CloseAsync(e, at: Opening.AddMinutes(20));

        await RefusedAsync(phone, e, practised);
    }

    [Fact]
    public async Task Nothing_is_taken_late_from_the_day_on_which_names_are_erased()
    {
        var e = await PublishedAsync(await app.SeedEventAsync());
        var key = e.Keys.Issue(Opening);
        var lastDay = e.Rules[0].Settings.EraseOn.AddDays(-1).ToDateTime(new TimeOnly(23, 50));
        var closed = e with { State = EventState.Closed, ClosedAt = new DateTimeOffset(lastDay, TimeSpan.FromHours(8)) };

        Assert.True(closed.TakesLate(key, closed.ClosedAt.Value.AddMinutes(9)));
        Assert.False(closed.TakesLate(key, closed.ClosedAt.Value.AddMinutes(10)));
    }

    [Fact]
    public async Task The_form_without_a_script_is_taken_late_as_well()
    {
        var e = await app.SeedEventAsync();
        using var phone = app.CreateClient();
        var form = new Dictionary<string, string>
        {
            ["Form.Key"] = $"{await OpenPageAsync(phone, e)}",
            ["Form.Party"] = "Teacher",
            ["Form.Signers[Teacher].Name"] = "李老师",
            ["Form.Signers[Teacher].Version"] = "1",
        };
        await CloseAsync(e, at: Opening.AddMinutes(10));

        var answer = await phone.PostAsync($"/e/{e.Code}", new FormUrlEncodedContent(form), Cancellation);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Fact]
    public async Task The_grace_is_set_at_the_desk()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        foreach (var (typed, taken) in new[] { ("45", 45), ("-1", 45), ("1441", 45), ("半小时", 45), ("0", 0), ("1440", 1440) })
        {
            await organizer.SendAsync(DeskRoutes.EventFacts(e.Code), ("Form.GraceMinutes", typed));
            Assert.Equal((typed, taken), (typed, (int)(await PublishedAsync(e)).Grace.TotalMinutes));
        }
    }

    private static async Task<Guid> OpenPageAsync(HttpClient phone, SeededEvent e) =>
        Guid.Parse(KeyOfPage().Match(await phone.GetStringAsync($"/e/{e.Code}", Cancellation)).Groups[1].Value);

    private async Task CloseAsync(SeededEvent e, DateTimeOffset at)
    {
        clock.SetUtcNow(at);
        await app.ChangeEventAsync(e.Id, gathering => gathering.Close(at));
    }

    private async Task<PublishedEvent> PublishedAsync(SeededEvent e) => (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!;

    private static JsonObject WithKey(Guid key, JsonObject request)
    {
        request["key"] = key.ToString();
        return request;
    }

    private static async Task RefusedAsync(HttpClient phone, SeededEvent e, Guid key)
    {
        var answer = await phone.SignAsync(e.Code, WithKey(key, Signing.Alone("teacher")));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("/problems/signing-ended", (string?)(await answer.JsonAsync())["type"]);
    }

    [GeneratedRegex("""name="Form.Key" value="([^"]+)""")]
    private static partial Regex KeyOfPage();
}
