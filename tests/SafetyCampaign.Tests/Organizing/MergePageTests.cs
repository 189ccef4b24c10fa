using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Tests.Organizing;

/// <summary>Two organizations become one: nothing that was signed is lost, and nothing collides unseen.</summary>
public abstract class MergePageTests(CampaignApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_school_gives_its_classes_and_accounts_to_another_and_is_archived()
    {
        var e = await app.SeedEventAsync();
        using var phone = app.CreateClient();
        await phone.SignedAsync(e);
        var (from, to) = (await SchoolOfAsync(e.Primary), await AddSchoolAsync(e, ClassName.OfGrade(5, 1), ClassName.OfGrade(6, 1)));
        var account = await DeskVisitor.AddAccountAsync(app, $"老师{e.Code}", from);
        var administrator = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);
        var page = $"/organize/organizations/{from}/merge";

        var refused = await DeskVisitor.TextAsync(
            await administrator.SendAsync(page, ("Target", $"{to}"), ("Confirmation", "别的学校")));
        Assert.Contains("什么都还没有合并", refused);
        Assert.All(["班级：2个", "账号：1个", "value=\"别的学校\""], shown => Assert.Contains(shown, refused));
        var done = await administrator.SendAsync(page, ("Target", $"{to}"), ("Confirmation", " 大塘冲小学 "));

        Assert.Equal($"/organize/organizations/{to}", done.Headers.Location?.ToString());
        Assert.Contains("“大塘冲小学”已并入“另一小学”", await administrator.ReadAsync($"/organize/organizations/{to}"));
        await using var db = app.OpenStore();
        Assert.Equal([e.Primary, e.OtherPrimary], (await db.Classes.Where(c => c.SchoolId == to && c.Grade == 5).Select(c => c.Id)
            .ToListAsync(Cancellation)).Order());
        Assert.Equal(3, await db.Classes.CountAsync(c => c.SchoolId == to, Cancellation));
        Assert.Equal(to, (await db.Users.SingleAsync(o => o.Id == account, Cancellation)).OrganizationId);
        Assert.NotNull((await db.Organizations.SingleAsync(o => o.Id == from, Cancellation)).ArchivedAt);
        Assert.True(await db.AuditEntries.AnyAsync(
            a => a.Action == AuditAction.OrganizationsMerged && a.Subject == "大塘冲小学" && a.Detail == "另一小学", Cancellation));
        // Phones name the school anew; who has signed is counted for the same class.
        Assert.Contains("另一小学", await phone.GetStringAsync($"/api/events/{e.Code}", Cancellation));
        Assert.Equal(2, await phone.PeopleAsync(e.Code));
        Assert.Equal(0, await app.Get<TallyRecount>().RunAsync(Cancellation));
        Assert.Contains("没有可以并入的组织", await administrator.ReadAsync($"/organize/organizations/{e.Organization}/merge"));
    }

    [Fact]
    public async Task Classes_of_one_name_that_are_used_in_both_are_named_and_nothing_is_merged()
    {
        var e = await app.SeedEventAsync();
        var (from, to) = (await SchoolOfAsync(e.Primary), await AddSchoolAsync(e, ClassName.OfGrade(5, 1), ClassName.OfGrade(5, 2)));
        await using (var db = app.OpenStore())
        {
            var gathering = await db.Events.Include(x => x.Classes).SingleAsync(x => x.Id == e.Id, Cancellation);
            gathering.Invite([.. gathering.Classes, await db.Classes.SingleAsync(c => c.SchoolId == to && c.Number == 1, Cancellation)]);
            await db.SaveChangesAsync(Cancellation);
        }
        var administrator = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);

        var page = await DeskVisitor.TextAsync(await administrator.SendAsync(
            $"/organize/organizations/{from}/merge", ("Target", $"{to}"), ("Confirmation", "大塘冲小学")));

        Assert.Contains("有同名的班级，没有合并", page);
        Assert.Contains("<li>五（1）班</li>", page);
        Assert.DoesNotContain("<li>五（2）班</li>", page); // unused in the other
        await using var after = app.OpenStore();
        Assert.Equal((2, 2), (await after.Classes.CountAsync(c => c.SchoolId == from, Cancellation),
            await after.Classes.CountAsync(c => c.SchoolId == to, Cancellation)));
        Assert.Null((await after.Organizations.SingleAsync(o => o.Id == from, Cancellation)).ArchivedAt);
    }

    [Fact]
    public async Task A_community_gives_its_schools_and_events_and_schools_of_other_stages_stay_apart()
    {
        var e = await app.SeedEventAsync();
        int other, school;
        await using (var db = app.OpenStore())
        {
            var street = (await db.Organizations.Include(o => o.Parent).SingleAsync(o => o.Id == e.Organization, Cancellation)).Parent!;
            var community = new Organization("袁家湾社区", OrganizationKind.Community, street);
            var senior = new Organization("高中", OrganizationKind.School, street);
            senior.SetStage(SchoolStage.Senior);
            db.AddRange(community, senior);
            await db.SaveChangesAsync(Cancellation);
            (other, school) = (community.Id, senior.Id);
        }
        var primary = await SchoolOfAsync(e.Primary);
        var administrator = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);
        Assert.Contains("学段不一样", await DeskVisitor.TextAsync(await administrator.SendAsync(
            $"/organize/organizations/{primary}/merge", ("Target", $"{school}"), ("Confirmation", "大塘冲小学"))));

        await administrator.SendAsync(
            $"/organize/organizations/{e.Organization}/merge", ("Target", $"{other}"), ("Confirmation", "大塘冲社区"));

        await using var after = app.OpenStore();
        var (moved, target) = (await after.Organizations.SingleAsync(o => o.Id == primary, Cancellation),
            await after.Organizations.SingleAsync(o => o.Id == other, Cancellation));
        Assert.Equal((other, $"{target.Path}{primary}/"), (moved.ParentId, moved.Path));
        var noted = await after.OrganizationMoves.SingleAsync(m => m.OrganizationId == primary, Cancellation);
        Assert.Equal(("大塘冲社区", "袁家湾社区"), (noted.From, noted.To));
        var holder = await DeskVisitor.SignInAsync(app, other);
        Assert.Equal(HttpStatusCode.OK, (await holder.GetAsync($"/organize/events/{e.Code}")).StatusCode);
        Assert.Contains("袁家湾社区", await holder.ReadAsync($"/organize/events/{e.Code}"));
    }

    private async Task<int> SchoolOfAsync(int group)
    {
        await using var db = app.OpenStore();
        return await db.Classes.Where(c => c.Id == group).Select(c => c.SchoolId).SingleAsync(Cancellation);
    }

    private async Task<int> AddSchoolAsync(SeededEvent e, params ClassName[] classes)
    {
        await using var db = app.OpenStore();
        var school = new Organization(
            "另一小学", OrganizationKind.School, await db.Organizations.FindAsync([e.Organization], Cancellation));
        db.Add(school);
        db.AddRange(classes.Select(name => new ClassGroup(school, name, null)));
        await db.SaveChangesAsync(Cancellation);
        return school.Id;
    }
}

public sealed class MergePageOnSqliteTests(CampaignApp app) : MergePageTests(app), IClassFixture<CampaignApp>;

public sealed class MergePageOnPostgresTests(PostgresApp app) : MergePageTests(app.Required), IClassFixture<PostgresApp>;
