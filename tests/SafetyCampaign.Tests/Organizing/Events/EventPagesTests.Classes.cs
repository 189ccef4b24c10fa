using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Organizing.Events;

/// <summary>The classes that take part.</summary>
public sealed partial class EventPagesTests
{
    [Fact]
    public async Task A_class_with_signatures_stays_and_the_page_says_why()
    {
        var e = await app.SeedEventAsync();
        await app.CreateClient().SignAsync(e.Code, Signing.Family(e));
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var address = $"/organize/events/{e.Code}/classes";
        var form = DeskVisitor.Form(await organizer.ReadAsync(address)).Where(f => f.Name != "Invited").ToList();

        var page = await DeskVisitor.TextAsync(await organizer.PostAsync(address, [.. form, ("Invited", $"{e.Junior}")]));
        Assert.Contains("大塘冲小学 五（1）班已经有人签名", page);
        await organizer.PostAsync(address, DeskVisitor.Form(page));

        Assert.Equal([e.Primary, e.Junior], (await LoadAsync(e.Code)).Classes.Select(c => c.Id).Order());
    }

    [Fact]
    public async Task A_hundred_classes_are_chosen_by_school_and_by_grade()
    {
        var e = await app.SeedEventAsync(EventState.Draft);
        int school;
        List<int> sevens;
        await using (var db = app.OpenStore())
        {
            school = await db.Classes.Where(c => c.Id == e.Junior).Select(c => c.SchoolId).SingleAsync(Cancellation);
            var junior = await db.Organizations.Include(o => o.Classes).SingleAsync(o => o.Id == school, Cancellation);
            foreach (var (grade, number) in from grade in new[] { 7, 8, 9 } from number in Enumerable.Range(11, 32) select (grade, number))
                junior.Classes.Add(new ClassGroup(junior, grade, number));
            await db.SaveChangesAsync(Cancellation);
            sevens = [.. junior.Classes.Where(c => c.Grade == 7).Select(c => c.Id)];
        }
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var address = $"/organize/events/{e.Code}/classes";
        var opened = await organizer.ReadAsync(address);
        Assert.Contains("已选2个，共98个班", opened); // of more than forty, schools are one line each
        Assert.DoesNotContain("<details class=\"school-classes\" open", opened);

        var all = await PressAsync($"School&school={school}", opened);
        Assert.Contains("已选98个，共98个班", all);
        var fewer = await PressAsync($"Grade&like={e.Junior}", all);
        Assert.Contains("已选65个，共98个班", fewer);
        await organizer.PostAsync(address, DeskVisitor.Form(fewer));

        var invited = (await LoadAsync(e.Code)).Classes;
        Assert.Equal(67, invited.Count);
        Assert.Empty(invited.Select(c => c.Id).Intersect(sevens));

        async Task<string> PressAsync(string button, string page) =>
            await DeskVisitor.TextAsync(await organizer.PostAsync($"{address}?handler={button}", DeskVisitor.Form(page)));
    }

    [Fact]
    public async Task A_class_out_of_reach_stays_invited_by_whoever_invited_it()
    {
        var e = await app.SeedEventAsync();
        var theirs = await app.SeedEventAsync();
        await using (var db = app.OpenStore())
        {
            var gathering = await db.Events.Include(x => x.Classes).SingleAsync(x => x.Id == e.Id, Cancellation);
            gathering.Invite([.. gathering.Classes, (await db.Classes.FindAsync([theirs.Primary], Cancellation))!]);
            await db.SaveChangesAsync(Cancellation);
        }
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var address = $"/organize/events/{e.Code}/classes";
        var form = DeskVisitor.Form(await organizer.ReadAsync(address)).Where(f => f.Name != "Invited").ToList();

        await organizer.PostAsync(address, [.. form, ("Invited", $"{e.Primary}"), ("Invited", $"{theirs.OtherPrimary}")]);

        Assert.Equal([e.Primary, theirs.Primary], (await LoadAsync(e.Code)).Classes.Select(c => c.Id).Order());
    }
}
