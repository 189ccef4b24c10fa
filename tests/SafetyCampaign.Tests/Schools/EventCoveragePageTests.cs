using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Schools;

/// <summary>Numbers of an event's classes for its organizers.</summary>
public sealed class EventCoveragePageTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    [Fact]
    public async Task Each_class_and_school_has_its_numbers_by_channel_and_nobody_is_named()
    {
        var e = await app.SeedEventAsync();
        var pupils = await app.SeedRosterAsync(e, e.Primary, (1, "王小明"), (2, "王小红"), (3, "陈一"));
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        using var phone = app.CreateClient();
        await phone.SignInClassAsync(secret, "王小明", pupils[0]);
        await phone.SignedAsync(e, "王小明", "王芳"); // at home as well: counts with the first
        await phone.SignedAsync(e, "王小红", "李芳");
        await app.Get<SafetyCampaign.Schools.ClassPage.RosterAnswers>()
            .SetAsync(1, e.Id, e.Primary, pupils[2], RosterAnswerKind.Declined, TestContext.Current.CancellationToken);
        var observer = await DeskVisitor.SignInAsync(app, e.Organization, OrganizerRole.Observer);

        var page = await observer.ReadAsync(DeskRoutes.EventCoverage(e.Code));

        var rows = new HtmlParser().ParseDocument(page).QuerySelectorAll("tbody tr")
            .ToDictionary(
                row => row.QuerySelector("th")!.TextContent.Trim(), row => row.QuerySelectorAll("td").Select(td => td.TextContent));
        // Expected, signed, families; by the event's end; phone and relay, the channels that were used; declined, absent.
        Assert.Equal(["45", "2", "2", "2（4%）", "1", "1", "1", "–"], rows["五（1）班"].SkipLast(1));
        Assert.Equal(["–", "2", "2", "2", "1", "1", "1", "–"], rows["大塘冲小学"].SkipLast(1));
        Assert.Equal("0", rows["七（3）班"].ElementAt(1));
        Assert.DoesNotContain("王小明", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schools_stand_one_by_one_and_all_of_them_together_at_the_end()
    {
        var e = await app.SeedEventAsync();
        await app.SeedFurtherClassesAsync(e, 96);
        using var phone = app.CreateClient();
        await phone.SignedAsync(e, "王小明", "王芳");
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);

        var page = new HtmlParser().ParseDocument(await desk.ReadAsync(DeskRoutes.EventCoverage(e.Code)));
        var schools = new HtmlParser().ParseDocument(await desk.ReadAsync(DeskRoutes.SchoolsCoverage(e.Organization)));

        var last = page.QuerySelectorAll("tbody").Last();
        Assert.Equal("合计", last.QuerySelector("th")!.TextContent.Trim());
        Assert.Equal(["–", "1", "1", "1", "1"], last.QuerySelectorAll("td").Take(5).Select(td => td.TextContent));
        // The page of an organization leads to the school's own, which has its classes.
        Assert.Equal(3, schools.QuerySelectorAll("tbody tr").Length);
        var school = schools.QuerySelectorAll("tbody a").Single(a => a.TextContent == "实验小学").GetAttribute("href")!;
        Assert.Equal(97, new HtmlParser().ParseDocument(await desk.ReadAsync(school)).QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    public async Task Who_signed_after_the_end_is_not_in_time_and_after_the_end_of_home_signing_not_there_either()
    {
        var now = app.Get<TimeProvider>().GetUtcNow();
        var e = await app.SeedEventAsync(startsAt: now.AddHours(-3), homeSigningUntil: now.AddDays(1));
        using var phone = app.CreateClient();
        await phone.SignedAsync(e);
        var observer = await DeskVisitor.SignInAsync(app, e.Organization, OrganizerRole.Observer);

        var page = await observer.ReadAsync(DeskRoutes.EventCoverage(e.Code));

        var row = new HtmlParser().ParseDocument(page).QuerySelectorAll("tbody tr")
            .First(row => row.QuerySelector("th")!.TextContent.Trim() == "五（1）班").QuerySelectorAll("td").Select(td => td.TextContent);
        Assert.Equal(["45", "1", "1", "–", "1（2%）"], row.Take(5));
    }

    [Fact]
    public async Task A_share_is_never_more_than_all_and_never_all_while_a_pupil_is_missing()
    {
        var e = await app.SeedEventAsync();
        await using (var db = app.OpenStore())
        {
            var school = await db.Classes.Where(c => c.Id == e.Primary).Select(c => c.SchoolId)
                .SingleAsync(TestContext.Current.CancellationToken);
            foreach (var group in await db.Classes.Where(c => c.SchoolId == school).ToListAsync(TestContext.Current.CancellationToken))
                group.Expect(group.Id == e.Primary ? 2 : 1);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        await app.Get<PublishedEvents>().ChangedAsync(e.Id, TestContext.Current.CancellationToken);
        using var phone = app.CreateClient();
        foreach (var child in new[] { "王小明", "王小红", "陈一" }) // one more than the class has; of the other class nobody
            await phone.SignedAsync(e, child, "王芳");
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);

        var page = await desk.ReadAsync(DeskRoutes.EventCoverage(e.Code));

        var rows = new HtmlParser().ParseDocument(page).QuerySelectorAll("tbody tr")
            .ToDictionary(
                row => row.QuerySelector("th")!.TextContent.Trim(), row => row.QuerySelectorAll("td").ElementAt(3).TextContent);
        Assert.Equal("3（100%）", rows["五（1）班"]);
        Assert.Equal("3（66%）", rows["大塘冲小学"]); // 2 of 3: who is not on the list stands for nobody of the other class
    }

    [Fact]
    public async Task Names_are_shown_with_the_right_to_them_and_a_reason_which_the_audit_log_keeps()
    {
        var e = await app.SeedEventAsync();
        await app.SeedRosterAsync(e, e.Primary, (1, "王小明"), (2, "王小红"));
        var here = DeskRoutes.CoverageNames(e.Code, e.Primary);
        var observer = await DeskVisitor.SignInAsync(app, e.Organization, OrganizerRole.Observer);
        Assert.NotEqual(System.Net.HttpStatusCode.OK, (await observer.GetAsync(here)).StatusCode);
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        Assert.DoesNotContain("王小明", await organizer.ReadAsync(here), StringComparison.Ordinal);

        var without = await DeskVisitor.TextAsync(await organizer.SendAsync(here, ("Reason", null)));
        Assert.Contains("请选一个原因", without, StringComparison.Ordinal);
        Assert.DoesNotContain("王小明", without, StringComparison.Ordinal);
        var shown = await DeskVisitor.TextAsync(await organizer.SendAsync(here, ("Reason", "ForTeacher")));

        Assert.Contains("王小明", shown, StringComparison.Ordinal);
        await using var db = app.OpenStore();
        var line = await db.AuditEntries.AsNoTracking().OrderBy(a => a.Sequence)
            .LastAsync(a => a.EventCode == e.Code, TestContext.Current.CancellationToken);
        Assert.Equal((AuditAction.NamesViewed, AuditReason.ForTeacher, e.Primary, 2), (line.Action, line.Reason, line.ClassId, line.Count));
    }

    [Fact]
    public async Task A_school_without_an_event_appears_as_such_beside_those_that_have_one()
    {
        var e = await app.SeedEventAsync();
        await app.SeedRosterAsync(e, e.Primary, (1, "王小明"));
        await using (var db = app.OpenStore())
        {
            var community = await db.Organizations.SingleAsync(o => o.Id == e.Organization, TestContext.Current.CancellationToken);
            var school = new Organization("清溪小学", OrganizationKind.School, community);
            db.AddRange(school, new ClassGroup(school, 3, 1));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        using var phone = app.CreateClient();
        await phone.SignedAsync(e);
        var observer = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Observer);

        var page = await observer.ReadAsync(DeskRoutes.SchoolsCoverage(e.District));

        var rows = new HtmlParser().ParseDocument(page).QuerySelectorAll("tbody tr")
            .Select(row => (row.QuerySelector("th")!.TextContent.Trim(),
                string.Join(' ', row.QuerySelectorAll("td").Select(td => td.TextContent)))).ToList();
        Assert.Contains(("清溪小学", "还没有活动 – 0"), rows);
        Assert.Contains(("三（1）班", "还没有活动 – 0"), rows);
        Assert.Contains(("五（1）班", "1 1 1"), rows);
        Assert.Contains("1所学校还没有活动", page, StringComparison.Ordinal);
    }
}
