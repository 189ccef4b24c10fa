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
    public async Task Classes_are_added_in_one_go_and_those_there_are_left_alone()
    {
        var (e, administrator) = await SignInAsync();
        var page = await SchoolPageAsync(e);

        await administrator.PostAsync($"{page}?handler=AddClasses",
            [.. await FormAsync(administrator, page), ("Grade", "5"), ("Count", "4"), ("Pupils", "50")]);

        Assert.Contains("添加了2个班", await administrator.ReadAsync(page));
        await using var db = app.OpenStore();
        var classes = await db.Classes.Where(c => c.School.Classes.Any(other => other.Id == e.Primary)).OrderBy(c => c.Number)
            .ToListAsync(Cancellation);
        Assert.Equal([(1, 45), (2, null), (3, 50), (4, 50)], classes.Select(c => (c.Number, c.Expected)));
    }

    [Theory]
    [InlineData("AddClasses", "Count", "0", "班数请填1到99")]
    [InlineData("AddClasses", "Count", "100", "班数请填1到99")]
    [InlineData("AddClasses", "Count", "很多", "“很多”这里不能这样填")]
    [InlineData("Rename", "Kind", "Church", "“Church”这里不能这样填")]
    [InlineData("AddClasses", "Pupils", "100", "人数请填1到99")]
    [InlineData("Rename", "Name", "  ", "请填写组织名称")]
    [InlineData("Rename", "Kind", "Street", "这所学校已有班级")]
    [InlineData("Expect", "Expected[{class}]", "150", "五（1）班：人数请填1到99")]
    [InlineData("Expect", "Expected[{class}]", "很多", "五（1）班：人数请填1到99")]
    public async Task What_is_wrong_is_said_and_kept(string act, string field, string value, string said)
    {
        var (e, administrator) = await SignInAsync();
        var page = await SchoolPageAsync(e);

        var answer = await administrator.PostAsync($"{page}?handler={act}",
            [.. await FormAsync(administrator, page), ("Name", "大塘冲小学"), ("Grade", "5"), ("Count", "1"),
                (field.Replace("{class}", $"{e.Primary}"), value)]);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var text = await DeskVisitor.TextAsync(answer);
        Assert.Contains(said, text);
        if (!string.IsNullOrWhiteSpace(value) && field != "Kind")
            Assert.Contains($"\"{value}\"", text);
    }

    [Fact]
    public async Task Renamed_schools_and_new_sizes_reach_the_phones()
    {
        var (e, administrator) = await SignInAsync();
        var page = await SchoolPageAsync(e);

        await administrator.PostAsync($"{page}?handler=Rename",
            [.. await FormAsync(administrator, page), ("Name", "改名小学"), ("Kind", "School")]);
        await administrator.PostAsync($"{page}?handler=Expect",
            [.. await FormAsync(administrator, page), ($"Expected[{e.OtherPrimary}]", "38")]);

        var published = await app.Get<PublishedEvents>().FindAsync(e.Code, Cancellation);
        Assert.Equal(("改名小学", 38), (published!.ClassOf(e.OtherPrimary)!.School, published.ClassOf(e.OtherPrimary)!.Expected));
    }

    [Fact]
    public async Task A_class_that_an_event_has_invited_stays()
    {
        var (e, administrator) = await SignInAsync();
        var page = await SchoolPageAsync(e);
        await administrator.PostAsync($"{page}?handler=AddClasses",
            [.. await FormAsync(administrator, page), ("Grade", "6"), ("Count", "1")]);
        int unused;
        await using (var db = app.OpenStore())
            unused =
                (await db.Classes.SingleAsync(c => c.Grade == 6 && c.School.Classes.Any(other => other.Id == e.Primary), Cancellation)).Id;

        var kept = await administrator.PostAsync($"{page}?handler=RemoveClass",
            [.. await FormAsync(administrator, page), ("classId", $"{e.Primary}")]);
        var removed = await administrator.PostAsync($"{page}?handler=RemoveClass",
            [.. await FormAsync(administrator, page), ("classId", $"{unused}")]);

        Assert.Contains("五（1）班已有活动选用", await DeskVisitor.TextAsync(kept));
        Assert.Equal(HttpStatusCode.Redirect, removed.StatusCode);
        await using var after = app.OpenStore();
        Assert.Equal([e.Primary], await after.Classes.Where(c => c.Id == e.Primary || c.Id == unused).Select(c => c.Id)
            .ToListAsync(Cancellation));
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

    private async Task<string> SchoolPageAsync(SeededEvent e)
    {
        await using var db = app.OpenStore();
        return $"/organize/organizations/{(await db.Classes.SingleAsync(c => c.Id == e.Primary, Cancellation)).SchoolId}";
    }

    /// <summary>What every form of the page sends with it.</summary>
    private static async Task<IEnumerable<(string, string?)>> FormAsync(DeskVisitor visitor, string page) =>
        DeskVisitor.Form(await visitor.ReadAsync(page)).Where(field => field.Name == "__RequestVerificationToken");
}
