using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Display;
using SafetyCampaign.Storage;
using Document = UglyToad.PdfPig.PdfDocument;

namespace SafetyCampaign.Tests.Records;

/// <summary>The activity report: what was held, and in numbers who signed.</summary>
public abstract partial class ReportTests(CampaignApp app)
{
    private readonly HttpClient phone = app.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_and_PDF_tell_the_parts_that_the_stage_showed_and_count_as_the_rows_do_and_name_nobody()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        await phone.SignedAsync(e, "陈思雨", "陈强");
        await phone.SignedAsync(e, "王小明", "王芳");
        await app.InvalidateAsync(await phone.SignedAsync(e, "郑小河", "郑洋"));
        await phone.SignAsync(e.Code, Signing.Alone("teacher", name: "何老师"));
        await using var db = app.OpenStore();
        var scenes = (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!.Scenes.Take(1).ToList();
        foreach (var scene in scenes)
            await app.Get<StageConductor>().ShowAsync(e.Id, scene.Id, 0, AuditActor.Program);

        var page = WebUtility.HtmlDecode(await desk.ReadAsync($"/organize/events/{e.Code}/records/report"));
        var answer = await desk.GetAsync($"/organize/events/{e.Code}/records/report.pdf");

        var sentence = Sentence().Match(page).Value;
        Assert.Equal("共5人签名承诺：学生2人，家长2人，教师1人，志愿者／社区0人。", sentence);
        Assert.Contains("孩子和家长都签名的家庭2个。", page);
        Assert.Contains("共45名学生，签名2名，占4%", page);
        Assert.Equal(scenes.Select(scene => scene.Title), Part().Matches(page).Select(part => part.Groups[1].Value));
        Assert.DoesNotContain("陈思雨", page);
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType?.MediaType);
        using var pdf = Document.Open(await answer.Content.ReadAsByteArrayAsync(Cancellation));
        var text = string.Concat(pdf.GetPages().Select(p => p.Text));
        Assert.Contains(sentence, text, StringComparison.Ordinal);
        Assert.All(scenes, scene => Assert.Contains(scene.Title, text, StringComparison.Ordinal));
        Assert.DoesNotContain("陈思雨", text, StringComparison.Ordinal);
        Assert.True(await db.AuditEntries.AnyAsync(a => a.EventCode == e.Code && a.Action == AuditAction.ReportExported, Cancellation));
    }

    [Fact]
    public async Task Who_signed_beyond_the_size_of_a_class_is_told_apart_and_not_in_the_share()
    {
        var e = await app.SeedEventAsync();
        await using (var db = app.OpenStore())
        {
            (await db.Classes.SingleAsync(c => c.Id == e.Primary, Cancellation)).Expect(1);
            await db.SaveChangesAsync(Cancellation);
        }
        await app.Get<PublishedEvents>().ChangedAsync(e.Id, Cancellation);
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        await phone.SignedAsync(e, "陈思雨", "陈强");
        Assert.DoesNotContain("超出", await desk.ReadAsync($"/organize/events/{e.Code}/records/report"));
        await phone.SignedAsync(e, "王小明", "王芳");
        await phone.SignedAsync(e, "郑小河", "郑洋");

        var page = await desk.ReadAsync($"/organize/events/{e.Code}/records/report");

        Assert.Contains("已知人数的1个班共1名学生，签名1名，占100%", page);
        Assert.Contains("这些班另有2名学生签名，超出填写的班级人数", page);
    }

    [Fact]
    public async Task Before_anybody_has_signed_and_nothing_was_shown_it_lists_what_is_planned_without_a_chart()
    {
        var e = await app.SeedEventAsync(title: "Water & <safety>");
        var desk = await DeskVisitor.SignInAsync(app, e.Organization, language: "en");

        var page = await desk.ReadAsync($"/organize/events/{e.Code}/records/report");

        Assert.Contains("The big screen has no record of this event", page);
        Assert.DoesNotContain("class=\"chart\"", page);
        Assert.Contains("Water & <safety>", page);
        Assert.Equal(HttpStatusCode.OK, (await desk.GetAsync($"/organize/events/{e.Code}/records/report.pdf")).StatusCode);
    }

    [Fact]
    public async Task With_a_hundred_classes_it_adds_them_up_by_school_and_still_has_two_pages()
    {
        var e = await app.SeedEventAsync();
        await app.SeedFurtherClassesAsync(e, 96);
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        await phone.SignedAsync(e, "陈思雨", "陈强");

        var page = WebUtility.HtmlDecode(await desk.ReadAsync($"/organize/events/{e.Code}/records/report"));
        using var pdf = Document.Open(
            await (await desk.GetAsync($"/organize/events/{e.Code}/records/report.pdf")).Content.ReadAsByteArrayAsync(Cancellation));

        Assert.Contains("<th scope=\"row\">大塘冲小学（2个班）</th><td class=\"number\">–</td><td class=\"number\">1</td>", page);
        Assert.Contains("实验小学（96个班）</th><td class=\"number\">4320</td><td class=\"number\">0</td>", page);
        Assert.Contains("每个班的人数见导出里的“各班人数”", page);
        Assert.InRange(pdf.NumberOfPages, 1, 2);
    }

    [Fact]
    public async Task Of_one_school_with_many_classes_it_has_a_row_for_each_grade()
    {
        var e = await app.SeedEventAsync();
        await app.SeedFurtherClassesAsync(e, 30);
        await using (var db = app.OpenStore())
        {
            var gathering = await db.Events.Include(g => g.Classes).ThenInclude(c => c.School).SingleAsync(g => g.Id == e.Id, Cancellation);
            gathering.Invite([.. gathering.Classes.Where(c => c.School.Name == "实验小学")]);
            await db.SaveChangesAsync(Cancellation);
        }
        await app.Get<PublishedEvents>().ChangedAsync(e.Id, Cancellation);
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);

        var page = WebUtility.HtmlDecode(await desk.ReadAsync($"/organize/events/{e.Code}/records/report"));

        Assert.Contains("各年级人数", page);
        Assert.Contains("<th scope=\"row\">一年级（5个班）</th><td class=\"number\">225</td>", page);
        Assert.DoesNotContain("各校人数", page);
    }

    [Theory]
    [InlineData(2, "按学校", "大塘冲小学", "实验小学")]
    [InlineData(1, "按年级", "一年级", "二年级")]
    [InlineData(0, "按班级", "五（1）班", "五（2）班")]
    public async Task It_draws_the_largest_groups_of_which_there_are_several(int kind, string heading, params string[] bars)
    {
        var e = await app.SeedEventAsync();
        await app.SeedFurtherClassesAsync(e, 12);
        List<int> signing;
        await using (var db = app.OpenStore())
        {
            var gathering = await db.Events.Include(g => g.Classes).ThenInclude(c => c.School).SingleAsync(g => g.Id == e.Id, Cancellation);
            var invited = gathering.Classes.Where(c => kind switch
            {
                2 => c.School.Name is "大塘冲小学" or "实验小学",
                1 => c.School.Name == "实验小学",
                _ => c.School.Name == "大塘冲小学",
            }).ToList();
            gathering.Invite(invited);
            signing = [.. invited.OrderBy(c => c.Id).GroupBy(c => kind switch { 2 => $"{c.SchoolId}", 1 => $"{c.Grade}", _ => $"{c.Id}" })
                .Select(of => of.First().Id).Take(2)];
            await db.SaveChangesAsync(Cancellation);
        }
        await app.Get<PublishedEvents>().ChangedAsync(e.Id, Cancellation);
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        foreach (var (i, group) in signing.Index())
        {
            var family = Signing.Family(e, $"学生{"甲乙"[i]}", $"家长{"甲乙"[i]}");
            family["classId"] = group;
            (await phone.SignAsync(e.Code, family)).EnsureSuccessStatusCode();
        }

        var page = WebUtility.HtmlDecode(await desk.ReadAsync($"/organize/events/{e.Code}/records/report"));

        var charts = Chart().Matches(page).Select(chart => chart.Value).ToList();
        Assert.Equal(3, charts.Count);
        Assert.Contains(heading, charts[2]);
        Assert.All(bars, bar => Assert.Contains(bar, charts[2]));
    }

    [Fact]
    public async Task Of_one_class_alone_it_draws_no_groups()
    {
        var e = await app.SeedEventAsync();
        await using (var db = app.OpenStore())
        {
            var gathering = await db.Events.Include(g => g.Classes).SingleAsync(g => g.Id == e.Id, Cancellation);
            gathering.Invite(gathering.Classes.Where(c => c.Id == e.Primary));
            await db.SaveChangesAsync(Cancellation);
        }
        await app.Get<PublishedEvents>().ChangedAsync(e.Id, Cancellation);
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        await phone.SignedAsync(e, "陈思雨", "陈强");

        var page = WebUtility.HtmlDecode(await desk.ReadAsync($"/organize/events/{e.Code}/records/report"));

        Assert.Equal(2, Chart().Count(page));
    }

    [GeneratedRegex("共\\d+人签名承诺：[^<]*")]
    private static partial Regex Sentence();

    [GeneratedRegex("<h2>[^<]*</h2>\\s*<table class=\"chart\">.*?</table>", RegexOptions.Singleline)]
    private static partial Regex Chart();

    [GeneratedRegex("<li><span class=\"time\">\\d\\d:\\d\\d[^<]*</span> ([^<]+)</li>")]
    private static partial Regex Part();
}

public sealed class ReportOnSqliteTests(CampaignApp app) : ReportTests(app), IClassFixture<CampaignApp>;

public sealed class ReportOnPostgresTests(PostgresApp app) : ReportTests(app.Required), IClassFixture<PostgresApp>;
