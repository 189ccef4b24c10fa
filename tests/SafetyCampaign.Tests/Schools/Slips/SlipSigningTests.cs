using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Intake;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Schools.Slips;

/// <summary>A family signs with the slip that its child took home.</summary>
public sealed class SlipSigningTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private readonly HttpClient phone = app.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_slip_opens_the_phone_page_with_class_and_seat_and_without_the_name_and_opening_it_spends_nothing()
    {
        var (e, pupils) = await ClassAsync();
        var code = await app.SeedSlipAsync(e, pupils[6]);

        using var head = new HttpRequestMessage(HttpMethod.Head, new Uri($"/s/{code}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, (await phone.SendAsync(head, Cancellation)).StatusCode);
        var answer = await phone.GetAsync(new Uri($"/S/{SlipCode.Spaced(code).ToLowerInvariant()}", UriKind.Relative), Cancellation);

        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Contains("大塘冲小学五（1）班，7号", page, StringComparison.Ordinal);
        Assert.DoesNotContain("孙三", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"Form.Class\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"Teacher\"", page, StringComparison.Ordinal);
        Assert.Null(await UsedAtAsync(e, pupils[6]));
    }

    [Fact]
    public async Task A_family_signs_once_without_a_script_and_is_the_pupil_on_the_list_whatever_name_it_writes()
    {
        var (e, pupils) = await ClassAsync();
        var code = await app.SeedSlipAsync(e, pupils[2]); // one of two of the same name
        var form = Form(code);
        form["Form.Signers[Student].Name"] = "赵小宇"; // misspelled

        form.Remove("Form.GuardianConsent");
        var refused = await phone.SubmitAsync($"/s/{code}", form, $"/e/{e.Code}");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var again = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(Cancellation));
        Assert.Contains("五（1）班，3号", again, StringComparison.Ordinal);
        Assert.Contains($"value=\"{code}\"", again, StringComparison.Ordinal);
        form["Form.GuardianConsent"] = "true";
        var signed = await phone.SubmitAsync($"/s/{code}", form, $"/e/{e.Code}");

        Assert.Equal(HttpStatusCode.SeeOther, signed.StatusCode);
        await using var db = app.OpenStore();
        var rows = await db.Pledges.AsNoTracking().Where(p => p.EventId == e.Id).OrderBy(p => p.Sequence).ToListAsync(Cancellation);
        var slip = await db.Slips.AsNoTracking().SingleAsync(s => s.RosterEntryId == pupils[2], Cancellation);
        Assert.Equal(
            [(SigningChannel.Slip, e.Primary, pupils[2], slip.Id, true), (SigningChannel.Slip, e.Primary, (int?)null, null, false)],
            rows.Select(p => (p.Channel, p.ClassId, p.RosterEntryId, p.VoucherId, p.Family)));
        Assert.NotNull(slip.UsedAt);

        var used = await phone.GetAsync(new Uri($"/s/{code}", UriKind.Relative), Cancellation);
        var page = WebUtility.HtmlDecode(await used.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(HttpStatusCode.OK, used.StatusCode);
        Assert.Contains("这张回家单已经签过了", page, StringComparison.Ordinal);
        Assert.Contains("五（1）班，3号", page, StringComparison.Ordinal);
        Assert.DoesNotContain("赵小", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"form\"", page, StringComparison.Ordinal);
        var second = await phone.SubmitAsync($"/e/{e.Code}", form, $"/e/{e.Code}"); // from a page that was open before
        Assert.Equal(HttpStatusCode.Gone, second.StatusCode);
        Assert.Contains("已经签过了", await DeskVisitor.TextAsync(second), StringComparison.Ordinal);
        Assert.Equal(2, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task The_api_takes_a_slip_answers_a_repeat_with_the_same_receipt_and_says_what_is_wrong()
    {
        var (e, pupils) = await ClassAsync();
        var code = await app.SeedSlipAsync(e, pupils[0]);
        var other = await app.SeedEventAsync();

        async Task RefusedAsync(JsonObject request, HttpStatusCode status, string type, string? of = null)
        {
            var answer = await phone.SignAsync(of ?? e.Code, request);
            Assert.Equal((status, $"/problems/{type}"), (answer.StatusCode, (string?)(await answer.JsonAsync())["type"]));
        }

        await RefusedAsync(With(code), HttpStatusCode.NotFound, "no-such-slip", other.Code);
        await RefusedAsync(With(SlipCode.New()), HttpStatusCode.NotFound, "no-such-slip");
        await RefusedAsync(With("x"), HttpStatusCode.NotFound, "no-such-slip");
        var twoChildren = With(code);
        twoChildren["signers"]!.AsArray().Insert(0, Signing.Signer("student", "王小红"));
        await RefusedAsync(twoChildren, HttpStatusCode.BadRequest, "invalid");
        var alone = With(code);
        alone["signers"]!.AsArray().RemoveAt(0);
        var first = await phone.SignAsync(e.Code, alone);
        Assert.Contains("孩子还没有签", (await first.JsonAsync())["errors"]!["signers"]![0]!.GetValue<string>(), StringComparison.Ordinal);

        var request = With(code);
        request["classId"] = e.Junior; // the slip says it better
        var signed = await phone.SignAsync(e.Code, request);
        var again = await phone.SignAsync(e.Code, request);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (signed.StatusCode, again.StatusCode));
        Assert.Equal((await signed.JsonAsync()).ToJsonString(), (await again.JsonAsync()).ToJsonString());
        await RefusedAsync(With(code), HttpStatusCode.Gone, "slip-used");
        Assert.Equal(2, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task A_request_that_is_sent_again_after_its_pupil_has_moved_is_answered_with_the_same_receipt()
    {
        var (e, pupils) = await ClassAsync();
        var request = With(await app.SeedSlipAsync(e, pupils[0]));
        var signed = await phone.SignAsync(e.Code, request);
        await using (var db = app.OpenStore())
            await db.Roster.Where(r => r.Id == pupils[0]).ExecuteUpdateAsync(
                set => set.SetProperty(r => r.ClassId, e.OtherPrimary).SetProperty(r => r.Seat, 44), Cancellation);

        var again = await phone.SignAsync(e.Code, request);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (signed.StatusCode, again.StatusCode));
        Assert.Equal((await signed.JsonAsync()).ToJsonString(), (await again.JsonAsync()).ToJsonString());
    }

    [Fact]
    public async Task Where_the_child_has_signed_at_school_the_guardian_alone_completes_the_family_and_the_teacher_sees_it()
    {
        var (e, pupils) = await ClassAsync();
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        Assert.Equal(HttpStatusCode.Created, (await phone.SignInClassAsync(secret, "王小明", pupils[0])).StatusCode);
        var code = await app.SeedSlipAsync(e, pupils[0]);
        var page = WebUtility.HtmlDecode(await phone.GetStringAsync($"/s/{code}", Cancellation));
        Assert.Contains("孩子已经在学校签好了", page, StringComparison.Ordinal);
        Assert.Contains("孩子在学校签的那一份还在", page, StringComparison.Ordinal); // for who does not agree
        Assert.DoesNotContain("把手机交给家长", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Guardian\" checked=\"checked\"", page, StringComparison.Ordinal);
        var form = Form(code);
        form["Form.Party"] = "Guardian";
        form.Remove("Form.GuardianConsent");
        var refused = await phone.SubmitAsync($"/s/{code}", form, $"/e/{e.Code}");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

        form["Form.GuardianConsent"] = "true";
        Assert.Equal(HttpStatusCode.SeeOther, (await phone.SubmitAsync($"/s/{code}", form, $"/e/{e.Code}")).StatusCode);

        var tally = await (await phone.GetAsync(new Uri($"/api/events/{e.Code}/tally", UriKind.Relative), Cancellation)).JsonAsync();
        Assert.Equal((2, 1), (tally["people"]!.GetValue<int>(), tally["families"]!.GetValue<int>()));
        var teachers = await phone.GetStringAsync($"/class/{secret}", Cancellation);
        Assert.Contains("<span class=\"state complete\">", teachers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guardian_alone_who_types_no_name_is_called_after_the_seat_that_the_slip_tells()
    {
        var (e, pupils) = await ClassAsync();
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        await phone.SignInClassAsync(secret, "王小红", pupils[1]);
        var request = Signing.Request(null, [Signing.GuardianByHand()], guardianConsents: true);
        request["slip"] = await app.SeedSlipAsync(e, pupils[1]);

        var signed = await (await phone.SignAsync(e.Code, request)).JsonAsync();

        var receipt = WebUtility.HtmlDecode(await phone.GetStringAsync(new Uri($"/r/{signed["receipt"]}", UriKind.Relative), Cancellation));
        Assert.Contains("<strong>2号学生的奶奶／外婆</strong>", receipt, StringComparison.Ordinal);
        Assert.DoesNotContain("王小红", receipt, StringComparison.Ordinal); // a slip tells nobody a name
    }

    [Theory]
    [InlineData("zh-CN", "没有这张回家单", "这张回家单已经作废", "签名已经结束")]
    [InlineData("en", "There is no such slip", "This slip is no longer valid", "Signing has ended")]
    public async Task A_wrong_a_replaced_and_an_expired_slip_say_so_in_the_readers_language(
        string language, string wrong, string ended, string over)
    {
        var (e, pupils) = await ClassAsync();
        var (replaced, left, late) = (await app.SeedSlipAsync(e, pupils[0]), await app.SeedSlipAsync(e, pupils[1]),
            await app.SeedSlipAsync(e, pupils[2]));
        await using (var db = app.OpenStore())
        {
            await db.Slips.Where(s => s.RosterEntryId == pupils[0])
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.RevokedAt, DateTimeOffset.UnixEpoch), Cancellation);
            await db.Roster.Where(r => r.Id == pupils[1])
                .ExecuteUpdateAsync(r => r.SetProperty(x => x.LeftAt, DateTimeOffset.UnixEpoch), Cancellation);
        }
        await app.ChangeEventAsync(e.Id, gathering => gathering.Close(app.Get<TimeProvider>().GetUtcNow()));
        using var reader = app.CreateClient(language);

        foreach (var (code, status, words) in new[]
        {
            (SlipCode.New(), HttpStatusCode.NotFound, wrong), ("x", HttpStatusCode.NotFound, wrong),
            (replaced, HttpStatusCode.Gone, ended), (left, HttpStatusCode.Gone, ended), (late, HttpStatusCode.OK, over),
        })
        {
            var answer = await reader.GetAsync(new Uri($"/s/{code}", UriKind.Relative), Cancellation);
            Assert.Equal(status, answer.StatusCode);
            Assert.Contains(words, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_signed_in_a_rehearsal_leaves_the_slip_open()
    {
        var (e, pupils) = await ClassAsync(EventState.Rehearsal);
        var code = await app.SeedSlipAsync(e, pupils[0]);

        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, With(code))).StatusCode);

        Assert.Null(await UsedAtAsync(e, pupils[0]));
    }

    private async Task<(SeededEvent E, int[] Pupils)> ClassAsync(EventState state = EventState.Open)
    {
        var e = await app.SeedEventAsync(state);
        return (e, await app.SeedRosterAsync(e, e.Primary,
            (1, "王小明"), (2, "王小红"), (3, "赵小雨"), (4, "赵小雨"), (5, "陈一"), (6, "陈二"), (7, "孙三")));
    }

    private async Task<DateTimeOffset?> UsedAtAsync(SeededEvent e, int pupil)
    {
        await using var db = app.OpenStore();
        return (await db.Slips.AsNoTracking().SingleAsync(s => s.EventId == e.Id && s.RosterEntryId == pupil, Cancellation)).UsedAt;
    }

    private static JsonObject With(string code)
    {
        var request = Signing.Request(
            null, [Signing.Signer("student", "王小明"), Signing.Signer("guardian", "王芳", "mother")], guardianConsents: true);
        request["slip"] = code;
        return request;
    }

    private static Dictionary<string, string> Form(string code) => new()
    {
        ["Form.Slip"] = code,
        ["Form.Party"] = "Family",
        ["Form.GuardianConsent"] = "true",
        ["Form.Signers[Student].Name"] = "王小明",
        ["Form.Signers[Student].Version"] = "1",
        ["Form.Signers[Guardian].Name"] = "王芳",
        ["Form.Signers[Guardian].Version"] = "1",
    };
}

/// <summary>Slips, where a test is not about how they were issued.</summary>
internal static class SeedSlip
{
    /// <summary>Gives a pupil a slip; its code.</summary>
    public static async Task<string> SeedSlipAsync(this CampaignApp app, SeededEvent e, int pupil)
    {
        var published = await app.Get<PublishedEvents>().FindAsync(e.Id, TestContext.Current.CancellationToken);
        var slip = app.Get<SlipRegistry>().New(published!, pupil, ShownConsent.Of(published!.Rules[0].Version, "同意"));
        await using var db = app.OpenStore();
        db.Slips.Add(slip);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return app.Get<SlipRegistry>().CodeOf(slip)!;
    }
}
