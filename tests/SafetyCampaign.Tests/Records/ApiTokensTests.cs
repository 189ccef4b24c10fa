using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Ledger;
using SafetyCampaign.Records.RollUp;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Records;

/// <summary>A district's platform reads by a token, and no further than the token goes.</summary>
public abstract partial class ApiTokensTests(bool onPostgres) : IAsyncLifetime
{
    private static readonly DateTimeOffset July = new(2026, 7, 17, 1, 0, 0, TimeSpan.Zero);

    private readonly SetClock clock = new(July);
    private CampaignApp app = null!;
    private SeededEvent e = null!;
    private HttpClient phone = null!;
    private DeskVisitor administrator = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (onPostgres)
            _ = Servers.Postgres;
        app = new CampaignApp { Clock = clock, Postgres = onPostgres };
        await app.InitializeAsync();
        (e, phone) = (await app.SeedEventAsync(startsAt: July), app.CreateClient());
        await phone.SignedAsync(e, "陈思雨", "陈强");
        await phone.SignAsync(e.Code, Signing.Alone("teacher", name: "何老师"));
        administrator = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);
        GC.SuppressFinalize(this);
    }

    public async ValueTask DisposeAsync()
    {
        phone?.Dispose();
        if (app is not null)
            await app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_token_is_shown_once_and_of_it_only_a_hash_is_kept()
    {
        Assert.Contains("还没有令牌", await administrator.ReadAsync(DeskRoutes.Tokens), StringComparison.Ordinal);

        var token = await MakeAsync("区教育平台");

        Assert.Matches("^pledges_[0-9a-f]{32}$", token);
        var page = await administrator.ReadAsync(DeskRoutes.Tokens);
        Assert.DoesNotContain(token, page, StringComparison.Ordinal);
        Assert.Contains("区教育平台", page, StringComparison.Ordinal);
        Assert.Contains("没有用过", page, StringComparison.Ordinal);
        await using var db = app.OpenStore();
        var kept = await db.ApiTokens.SingleAsync(Cancellation);
        Assert.Equal((LinkSecret.HashOf(token), ApiScopes.Counts), (kept.SecretHash, kept.Scopes));
        var line = await db.AuditEntries.SingleAsync(a => a.Action == AuditAction.ApiTokenCreated, Cancellation);
        Assert.Equal(("区教育平台", "荷塘区"), (line.Subject, line.OrganizationName));
        Assert.Contains("创建接口令牌“区教育平台”，可以读取汇总数字", await administrator.ReadAsync(DeskRoutes.Audit), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_roll_up_by_a_token_has_the_figures_of_the_desk_and_nobodys_name()
    {
        var token = await MakeAsync("区教育平台");
        await app.Get<ChannelCounts>().CountAsync(Cancellation);

        var answer = await AskAsync("/api/rollup", token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.DoesNotContain("陈思雨", text, StringComparison.Ordinal);
        var counts = JsonNode.Parse(text)!.AsObject();
        Assert.Equal(("2026-01-01", "2026-12-31"), ((string?)counts["from"], (string?)counts["to"]));
        var rows = counts["organizations"]!.AsArray().Select(row => row!.AsObject()).ToList();
        Assert.Equal(await CsvAsync("/organize/rollup.csv"), rows.Select(row => string.Join('|', row["name"], row["events"], row["people"],
            row["families"], row["channels"]!["phone"])));
        Assert.Equal((null, "district", 3, 45), ((int?)rows[0]["parentId"], (string?)rows[0]["kind"], (int)rows[0]["people"]!,
            (int)rows[0]["pupils"]!));
        Assert.Equal((int)rows[0]["id"]!, (int)rows[1]["parentId"]!);
        var earlier = await (await AskAsync("/api/rollup?period=days&from=2025-01-01&to=2025-12-31", token)).JsonAsync();
        Assert.All(earlier["organizations"]!.AsArray(), row => Assert.Equal(0, (int)row!["people"]!));
        Assert.Contains("2026年7月17日 09:00", await administrator.ReadAsync(DeskRoutes.Tokens), StringComparison.Ordinal); // last used
    }

    [Fact]
    public async Task The_signers_of_an_event_are_read_by_pages_and_each_page_with_names_leaves_a_line()
    {
        var token = await MakeAsync("区教育平台", lists: true);

        var first = await (await AskAsync($"/api/events/{e.Code.ToLowerInvariant()}/signers?limit=2", token)).JsonAsync();
        var second = await (await AskAsync($"/api/events/{e.Code}/signers?limit=2&after={first["next"]}", token)).JsonAsync();

        Assert.Equal(["student 陈思雨 大塘冲小学 phone valid", "guardian 陈强 大塘冲小学 phone valid"], Lines(first));
        Assert.Equal(["teacher 何老师  phone valid"], Lines(second));
        Assert.Null(second["next"]);
        await using var db = app.OpenStore();
        var lines = await db.AuditEntries.Where(a => a.Action == AuditAction.NamesReadByToken).OrderBy(a => a.Sequence)
            .ToListAsync(Cancellation);
        Assert.Equal([(2, e.Code, "区教育平台"), (1, e.Code, "区教育平台")], lines.Select(a => (a.Count!.Value, a.EventCode!, a.Subject!)));
        Assert.Contains("接口令牌“区教育平台”读取了2个姓名", await administrator.ReadAsync(DeskRoutes.Audit), StringComparison.Ordinal);
        var pledge = (await app.Get<Receipts>().FindAsync((await phone.SignedAsync(e, "周小鱼", "周海"))["/r/".Length..], Cancellation))!;
        await app.Get<PledgeLedger>().EraseAsync(pledge.Receipt.Sequence);
        var erased = await AskAsync($"/api/events/{e.Code}/signers?after={second["signers"]![0]!["id"]}", token);
        Assert.DoesNotContain("周", await erased.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(2, await db.AuditEntries.CountAsync(a => a.Action == AuditAction.NamesReadByToken, Cancellation)); // no name, no line
    }

    [Fact]
    public async Task Signers_are_asked_for_by_class_role_channel_and_state_and_what_cannot_be_read_is_named()
    {
        var token = await MakeAsync("区教育平台", lists: true);
        var signers = $"/api/events/{e.Code}/signers";

        foreach (var (query, found) in new[]
        {
            ($"?class={e.Primary}&role=student", "student 陈思雨 大塘冲小学 phone valid"), ("?class=none", "teacher 何老师  phone valid"),
            ("?role=guardian&channel=phone&state=valid", "guardian 陈强 大塘冲小学 phone valid"),
        })
            Assert.Equal([found], Lines(await (await AskAsync(signers + query, token)).JsonAsync()));
        Assert.Empty(Lines(await (await AskAsync(signers + "?channel=paper", token)).JsonAsync()));
        Assert.Empty(Lines(await (await AskAsync(signers + "?state=withdrawn", token)).JsonAsync()));
        var refused = await AskAsync(signers + "?class=3-1&role=pupil&channel=fax&state=gone", token);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equivalent(new[] { "channel", "class", "role", "state" },
            (await refused.JsonAsync())["errors"]!.AsObject().Select(error => error.Key), strict: true);
        await using var db = app.OpenStore();
        Assert.Equal([e.Primary, null, null], await db.AuditEntries.Where(a => a.Action == AuditAction.NamesReadByToken)
            .OrderBy(a => a.Sequence).Select(a => a.ClassId).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_token_sees_the_subtree_of_its_organization_alone()
    {
        var other = await app.SeedEventAsync(startsAt: July);
        await phone.SignedAsync(other, "外人甲", "外人乙");
        var token = await MakeAsync("社区", lists: true, counts: true, organization: e.Organization);

        var rows = (await (await AskAsync("/api/rollup", token)).JsonAsync())["organizations"]!.AsArray();
        Assert.Equivalent(new[] { "大塘冲社区", "大塘冲小学", "大塘冲中学" }, rows.Select(row => (string?)row!["name"]), strict: true);
        var elsewhere = await AskAsync($"/api/events/{other.Code}/signers", token);
        Assert.Equal((HttpStatusCode.NotFound, "/problems/no-such-event"),
            (elsewhere.StatusCode, (string?)(await elsewhere.JsonAsync())["type"]));
        // Another administrator neither sees nor revokes it, and makes none for organizations out of reach.
        var stranger = await DeskVisitor.SignInAsync(app, other.District, OrganizerRole.Administrator);
        Assert.Contains("还没有令牌", await stranger.ReadAsync(DeskRoutes.Tokens), StringComparison.Ordinal);
        await stranger.SendAsync(DeskRoutes.Tokens + "?handler=Revoke", ("token", "1"));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("/api/rollup", token)).StatusCode);
        var refused = await stranger.SendAsync(DeskRoutes.Tokens + "?handler=New", ("Form.Name", "越界"), ("Form.Counts", "true"),
            ("Form.OrganizationId", $"{e.District}"));
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        await using var db = app.OpenStore();
        Assert.Equal(1, await db.ApiTokens.CountAsync(Cancellation));
        var organizer = await DeskVisitor.SignInAsync(app, e.District);
        Assert.Equal(HttpStatusCode.Forbidden, (await organizer.GetAsync(DeskRoutes.Tokens)).StatusCode);
    }

    [Fact]
    public async Task A_wrong_expired_revoked_or_narrower_token_is_refused_in_words()
    {
        var token = await MakeAsync("区教育平台");
        await RefusedAsync("/api/rollup", null, 401, "token-needed", "Bearer");
        await RefusedAsync("/api/rollup", "pledges_0", 401, "token-unknown", "Bearer error=\"invalid_token\"");
        await RefusedAsync($"/api/events/{e.Code}/signers", token, 403, "token-scope", "Bearer error=\"insufficient_scope\"");
        // An account's cookie opens none of it.
        Assert.Equal(HttpStatusCode.Unauthorized, (await administrator.GetAsync("/api/rollup")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync("/api/rollup?period=days&from=x", token)).StatusCode);

        clock.Advance(TimeSpan.FromDays(366));
        await RefusedAsync("/api/rollup", token, 401, "token-expired", "Bearer error=\"invalid_token\"");
        administrator = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);
        Assert.Contains("2027年7月17日过期", await administrator.ReadAsync(DeskRoutes.Tokens), StringComparison.Ordinal);

        var second = await MakeAsync("另一个");
        await using var db = app.OpenStore();
        var id = await db.ApiTokens.Where(t => t.Name == "另一个").Select(t => t.Id).SingleAsync(Cancellation);
        await administrator.SendAsync(DeskRoutes.Tokens + "?handler=Revoke", ("token", $"{id}"));
        await RefusedAsync("/api/rollup", second, 401, "token-revoked", "Bearer error=\"invalid_token\"");
        Assert.Contains("令牌“另一个”已停用", await administrator.ReadAsync(DeskRoutes.Tokens), StringComparison.Ordinal);
        Assert.Equal("另一个", (await db.AuditEntries.SingleAsync(a => a.Action == AuditAction.ApiTokenRevoked, Cancellation)).Subject);
    }

    [Fact]
    public async Task A_token_ends_with_the_rights_of_whoever_made_it()
    {
        var token = await MakeAsync("区教育平台");
        await using var db = app.OpenStore();
        var by = (await db.ApiTokens.SingleAsync(Cancellation)).CreatedBy;
        await db.Users.Where(o => o.Id == by)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.LockoutEnd, DateTimeOffset.MaxValue), Cancellation);
        await RefusedAsync("/api/rollup", token, 401, "token-maker-gone", "Bearer error=\"invalid_token\"");

        await db.Users.Where(o => o.Id == by).ExecuteUpdateAsync(set => set.SetProperty(o => o.LockoutEnd, (DateTimeOffset?)null)
            .SetProperty(o => o.Role, OrganizerRole.Organizer), Cancellation);

        await RefusedAsync("/api/rollup", token, 401, "token-maker-gone", "Bearer error=\"invalid_token\"");
        var colleague = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);
        Assert.Contains("创建人已经不是这里的管理员", await colleague.ReadAsync(DeskRoutes.Tokens), StringComparison.Ordinal);

        // An administrator again, but of a part of the district.
        await db.Users.Where(o => o.Id == by).ExecuteUpdateAsync(set => set.SetProperty(o => o.Role, OrganizerRole.Administrator)
            .SetProperty(o => o.OrganizationId, e.Organization), Cancellation);

        await RefusedAsync("/api/rollup", token, 401, "token-maker-gone", "Bearer error=\"invalid_token\"");
        Assert.Contains("创建人已经不是这里的管理员", await colleague.ReadAsync(DeskRoutes.Tokens), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Form.Name", "", "名称")]
    [InlineData("Form.Until", "2026-07-16", "有效期到要在2026年7月17日到2027年7月18日之间")]
    [InlineData("Form.Until", "明天", "有效期到")]
    [InlineData("Form.Counts", null, "请至少选一项")]
    [InlineData("Form.OrganizationId", "999999", "组织")]
    public async Task What_does_not_fit_is_said_and_the_form_is_kept(string field, string? typed, string said)
    {
        var fields = new List<(string Name, string? Value)> { ("Form.Name", "区教育平台"), (field, typed) };

        var answer = await administrator.SendAsync(DeskRoutes.Tokens + "?handler=New", [.. fields]);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await DeskVisitor.TextAsync(answer);
        Assert.Contains(said, page, StringComparison.Ordinal);
        if (field != "Form.Name")
            Assert.Contains("value=\"区教育平台\"", page, StringComparison.Ordinal);
        await using var db = app.OpenStore();
        Assert.Equal(0, await db.ApiTokens.CountAsync(Cancellation));
    }

    [Fact]
    public async Task The_refusals_and_the_page_speak_english_as_well()
    {
        using var english = app.CreateClient("en");
        var problem = await (await english.GetAsync("/api/rollup", Cancellation)).JsonAsync();
        Assert.Equal("A token is needed", (string?)problem["title"]);
        var reader = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator, "en");
        Assert.Contains("There is no token yet", await reader.ReadAsync(DeskRoutes.Tokens), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Lines(JsonObject page) => page["signers"]!.AsArray()
        .Select(s => $"{s!["role"]} {s["name"]} {s["school"]} {s["channel"]} {s["state"]}");

    /// <summary>Makes a token at the desk, as an administrator would; the token that the page shows.</summary>
    private async Task<string> MakeAsync(string name, bool lists = false, bool counts = true, int? organization = null)
    {
        var made = await administrator.SendAsync(DeskRoutes.Tokens + "?handler=New", ("Form.Name", name),
            ("Form.Lists", lists ? "true" : null), ("Form.Counts", counts ? "true" : null),
            ("Form.OrganizationId", $"{organization ?? e.District}"));
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        return Secret().Match(await administrator.ReadAsync(DeskRoutes.Tokens)).Groups[1].Value;
    }

    private async Task<HttpResponseMessage> AskAsync(string address, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await phone.SendAsync(request, Cancellation);
    }

    private async Task RefusedAsync(string address, string? token, int status, string name, string challenge)
    {
        var answer = await AskAsync(address, token);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal((status, $"/problems/{name}", challenge),
            ((int)answer.StatusCode, (string?)(await answer.JsonAsync())["type"], answer.Headers.WwwAuthenticate.ToString()));
    }

    /// <summary>Of each row of the desk's file what is compared.</summary>
    private async Task<IEnumerable<string>> CsvAsync(string address)
    {
        var bytes = await (await administrator.GetAsync(address)).Content.ReadAsByteArrayAsync(Cancellation);
        return Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(row => row.Trim('"').Split("\",\"")).Where(row => row.Length > 10)
            .Select(row => string.Join('|', row[0].Trim('\u3000'), row[2], row[3], row[4], row[10]));
    }

    [GeneratedRegex("id=\"token\">([^<]*)<")]
    private static partial Regex Secret();
}

public sealed class ApiTokensOnSqliteTests() : ApiTokensTests(onPostgres: false);

public sealed class ApiTokensOnPostgresTests() : ApiTokensTests(onPostgres: true);
