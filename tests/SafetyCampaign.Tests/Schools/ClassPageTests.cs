using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Schools;

/// <summary>What a class teacher sees and notes, by the class's link alone.</summary>
public sealed class ClassPageTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_pupil_stands_where_it_stands_and_declining_is_nowhere_missing()
    {
        var e = await app.SeedEventAsync();
        using var teacher = app.CreateClient();
        await teacher.SignedAsync(e, "王小红", "李芳"); // before there is a list
        var pupils = await app.SeedRosterAsync(
            e, e.Primary, (1, "王小明"), (2, "王小红"), (3, "赵小雨"), (4, "赵小雨"), (5, "陈一"), (6, "陈二"));
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        foreach (var (name, seat) in new[] { ("王小明", pupils[0]), ("赵小雨", pupils[3]), ("钱七", 0) })
            Assert.Equal(HttpStatusCode.Created, (await teacher.SignInClassAsync(secret, name, seat)).StatusCode);
        await teacher.SignedAsync(e, "王小明", "王芳"); // at home

        await AnswerAsync(teacher, secret, ("declined", pupils[4]));
        await AnswerAsync(teacher, secret, ("absent", pupils[5]));
        var page = await teacher.GetStringAsync($"/class/{secret}", Cancellation);

        Assert.Equal(["已签", "已签", "还没签", "已签，待家长", "不参加", "缺席", "已签，待家长"], StatesOf(page));
        Assert.Contains("<dd>3<small>/6</small></dd>", page);
        Assert.Contains("不在名单上", page);
        await AnswerAsync(teacher, secret, ("clear", pupils[4]));
        Assert.Equal("还没签", StatesOf(await teacher.GetStringAsync($"/class/{secret}", Cancellation))[4]);
        var reminders = page[page.IndexOf("<textarea", StringComparison.Ordinal)..];
        Assert.All(["王小明", "王小红", "赵小雨", "陈一"], name => Assert.DoesNotContain(name, reminders, StringComparison.Ordinal));
        Assert.Contains($"/e/{e.Code}?c={e.Primary}", reminders);
    }

    [Fact]
    public async Task Once_signing_has_ended_the_page_says_so_and_offers_no_message_that_asks_a_family_to_sign()
    {
        var e = await app.SeedEventAsync();
        await app.SeedRosterAsync(e, e.Primary, (1, "王小明"));
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        using var teacher = app.CreateClient();
        Assert.Contains("<textarea", await teacher.GetStringAsync($"/class/{secret}", Cancellation), StringComparison.Ordinal);

        await app.ChangeEventAsync(e.Id, gathering => gathering.Close(DateTimeOffset.UtcNow));
        var page = await teacher.GetStringAsync($"/class/{secret}", Cancellation);

        Assert.Contains("签名已经结束，现在不能再签", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<textarea", page, StringComparison.Ordinal);
        Assert.DoesNotContain("button main", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pledge_whose_names_were_deleted_is_told_beside_the_numbers_of_the_list()
    {
        var e = await app.SeedEventAsync();
        await app.SeedRosterAsync(e, e.Primary, (1, "王小明"), (2, "王小红"));
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        using var teacher = app.CreateClient();
        await teacher.SignedAsync(e, "王小红", "李芳");
        var receipt = (await teacher.SignedAsync(e, "王小明", "王芳"))["/r/".Length..];
        Assert.DoesNotContain("姓名已删除", await teacher.GetStringAsync($"/class/{secret}", Cancellation), StringComparison.Ordinal);

        await app.Get<PledgeLedger>().EraseAsync((await app.Get<Receipts>().FindAsync(receipt, Cancellation))!.Receipt.Sequence);
        var page = await teacher.GetStringAsync($"/class/{secret}", Cancellation);

        Assert.Contains("<dd>1<small>/2</small></dd>", page, StringComparison.Ordinal);
        Assert.Contains("另有1份已签、姓名已删除", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_opening_is_in_the_audit_log_and_spends_nothing()
    {
        var e = await app.SeedEventAsync();
        await app.SeedRosterAsync(e, e.Primary, (1, "王小明"), (2, "王小红"));
        var (id, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        using var messenger = app.CreateClient();
        for (var i = 0; i < 2; i++)
        {
            using var head = new HttpRequestMessage(HttpMethod.Head, new Uri($"/class/{secret}", UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, (await messenger.SendAsync(head, Cancellation)).StatusCode);
        }

        var answer = await messenger.GetAsync(new Uri($"/class/{secret}/relay", UriKind.Relative), Cancellation);

        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.True(answer.Headers.CacheControl?.NoStore);
        await using var db = app.OpenStore();
        var lines = await db.AuditEntries.AsNoTracking().Where(a => a.EventCode == e.Code && a.Detail == $"{id}").OrderBy(a => a.Sequence)
            .ToListAsync(Cancellation);
        (AuditAction, AuditReason?, int?)[] opening =
            [(AuditAction.ClassLinkOpened, null, null), (AuditAction.NamesViewed, AuditReason.ClassCoverage, 2)];
        Assert.Equal([.. opening, .. opening, .. opening], lines.Select(a => (a.Action, a.Reason, a.Count)));
        Assert.All(lines, a => Assert.Equal(e.Primary, a.ClassId));
    }

    [Fact]
    public async Task A_class_that_is_split_and_joined_again_keeps_what_its_pupils_signed_and_nobody_counts_twice()
    {
        var e = await app.SeedEventAsync();
        var pupils = await app.SeedRosterAsync(e, e.Primary, (1, "王小明"), (2, "王小红"), (3, "陈一"));
        var (_, first) = await app.SeedClassLinkAsync(e, e.Primary);
        var (_, second) = await app.SeedClassLinkAsync(e, e.OtherPrimary);
        using var teacher = app.CreateClient();
        await teacher.SignInClassAsync(first, "王小明", pupils[0]);
        await teacher.SignInClassAsync(first, "王小红", pupils[1]);

        async Task MoveAsync(int classId, params int[] which)
        {
            await using var db = app.OpenStore();
            var to = await db.Classes.SingleAsync(c => c.Id == classId, Cancellation);
            foreach (var entry in await db.Roster.Where(r => which.Contains(r.Id)).ToListAsync(Cancellation))
                entry.MoveTo(to, entry.Seat, app.Get<TimeProvider>().GetUtcNow());
            await db.SaveChangesAsync(Cancellation);
            await app.Get<PublishedEvents>().ContentChangedAsync(changed => changed.Id == e.Id);
        }

        await MoveAsync(e.OtherPrimary, pupils[1], pupils[2]);
        Assert.Equal(["已签，待家长", "还没签"], StatesOf(await teacher.GetStringAsync($"/class/{second}", Cancellation)));
        await teacher.SignInClassAsync(second, "王小红", pupils[1]); // in the new class as well
        Assert.Equal(2, await teacher.PeopleAsync(e.Code));

        await MoveAsync(e.Primary, pupils[1], pupils[2]);
        Assert.Equal(["已签，待家长", "已签，待家长", "还没签"], StatesOf(await teacher.GetStringAsync($"/class/{first}", Cancellation)));
    }

    [Fact]
    public async Task What_a_visit_notes_of_pupils_who_do_not_sign_is_one_line_of_the_audit_log()
    {
        var e = await app.SeedEventAsync();
        var pupils = await app.SeedRosterAsync(e, e.Primary, (1, "王小明"), (2, "王小红"));
        var (id, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        using var teacher = app.CreateClient();

        await AnswerAsync(teacher, secret, ("declined", pupils[0]));
        await AnswerAsync(teacher, secret, ("absent", pupils[1]));

        await using var db = app.OpenStore();
        var line = await db.AuditEntries.AsNoTracking()
            .SingleAsync(a => a.EventCode == e.Code && a.Action == AuditAction.AnswersNoted, Cancellation);
        Assert.Equal((e.Primary, $"{id}"), (line.ClassId, line.Detail));
    }

    [Theory]
    [InlineData("zh-CN", "这里由班主任打开", "这个班级链接已过期")]
    [InlineData("en", "This page is the class teacher’s", "This class link has expired")]
    public async Task A_wrong_a_revoked_and_an_expired_link_say_so_in_the_readers_language(string language, string wrong, string expired)
    {
        var e = await app.SeedEventAsync();
        var (revoked, revokedSecret) = await app.SeedClassLinkAsync(e, e.Primary);
        var (old, oldSecret) = await app.SeedClassLinkAsync(e, e.Primary);
        await using (var db = app.OpenStore())
        {
            await db.ClassLinks.Where(l => l.Id == revoked)
                .ExecuteUpdateAsync(l => l.SetProperty(x => x.RevokedAt, DateTimeOffset.UnixEpoch), Cancellation);
            await db.ClassLinks.Where(l => l.Id == old)
                .ExecuteUpdateAsync(l => l.SetProperty(x => x.ExpiresAt, DateTimeOffset.UnixEpoch), Cancellation);
        }
        using var teacher = app.CreateClient(language);

        foreach (var (secret, status, words) in new[]
        {
            (LinkSecret.New(), HttpStatusCode.NotFound, wrong), ("x", HttpStatusCode.NotFound, wrong),
            (revokedSecret, HttpStatusCode.NotFound, wrong), (oldSecret, HttpStatusCode.Gone, expired),
        })
            foreach (var page in new[] { $"/class/{secret}", $"/class/{secret}/relay" })
            {
                var answer = await teacher.GetAsync(new Uri(page, UriKind.Relative), Cancellation);
                Assert.Equal(status, answer.StatusCode);
                Assert.Contains(words, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation)));
                var sent = await teacher.SignInClassAsync(secret, "王小明");
                Assert.Equal((HttpStatusCode.NotFound, "/problems/no-such-class-link"),
                    (sent.StatusCode, (string?)(await sent.JsonAsync())["type"]));
            }
    }

    [Theory]
    [InlineData(EventState.Rehearsal, "zh-CN", "现在签的是练习：不计数，也不算在这一页里", true)]
    [InlineData(EventState.Rehearsal, "en", "What is signed now is practice: it does not count, is not shown on this page", true)]
    [InlineData(EventState.Open, "zh-CN", "现在签的是练习", false)]
    public async Task The_class_page_of_a_rehearsal_says_that_what_is_signed_is_practice(
        EventState state, string language, string words, bool isSaid)
    {
        var e = await app.SeedEventAsync(state);
        await app.SeedRosterAsync(e, e.Primary, (1, "王小明"));
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        using var teacher = app.CreateClient(language);

        var page = WebUtility.HtmlDecode(await teacher.GetStringAsync(new Uri($"/class/{secret}", UriKind.Relative), Cancellation));

        Assert.Equal(isSaid, page.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_of_the_campaign_asks_for_the_event_first_and_a_class_without_a_list_is_told_what_to_do()
    {
        var e = await app.SeedEventAsync();
        string second;
        await using (var db = app.OpenStore())
        {
            var first = await db.Events.Include(x => x.Campaign).Include(x => x.Organization).Include(x => x.Classes)
                .SingleAsync(x => x.Id == e.Id, Cancellation);
            var other = new CampaignEvent(
                first.Campaign, first.Organization, "第二次活动", "操场", first.StartsAt.AddDays(7), first.EndsAt.AddDays(7));
            other.Invite([.. first.Classes]);
            db.Add(other);
            await db.SaveChangesAsync(Cancellation);
            second = other.Code;
        }
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary, forCampaign: true);
        using var teacher = app.CreateClient();

        var choice = await teacher.GetStringAsync($"/class/{secret}", Cancellation);
        Assert.Contains($"/class/{secret}?event={second}", choice);
        Assert.DoesNotContain("/relay", choice);
        var page = await teacher.GetStringAsync($"/class/{secret}?event={e.Code}", Cancellation);
        Assert.Contains("学校还没有导入这个班的名单", page);
        Assert.Contains($"/class/{secret}/relay?event={e.Code}", page);
        Assert.Equal(HttpStatusCode.NotFound, (await teacher.SignInClassAsync(secret, "王小明")).StatusCode); // at which of them?
        Assert.Equal(HttpStatusCode.Created, (await teacher.SignInClassAsync(secret, "王小明", code: e.Code)).StatusCode);
        Assert.Equal(1, await teacher.PeopleAsync(e.Code));
    }

    private static async Task AnswerAsync(HttpClient teacher, string secret, (string Name, int Entry) answer)
    {
        using var form = new FormUrlEncodedContent([new(answer.Name, $"{answer.Entry}")]);
        var sent = await teacher.PostAsync(new Uri($"/class/{secret}?handler=Answer", UriKind.Relative), form, Cancellation);
        Assert.Equal((HttpStatusCode.SeeOther, $"/class/{secret}#pupil-{answer.Entry}"),
            (sent.StatusCode, sent.Headers.Location?.ToString()));
    }

    private static List<string> StatesOf(string page) =>
        [.. page.Split("<span class=\"state ").Skip(1).Select(part => part.Split('>')[1].Split('<')[0])];
}
