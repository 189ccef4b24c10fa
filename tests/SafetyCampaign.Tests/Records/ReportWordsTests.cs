using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Records;

/// <summary>What people write into the activity report: versions that stay, of which the newest is printed.</summary>
public abstract class ReportWordsTests(CampaignApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_newest_words_are_printed_and_older_ones_are_read_and_taken_up_again()
    {
        var e = await app.SeedEventAsync(title: "防溺水宣传活动");
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        Assert.Contains("value=\"防溺水宣传活动\"", WebUtility.HtmlDecode(await desk.ReadAsync(Edit(e)))); // nothing is written yet

        await WriteAsync(desk, e, "防溺水进校园", "全校参加。\n家长到场。", "下次早点发通知。");
        await WriteAsync(desk, e, "防溺水进校园（修订）", "全校参加。", "");
        await WriteAsync(desk, e, "防溺水进校园（修订）", "全校参加。", ""); // the same again is no version

        var report = WebUtility.HtmlDecode(await desk.ReadAsync(Report(e)));
        Assert.Contains("<p class=\"text\">全校参加。</p>", report);
        Assert.Contains("防溺水进校园（修订）", report.Replace("<wbr>", "", StringComparison.Ordinal));
        Assert.DoesNotContain("下次早点发通知。", report);
        Assert.Contains("报告文字：第2版", report);
        var older = WebUtility.HtmlDecode(await desk.ReadAsync(Edit(e) + "?version=1"));
        Assert.Contains("这是第1版的文字。保存后成为第3版。", older);
        Assert.Contains("下次早点发通知。", older);
        Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync(Edit(e) + "?version=3")).StatusCode);
        await desk.PostAsync(Edit(e), [.. DeskVisitor.Form(older).Where(f => f.Name is "SeenVersion" or "__RequestVerificationToken"),
            ("Form.Title", "防溺水进校园"), ("Form.Overview", "全校参加。\n家长到场。"), ("Form.Lessons", "下次早点发通知。")]);
        Assert.Contains("下次早点发通知。", WebUtility.HtmlDecode(await desk.ReadAsync(Report(e))));
        await using var db = app.OpenStore();
        var versions = await db.ReportVersions.Where(v => v.EventId == e.Id).OrderBy(v => v.Version).ToListAsync(Cancellation);
        Assert.Equal([(1, "zh-CN"), (2, "zh-CN"), (3, "zh-CN")], versions.Select(v => (v.Version, v.Language)));
        Assert.All(versions, version => Assert.False(string.IsNullOrEmpty(version.WrittenBy)));
        Assert.Equal([1, 2, 3], await db.AuditEntries.Where(a => a.EventCode == e.Code && a.Action == AuditAction.ReportWritten)
            .OrderBy(a => a.Sequence).Select(a => a.Count!.Value).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Each_language_has_words_of_its_own()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        var english = await DeskVisitor.SignInAsync(app, e.Organization, language: "en");
        await WriteAsync(desk, e, "进校园", "全校参加。", "");

        await WriteAsync(english, e, "At the school", "Everybody came.", "Send notices earlier.");

        var report = WebUtility.HtmlDecode(await english.ReadAsync(Report(e)));
        Assert.Contains("Send notices earlier.", report);
        Assert.DoesNotContain("全校参加。", report);
        Assert.Contains("全校参加。", WebUtility.HtmlDecode(await desk.ReadAsync(Report(e))));
    }

    [Fact]
    public async Task Of_two_tabs_the_second_is_refused_and_keeps_what_was_typed_and_then_writes_the_version_after()
    {
        var e = await app.SeedEventAsync();
        var (first, second) = (await DeskVisitor.SignInAsync(app, e.Organization), await DeskVisitor.SignInAsync(app, e.Organization));
        var open = DeskVisitor.Form(await second.ReadAsync(Edit(e)));
        await WriteAsync(first, e, "第一个窗口", "先写的。", "");

        var refused = await second.PostAsync(Edit(e), [.. open.Where(f => !f.Name.StartsWith("Form.", StringComparison.Ordinal)),
            ("Form.Title", "第二个窗口"), ("Form.Overview", "后写的。"), ("Form.Lessons", "")]);

        var page = await DeskVisitor.TextAsync(refused);
        Assert.Contains("已经保存了第1版", page);
        Assert.Contains("后写的。", page);
        Assert.Contains("先写的。", WebUtility.HtmlDecode(await first.ReadAsync(Report(e))));
        await second.PostAsync(Edit(e), [.. DeskVisitor.Form(page).Where(f => !f.Name.StartsWith("Form.", StringComparison.Ordinal)),
            ("Form.Title", "第二个窗口"), ("Form.Overview", "后写的。"), ("Form.Lessons", "")]);
        await using var db = app.OpenStore();
        Assert.Equal(["第一个窗口", "第二个窗口"], await db.ReportVersions.Where(v => v.EventId == e.Id).OrderBy(v => v.Version)
            .Select(v => v.Title).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task What_does_not_fit_is_said_at_its_field_and_nothing_is_kept_and_observers_write_nothing()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);

        var refused = await WriteAsync(desk, e, "", new string('长', 1_501), "下次早点。");

        var page = await DeskVisitor.TextAsync(refused);
        Assert.Contains("Form_Title-error", page);
        Assert.Contains("Form_Overview-error", page);
        Assert.Contains("下次早点。", page);
        await using var db = app.OpenStore();
        Assert.False(await db.ReportVersions.AnyAsync(v => v.EventId == e.Id, Cancellation));
        var observer = await DeskVisitor.SignInAsync(app, e.Organization, OrganizerRole.Observer);
        Assert.Equal(HttpStatusCode.Forbidden, (await observer.GetAsync(Edit(e))).StatusCode);
        Assert.DoesNotContain("report/edit", await observer.ReadAsync(Report(e)));
    }

    private static string Report(SeededEvent e) => $"/organize/events/{e.Code}/records/report";

    private static string Edit(SeededEvent e) => Report(e) + "/edit";

    private static Task<HttpResponseMessage> WriteAsync(DeskVisitor desk, SeededEvent e, string title, string overview, string lessons) =>
        desk.SendAsync(Edit(e), ("Form.Title", title), ("Form.Overview", overview), ("Form.Lessons", lessons));
}

public sealed class ReportWordsOnSqliteTests(CampaignApp app) : ReportWordsTests(app), IClassFixture<CampaignApp>;

public sealed class ReportWordsOnPostgresTests(PostgresApp app) : ReportWordsTests(app.Required), IClassFixture<PostgresApp>;
