using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Organizing;

public sealed class OrganizationPagesTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_school_is_added_below_its_community()
    {
        var (e, administrator) = await SignInAsync();
        var page = $"/organize/organizations/{e.Organization}";

        await administrator.PostAsync($"{page}?handler=AddBelow",
            [.. await FormAsync(administrator, page), ("BelowName", " 新建小学 "), ("BelowKind", "School")]);

        Assert.Contains("已添加“新建小学”", await administrator.ReadAsync(page));
        await using var db = app.OpenStore();
        var parent = await db.Organizations.SingleAsync(o => o.Id == e.Organization, Cancellation);
        Assert.StartsWith(parent.Path, (await db.Organizations.SingleAsync(o => o.Name == "新建小学", Cancellation)).Path,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_one_of_the_same_name_is_asked_about()
    {
        var (e, administrator) = await SignInAsync();
        var page = $"/organize/organizations/{e.Organization}";
        var form = await FormAsync(administrator, page);
        (string, string?)[] typed = [("BelowName", "同名小学"), ("BelowKind", "School")];
        await administrator.PostAsync($"{page}?handler=AddBelow", [.. form, .. typed]);

        var asked = await administrator.PostAsync($"{page}?handler=AddBelow", [.. form, .. typed]);
        Assert.Contains("这里已经有“同名小学”了", await DeskVisitor.TextAsync(asked));
        await administrator.PostAsync($"{page}?handler=AddBelow", [.. form, .. typed, ("SameNameIsMeant", "true")]);

        await using var db = app.OpenStore();
        Assert.Equal(2, await db.Organizations.CountAsync(o => o.Name == "同名小学", Cancellation));
    }

    [Fact]
    public async Task When_several_press_at_the_same_moment_one_is_first_and_the_others_see_how_it_stands_now()
    {
        var (e, administrator) = await SignInAsync();
        foreach (var act in new[] { "Archive", "Restore", "Remove" })
        {
            await using var db = app.OpenStore();
            var parent = await db.Organizations.SingleAsync(o => o.Id == e.Organization, Cancellation);
            var bare = db.Organizations.Add(new Organization($"没有东西的组织{act}", OrganizationKind.Community, parent)).Entity;
            await db.SaveChangesAsync(Cancellation);
            var page = $"/organize/organizations/{bare.Id}";
            var form = await FormAsync(administrator, page);

            var answers = await Task.WhenAll(
                Enumerable.Range(0, 12).Select(_ => administrator.PostAsync($"{page}?handler={act}", [.. form])));

            Assert.All(answers, answer =>
                Assert.True(answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.NotFound, $"{act}: {answer.StatusCode}"));
        }
    }

    [Theory]
    [InlineData("Rename", "Kind", "Church", "“Church”这里不能这样填")]
    [InlineData("Rename", "Name", "  ", "请填写组织名称")]
    [InlineData("Rename", "Kind", "Street", "这所学校已有班级")]
    public async Task What_is_wrong_is_said_and_kept(string act, string field, string value, string said)
    {
        var (e, administrator) = await SignInAsync();
        var page = await SchoolPageAsync(e);

        var answer = await administrator.PostAsync($"{page}?handler={act}",
            [.. await FormAsync(administrator, page), ("Name", "大塘冲小学"), (field, value)]);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var text = await DeskVisitor.TextAsync(answer);
        Assert.Contains(said, text);
        if (!string.IsNullOrWhiteSpace(value) && field != "Kind")
            Assert.Contains($"\"{value}\"", text);
    }

    [Fact]
    public async Task A_renamed_school_reaches_the_phones_and_of_two_who_rename_it_the_second_is_told()
    {
        var (e, administrator) = await SignInAsync();
        var page = await SchoolPageAsync(e);
        var form = await FormAsync(administrator, page);

        await administrator.PostAsync($"{page}?handler=Rename", [.. form, ("Name", "改名小学"), ("Kind", "School")]);
        var second = await DeskVisitor.TextAsync(
            await administrator.PostAsync($"{page}?handler=Rename", [.. form, ("Name", "另一个名字"), ("Kind", "School")]));

        Assert.Contains("别人刚保存过这里", second);
        Assert.Contains("value=\"另一个名字\"", second);
        Assert.Contains("<h1>改名小学</h1>", second);
        Assert.Equal("改名小学", (await app.Get<PublishedEvents>().FindAsync(e.Code, Cancellation))!.ClassOf(e.OtherPrimary)!.School);
    }

    [Fact]
    public async Task Only_an_organization_on_which_nothing_hangs_is_removed()
    {
        var (e, administrator) = await SignInAsync();
        int mistake;
        await using (var db = app.OpenStore())
        {
            var added = new Organization("多加的学校", OrganizationKind.School,
                await db.Organizations.SingleAsync(o => o.Id == e.Organization, Cancellation));
            db.Add(added);
            await db.SaveChangesAsync(Cancellation);
            mistake = added.Id;
        }

        var removed = await administrator.PostAsync($"/organize/organizations/{mistake}?handler=Remove",
            await FormAsync(administrator, "/organize/password"));
        var kept = await administrator.PostAsync($"/organize/organizations/{e.Organization}?handler=Remove",
            await FormAsync(administrator, "/organize/password"));

        Assert.Equal($"/organize/organizations/{e.Organization}", removed.Headers.Location?.ToString());
        Assert.Contains("不能删除", await DeskVisitor.TextAsync(kept));
        Assert.Equal(HttpStatusCode.NotFound, (await administrator.GetAsync($"/organize/organizations/{mistake}")).StatusCode);
    }

    [Fact]
    public async Task A_moved_organization_takes_all_below_it_along_and_its_history_keeps_the_day()
    {
        var (e, administrator) = await SignInAsync();
        var street = await AddAsync(e.District, "新的街道", OrganizationKind.Street);
        var other = await app.SeedEventAsync();
        var page = $"/organize/organizations/{e.Organization}";

        var stolen = await administrator.PostAsync($"{page}?handler=Move",
            [.. await FormAsync(administrator, page), ("Place", $"{other.District}")]);
        var below = await administrator.PostAsync($"{page}?handler=Move",
            [.. await FormAsync(administrator, page), ("Place", $"{(await SchoolPageAsync(e)).Split('/')[^1]}")]);
        var moved = await administrator.PostAsync($"{page}?handler=Move",
            [.. await FormAsync(administrator, page), ("Place", $"{street}")]);

        Assert.Contains("请选一个现在能移过去的组织", await DeskVisitor.TextAsync(stolen));
        Assert.Contains("请选一个现在能移过去的组织", await DeskVisitor.TextAsync(below));
        Assert.Equal(HttpStatusCode.Redirect, moved.StatusCode);
        var text = await administrator.ReadAsync(page);
        Assert.Contains("从“贺家土街道”移到“新的街道”下面", text);
        await using var db = app.OpenStore();
        var path = (await db.Organizations.SingleAsync(o => o.Id == e.Organization, Cancellation)).Path;
        Assert.Equal($"/{e.District}/{street}/{e.Organization}/", path);
        var school = (await db.Classes.Include(c => c.School).SingleAsync(c => c.Id == e.Primary, Cancellation)).School;
        Assert.Equal($"{path}{school.Id}/", school.Path);
        Assert.Equal(path, (await app.Get<PublishedEvents>().FindAsync(e.Code, Cancellation))!.OrganizationPath);
        var reaches = await DeskVisitor.SignInAsync(app, street);
        Assert.Equal(HttpStatusCode.OK, (await reaches.GetAsync($"/organize/events/{e.Code}")).StatusCode);
        Assert.Equal("新的街道", (await db.AuditEntries.OrderByDescending(a => a.Sequence)
            .FirstAsync(a => a.Action == AuditAction.OrganizationMoved, Cancellation)).Detail);
    }

    [Fact]
    public async Task The_topmost_within_reach_is_not_archived_and_archiving_twice_is_written_once()
    {
        var (e, administrator) = await SignInAsync();
        var top = $"/organize/organizations/{e.District}";
        var community = $"/organize/organizations/{await AddAsync(e.Organization, "旧社区", OrganizationKind.Community)}";
        await using var db = app.OpenStore();

        var refused = await administrator.PostAsync($"{top}?handler=Archive", await FormAsync(administrator, top));
        foreach (var act in new[] { "Archive", "Archive", "Restore", "Restore" })
            await administrator.PostAsync($"{community}?handler={act}", await FormAsync(administrator, community));

        Assert.Contains("是你能管理的最上一级组织", await DeskVisitor.TextAsync(refused));
        Assert.Null((await db.Organizations.SingleAsync(o => o.Id == e.District, Cancellation)).ArchivedAt);
        Assert.Equal([AuditAction.OrganizationArchived, AuditAction.OrganizationRestored], await db.AuditEntries
            .Where(a => a.OrganizationName == "旧社区" && a.Action != AuditAction.OrganizationCreated)
            .OrderBy(a => a.Sequence).Select(a => a.Action).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task What_has_come_to_hang_on_an_organization_since_the_look_keeps_it_from_being_removed()
    {
        var (e, administrator) = await SignInAsync();
        var id = await AddAsync(e.Organization, "挂住的社区", OrganizationKind.Community);
        var page = $"/organize/organizations/{id}";
        await using var db = app.OpenStore();
        // As the key of a row that was added at that moment does.
        var hung = $"CREATE TRIGGER hung BEFORE DELETE ON organizations WHEN OLD.Id = {id} BEGIN SELECT RAISE(ABORT, 'hung'); END";
        await db.Database.ExecuteSqlRawAsync(hung, Cancellation);

        var answer = await administrator.PostAsync($"{page}?handler=Remove", await FormAsync(administrator, page));

        Assert.Contains("不能删除", await DeskVisitor.TextAsync(answer));
        await db.Database.ExecuteSqlRawAsync("DROP TRIGGER hung", Cancellation);
    }

    [Fact]
    public async Task What_is_archived_is_offered_for_nothing_new_until_it_is_restored()
    {
        var (e, administrator) = await SignInAsync();
        var school = await AddAsync(e.Organization, "旧小学", OrganizationKind.School);
        await using (var db = app.OpenStore())
        {
            db.Add(new ClassGroup(await db.Organizations.SingleAsync(o => o.Id == school, Cancellation), 1, 1));
            await db.SaveChangesAsync(Cancellation);
        }
        var page = $"/organize/organizations/{school}";

        await administrator.PostAsync($"{page}?handler=Archive", await FormAsync(administrator, page));

        Assert.Contains("已归档", await administrator.ReadAsync("/organize/organizations"));
        foreach (var chooser in new[] { $"/organize/events/{e.Code}/classes", "/organize/events/new", "/organize/accounts/new" })
            Assert.DoesNotContain("旧小学", await administrator.ReadAsync(chooser));
        Assert.Contains("大塘冲小学", await administrator.ReadAsync($"/organize/events/{e.Code}/classes"));

        await administrator.PostAsync($"{page}?handler=Restore", await FormAsync(administrator, page));

        Assert.Contains("旧小学", await administrator.ReadAsync($"/organize/events/{e.Code}/classes"));
    }

    /// <summary>One above it, too, which its account cannot see.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whose_own_organization_is_archived_is_told_so_where_an_event_would_be_created(bool above)
    {
        var (e, _) = await SignInAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization, OrganizerRole.Administrator);
        await using (var db = app.OpenStore())
        {
            (await db.Organizations.SingleAsync(o => o.Id == (above ? e.District : e.Organization), Cancellation))
                .Archive(DateTimeOffset.UtcNow);
            await db.SaveChangesAsync(Cancellation);
        }

        foreach (var start in new[] { "template", "copy" })
            Assert.Contains("所属组织或它的上级组织已归档", await organizer.ReadAsync($"/organize/events/new?start={start}"));
        using var sent = await organizer.SendAsync("/organize/events/new?start=template");
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await organizer.GetAsync("/organize/accounts/new")).StatusCode);
    }

    [Fact]
    public async Task An_organizer_sees_the_tree_without_the_forms()
    {
        var (e, _) = await SignInAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        Assert.DoesNotContain("handler=AddBelow", await organizer.ReadAsync($"/organize/organizations/{e.Organization}"));
        Assert.DoesNotContain("荷塘区", await organizer.ReadAsync("/organize/organizations"));
    }

    private async Task<(SeededEvent, DeskVisitor)> SignInAsync()
    {
        var e = await app.SeedEventAsync();
        return (e, await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator));
    }

    private async Task<int> AddAsync(int parent, string name, OrganizationKind kind)
    {
        await using var db = app.OpenStore();
        var added = new Organization(name, kind, await db.Organizations.SingleAsync(o => o.Id == parent, Cancellation));
        db.Add(added);
        await db.SaveChangesAsync(Cancellation);
        return added.Id;
    }

    private async Task<string> SchoolPageAsync(SeededEvent e)
    {
        await using var db = app.OpenStore();
        return $"/organize/organizations/{(await db.Classes.SingleAsync(c => c.Id == e.Primary, Cancellation)).SchoolId}";
    }

    /// <summary>What every form of the page sends with it.</summary>
    private static async Task<IEnumerable<(string, string?)>> FormAsync(DeskVisitor visitor, string page) =>
        DeskVisitor.Form(await visitor.ReadAsync(page)).Where(field => field.Name is "__RequestVerificationToken" or "SeenRevision");
}
