using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Organizing;

/// <summary>A school whose classes take part in another organization's event sees that event and its own classes' numbers.</summary>
public sealed class ParticipationPageTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(OrganizerRole.Observer)]
    [InlineData(OrganizerRole.Administrator)]
    public async Task The_school_sees_the_event_and_its_own_numbers_and_nothing_of_the_others(OrganizerRole role)
    {
        var e = await app.SeedEventAsync(title: "社区的活动");
        using (var phone = app.CreateClient())
        {
            await phone.SignedAsync(e); // its class, of which so few are shown to nobody else
            await phone.SignAsync(e.Code, Signing.Alone("student", e.Senior, "何年年")); // another school's
            await phone.SignAsync(e.Code, Signing.Alone("teacher"));
        }
        var school = await DeskVisitor.SignInAsync(app, await SchoolOfAsync(e.Primary), role);
        var address = $"/organize/participations/{e.Code}";

        var list = await school.ReadAsync("/organize");
        Assert.Contains("参加的活动", list);
        Assert.Matches($"href=\"{address}\">社区的活动</a>", list);
        Assert.Contains("参加班级2个", list);
        Assert.Contains("<span class=\"people\">2人</span>", list);

        var page = await school.ReadAsync(address);
        Assert.All(["社区的活动", "社区广场", "大塘冲社区", "大塘冲小学", "五（1）班", "五（2）班", $"/e/{e.Code}/rules"], shown =>
            Assert.Contains(shown, page));
        Assert.Matches("签名人数</dt><dd>2<", page);
        Assert.All(["大塘冲中学", "高一", "王小明", "何年年", "李老师", "/host/", $"/organize/events/{e.Code}"], hidden =>
            Assert.DoesNotContain(hidden, page));
        foreach (var closed in new[] { "", "/signers", "/review", "/hosts", "/poster" })
            Assert.NotEqual(HttpStatusCode.OK, (await school.GetAsync($"/organize/events/{e.Code}{closed}")).StatusCode);
    }

    [Fact]
    public async Task What_comes_next_stands_first_and_what_is_past_last()
    {
        var first = await app.SeedEventAsync(title: "明天的活动", startsAt: DateTimeOffset.UtcNow.AddDays(1));
        var code = new Dictionary<string, int> { ["后年的活动"] = 700, ["去年的活动"] = -365, ["下周的活动"] = 7, ["上周的活动"] = -7 };
        await using (var db = app.OpenStore())
        {
            var group = await db.Classes.SingleAsync(c => c.Id == first.Primary, Cancellation);
            var campaign = await db.Campaigns.Include(c => c.Organization).SingleAsync(c => c.Id == first.CampaignId, Cancellation);
            foreach (var (title, days) in code)
            {
                var start = DateTimeOffset.UtcNow.AddDays(days);
                var other = new CampaignEvent(campaign, campaign.Organization, title, "社区广场", start, start.AddHours(2));
                other.Invite([group]);
                other.Publish();
                db.Add(other);
            }
            await db.SaveChangesAsync(Cancellation);
        }
        var school = await DeskVisitor.SignInAsync(app, await SchoolOfAsync(first.Primary));

        var list = await school.ReadAsync("/organize");

        string[] order = ["明天的活动", "下周的活动", "后年的活动", "上周的活动", "去年的活动"];
        Assert.Equal(order, order.OrderBy(title => list.IndexOf($">{title}</a>", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task To_whom_no_class_of_it_belongs_the_event_is_not_there()
    {
        var (e, other) = (await app.SeedEventAsync(), await app.SeedEventAsync());
        var stranger = await DeskVisitor.SignInAsync(app, await SchoolOfAsync(other.Primary));
        var bystander = await DeskVisitor.SignInAsync(app, await AddSchoolAsync(e)); // of the same community, without a class in it

        foreach (var visitor in new[] { stranger, bystander })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/organize/participations/{e.Code}")).StatusCode);
            Assert.DoesNotContain(e.Code, await visitor.ReadAsync("/organize"));
        }
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("/organize/participations/nothing")).StatusCode);
        // Whoever holds it has its own page.
        var holder = await DeskVisitor.SignInAsync(app, e.Organization);
        Assert.Equal($"/organize/events/{e.Code}",
            (await holder.GetAsync($"/organize/participations/{e.Code}")).Headers.Location!.ToString());
        Assert.DoesNotContain("参加的活动", await holder.ReadAsync("/organize"));
    }

    [Fact]
    public async Task A_draft_shows_once_it_is_published_and_an_archived_event_leaves_the_list()
    {
        var e = await app.SeedEventAsync(EventState.Draft, isPublic: false);
        var school = await DeskVisitor.SignInAsync(app, await SchoolOfAsync(e.Primary));
        var address = $"/organize/participations/{e.Code}";
        Assert.Equal(HttpStatusCode.NotFound, (await school.GetAsync(address)).StatusCode);
        Assert.DoesNotContain(e.Code, await school.ReadAsync("/organize"));

        await app.ChangeEventAsync(e.Id, x => x.Publish());
        Assert.Contains("还没有开放签名", await school.ReadAsync(address));
        Assert.Contains(e.Code, await school.ReadAsync("/organize"));

        await app.ChangeEventAsync(e.Id, x => x.Archive(DateTimeOffset.UtcNow));
        Assert.DoesNotContain(e.Code, await school.ReadAsync("/organize"));
        Assert.Equal(HttpStatusCode.OK, (await school.GetAsync(address)).StatusCode);
    }

    private async Task<int> SchoolOfAsync(int group)
    {
        await using var db = app.OpenStore();
        return await db.Classes.Where(c => c.Id == group).Select(c => c.SchoolId).SingleAsync(Cancellation);
    }

    private async Task<int> AddSchoolAsync(SeededEvent e)
    {
        await using var db = app.OpenStore();
        var school = new Organization("新建小学", OrganizationKind.School, await db.Organizations.FindAsync([e.Organization], Cancellation));
        db.Add(new ClassGroup(school, 5, 1));
        await db.SaveChangesAsync(Cancellation);
        return school.Id;
    }
}
