using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>
/// A page of the rehearsal says that nothing counts, so what is sent from it after the opening does not; one more press does, with a new
/// key.
/// </summary>
public sealed partial class RehearsalPageTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Opening = new(2026, 7, 17, 1, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider clock = new(Opening.AddMinutes(-10));
    private readonly CampaignApp app;

    public RehearsalPageTests() => app = new CampaignApp { Clock = clock };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task What_is_sent_from_it_after_the_opening_does_not_count_and_counts_with_the_key_of_the_answer()
    {
        var e = await app.SeedEventAsync(EventState.Rehearsal);
        using var phone = app.CreateClient();
        var request = WithKey(await KeyAsync(phone, e), Signing.Family(e));
        await OpenAsync(e);

        var refused = await phone.SignAsync(e.Code, request);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var problem = await refused.JsonAsync();
        Assert.Equal("/problems/rehearsal-page", (string?)problem["type"]);
        Assert.Equal(0, await phone.PeopleAsync(e.Code));

        var taken = await phone.SignAsync(e.Code, WithKey((Guid)problem["key"]!, request));

        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        Assert.Equal(2, await phone.PeopleAsync(e.Code));
        await using var db = app.OpenStore();
        Assert.All(await db.Pledges.Where(p => p.EventId == e.Id).ToListAsync(Cancellation), pledge => Assert.False(pledge.Rehearsal));
    }

    [Fact]
    public async Task It_does_not_count_where_nobody_was_told_of_the_opening_yet_and_not_in_the_grace_after_the_closing()
    {
        var e = await app.SeedEventAsync(EventState.Rehearsal);
        using var phone = app.CreateClient();
        var request = WithKey(await KeyAsync(phone, e), Signing.Family(e));
        clock.SetUtcNow(Opening);
        await using var db = app.OpenStore();
        (await db.Events.SingleAsync(x => x.Id == e.Id, Cancellation)).Open(Opening);
        await db.SaveChangesAsync(Cancellation);

        var refused = await (await phone.SignAsync(e.Code, request)).JsonAsync();
        Assert.Equal("/problems/rehearsal-page", (string?)refused["type"]);

        await app.ChangeEventAsync(e.Id, gathering => gathering.Close(Opening.AddMinutes(1)));
        Assert.Equal("/problems/signing-ended", (string?)(await (await phone.SignAsync(e.Code, request)).JsonAsync())["type"]);
        Assert.Equal(0, await phone.PeopleAsync(e.Code));
    }

    [Theory]
    [InlineData("zh-CN", "现在正式开放签名了", "现在签的不计数")]
    [InlineData("en", "Signing is open now", "does not count")]
    public async Task The_form_without_a_script_says_so_with_all_that_was_typed_and_counts_when_it_is_sent_again(
        string language, string words, string practice)
    {
        var e = await app.SeedEventAsync(EventState.Rehearsal);
        using var phone = app.CreateClient(language);
        var form = new Dictionary<string, string>
        {
            ["Form.Key"] = $"{await KeyAsync(phone, e)}",
            ["Form.Party"] = "Teacher",
            ["Form.Signers[Teacher].Name"] = "李老师",
            ["Form.Signers[Teacher].Version"] = "1",
        };
        await OpenAsync(e);

        var refused = await phone.PostAsync($"/e/{e.Code}", new FormUrlEncodedContent(form), Cancellation);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var page = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(Cancellation));
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.DoesNotContain(practice, page, StringComparison.Ordinal);
        Assert.Contains("value=\"李老师\"", page, StringComparison.Ordinal);

        form["Form.Key"] = KeyOfPage().Match(page).Groups[1].Value;
        var taken = await phone.PostAsync($"/e/{e.Code}", new FormUrlEncodedContent(form), Cancellation);

        Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
        Assert.Equal(1, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task A_key_that_a_phone_made_itself_tells_no_time_and_counts()
    {
        var e = await app.SeedEventAsync(EventState.Rehearsal);
        using var phone = app.CreateClient();
        var request = WithKey(Guid.CreateVersion7(Opening.AddMinutes(-5)), Signing.Family(e));
        await OpenAsync(e);

        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, request)).StatusCode);
    }

    [Fact]
    public async Task A_page_of_a_node_whose_clock_is_behind_that_of_the_opening_counts()
    {
        var e = await app.SeedEventAsync(EventState.Rehearsal);
        using var phone = app.CreateClient();
        await app.ChangeEventAsync(e.Id, gathering => gathering.Open(clock.GetUtcNow().AddSeconds(3).AddTicks(9)));

        var request = WithKey(await KeyAsync(phone, e), Signing.Family(e));

        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, request)).StatusCode);
    }

    [Fact]
    public async Task Who_helps_others_to_sign_is_told_likewise_and_nobody_counts()
    {
        var e = await app.SeedEventAsync(EventState.Rehearsal);
        using var phone = app.CreateClient();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var form = DeskVisitor.Form(await organizer.ReadAsync(DeskRoutes.Assisted(e.Code)));
        await OpenAsync(e);

        var answer = await organizer.PostAsync(DeskRoutes.Assisted(e.Code),
            [.. form, ("Form.Party", "Volunteer"), ("Form.Name", "试一试"), ("Form.Witness", "李老师"), ("Form.Willing", "true")]);

        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Contains("这份是在演练的页面上填的", page, StringComparison.Ordinal);
        Assert.Contains("value=\"试一试\"", page, StringComparison.Ordinal);
        Assert.Equal(0, await phone.PeopleAsync(e.Code));
    }

    private async Task OpenAsync(SeededEvent e)
    {
        clock.SetUtcNow(Opening);
        await app.ChangeEventAsync(e.Id, gathering => gathering.Open(Opening));
    }

    private static async Task<Guid> KeyAsync(HttpClient phone, SeededEvent e) =>
        Guid.Parse(KeyOfPage().Match(await phone.GetStringAsync($"/e/{e.Code}", Cancellation)).Groups[1].Value);

    private static JsonObject WithKey(Guid key, JsonObject request)
    {
        request["key"] = key.ToString();
        return request;
    }

    [GeneratedRegex("""name="Form.Key" value="([^"]+)""")]
    private static partial Regex KeyOfPage();
}
