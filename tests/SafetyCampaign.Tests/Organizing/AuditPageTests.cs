using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Organizing;

/// <summary>Administrators read, filter, check and export the audit log of their subtree.</summary>
public abstract partial class AuditPageTests(CampaignApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_administrator_reads_what_happened_below_and_nothing_of_others()
    {
        var (e, other) = (await app.SeedEventAsync(), await app.SeedEventAsync(title: "别人的活动"));
        var administrator = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);
        await CloseAsync(await DeskVisitor.SignInAsync(app, e.Organization), e);
        await CloseAsync(await DeskVisitor.SignInAsync(app, other.Organization), other);

        var page = await administrator.ReadAsync(DeskRoutes.Audit);

        Assert.Contains("结束签名", page);
        Assert.Contains($"href=\"{DeskRoutes.Event(e.Code)}\"", page);
        Assert.Contains("大塘冲社区", page);
        Assert.DoesNotContain(other.Code, page);
        Assert.DoesNotContain("别人的活动", page);
        Assert.DoesNotContain(other.Code, await CsvAsync(administrator));
        var below = await DeskVisitor.SignInAsync(app, other.Organization, OrganizerRole.Administrator);
        Assert.Contains("结束签名", await below.ReadAsync(DeskRoutes.Audit));
        Assert.Equal(HttpStatusCode.Forbidden,
            (await (await DeskVisitor.SignInAsync(app, e.Organization)).GetAsync(DeskRoutes.Audit)).StatusCode);
    }

    [Fact]
    public async Task What_belongs_to_no_organization_is_seen_from_the_top_alone()
    {
        var e = await app.SeedEventAsync();
        await app.Get<AuditLog>().WriteAsync(db => db.Audit(AuditAction.BackupRestored, by: AuditActor.Program), Cancellation);

        var top = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);
        Assert.Contains("恢复了备份", await top.ReadAsync(DeskRoutes.Audit + "?Kind=program"));
        var below = await DeskVisitor.SignInAsync(app, e.Organization, OrganizerRole.Administrator);
        Assert.DoesNotContain("恢复了备份", await below.ReadAsync(DeskRoutes.Audit + "?Kind=program"));
    }

    [Fact]
    public async Task It_is_filtered_by_day_kind_account_and_event()
    {
        var e = await app.SeedEventAsync();
        var administrator = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);
        var name = $"老师{e.Code}";
        await DeskVisitor.AddAccountAsync(app, name, e.Organization);
        var organizer = new DeskVisitor(app.CreateClient());
        await organizer.SignInAsync(name);
        await CloseAsync(organizer, e);

        foreach (var (query, lines) in new[]
        {
            ($"?Account={name}", 2), ($"?Account={name}&Kind=signin", 1), ($"?Account={name}&Kind=SigningClosed", 1),
            ($"?Account={name}&Kind=hosting", 0), ($"?Event={e.Code.ToLowerInvariant()}", 1), ("?Event=DEM001", 0),
            ($"?Account={name}&To=2020-01-01", 0), ($"?Account={name}&From=2020-01-01", 2), ($"?Account={name}&From=2099-01-01", 0),
            ($"?Account={name}&From=nonsense", 2),
        })
            Assert.True(lines == Rows(await administrator.ReadAsync(DeskRoutes.Audit + query)), query);
        Assert.Contains("没有符合条件的记录", await administrator.ReadAsync(DeskRoutes.Audit + "?Event=DEM001"));
    }

    [Fact]
    public async Task A_long_log_goes_on_page_by_page_and_is_exported_whole()
    {
        var e = await app.SeedEventAsync();
        await using (var db = app.OpenStore())
        {
            var gathering = await db.Events.SingleAsync(x => x.Id == e.Id, Cancellation);
            for (var i = 0; i < 60; i++)
                db.Audit(AuditAction.EventEdited, gathering, by: new AuditActor(1, $"编辑{i:00}"));
            await db.SaveChangesAsync(Cancellation);
        }
        var administrator = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);

        var first = await administrator.ReadAsync($"{DeskRoutes.Audit}?Event={e.Code}");
        var second = await administrator.ReadAsync(Older().Match(first).Groups[1].Value);

        Assert.Equal((50, 10), (Rows(first), Rows(second)));
        Assert.Contains("编辑59", first);
        Assert.Contains("编辑00", second);
        Assert.DoesNotMatch(Older(), second);
        Assert.Equal(61, (await CsvAsync(administrator, $"?Event={e.Code}")).TrimEnd().Split('\n').Length);
    }

    [Fact]
    public async Task An_export_is_safe_to_open_and_a_line_itself()
    {
        var e = await app.SeedEventAsync();
        await using (var db = app.OpenStore())
        {
            db.Audit(AuditAction.EventEdited, await db.Events.SingleAsync(x => x.Id == e.Id, Cancellation),
                by: new AuditActor(1, "=HYPERLINK(\"http://evil.example\")"));
            await db.SaveChangesAsync(Cancellation);
        }
        var administrator = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);

        var answer = await administrator.GetAsync($"{DeskRoutes.AuditCsv}?Event={e.Code}");
        var bytes = await answer.Content.ReadAsByteArrayAsync(Cancellation);

        Assert.Equal(("text/csv", "audit.csv"),
            (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.FileName));
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        var csv = Encoding.UTF8.GetString(bytes);
        Assert.Contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\"", csv);
        Assert.Contains("\"修改活动信息\"", csv);
        Assert.Matches("\"[0-9a-f]{64}\"", csv);
        Assert.Contains("导出1行审计记录", await administrator.ReadAsync(DeskRoutes.Audit));
    }

    [Theory]
    [InlineData("zh-CN", "记录完整", "登录")]
    [InlineData("en", "The log is whole", "Signed in")]
    public async Task The_page_checks_the_chain_in_both_languages(string language, string whole, string sentence)
    {
        var e = await app.SeedEventAsync();
        var administrator = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator, language);

        var page = await administrator.ReadAsync(DeskRoutes.Audit + "?Check=true");

        Assert.Contains(whole, page);
        Assert.Contains(sentence, page);
        Assert.Contains((await app.Get<AuditLog>().VerifyAsync(Cancellation)).Seal, page);
    }

    /// <summary>Each sentence stands in the resources, and takes what its line holds.</summary>
    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Every_action_and_reason_has_a_sentence(string language)
    {
        var e = await app.SeedEventAsync();
        var account = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator, language);
        await using (var db = app.OpenStore())
        {
            var gathering = await db.Events.SingleAsync(x => x.Id == e.Id, Cancellation);
            foreach (var action in Enum.GetValues<AuditAction>())
                db.Audit(action, gathering, count: 4321);
            foreach (var reason in Enum.GetValues<AuditReason>())
                db.Audit(AuditAction.NamesViewed, gathering, reason, 4321);
            await db.SaveChangesAsync(Cancellation);
        }
        var csv = await CsvAsync(account, $"?Event={e.Code}");

        Assert.Equal(1 + Enum.GetValues<AuditAction>().Length + Enum.GetValues<AuditReason>().Length, csv.TrimEnd().Split('\n').Length);
        Assert.DoesNotContain("Action.", csv);
        Assert.DoesNotContain("Reason.", csv);
    }

    [Fact]
    public async Task One_is_not_told_in_the_plural()
    {
        var e = await app.SeedEventAsync();
        var account = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator, "en");
        await using (var db = app.OpenStore())
        {
            var gathering = await db.Events.SingleAsync(x => x.Id == e.Id, Cancellation);
            foreach (var action in Enum.GetValues<AuditAction>())
                db.Audit(action, gathering, count: 1);
            await db.SaveChangesAsync(Cancellation);
        }

        var csv = await CsvAsync(account, $"?Event={e.Code}");

        Assert.Contains("Viewed 1 name\"", csv);
        Assert.DoesNotMatch(@"\b1 (?:masked |take-home |class )?(?:\w+(?<!clas)s|people)\b", csv);
    }

    private static async Task CloseAsync(DeskVisitor organizer, SeededEvent e) => Assert.Equal(HttpStatusCode.Redirect,
        (await organizer.SendAsync(DeskRoutes.CloseSigning(e.Code))).StatusCode);

    private static async Task<string> CsvAsync(DeskVisitor administrator, string query = "")
    {
        var answer = await administrator.GetAsync(DeskRoutes.AuditCsv + query);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    private static int Rows(string page) => Regex.Count(page, "<th scope=\"row\">");

    [GeneratedRegex("rel=\"next\" href=\"([^\"]*)\"")]
    private static partial Regex Older();
}

public sealed class AuditPageOnSqliteTests(CampaignApp app) : AuditPageTests(app), IClassFixture<CampaignApp>;

public sealed class AuditPageOnPostgresTests(PostgresApp app) : AuditPageTests(app.Required), IClassFixture<PostgresApp>;
