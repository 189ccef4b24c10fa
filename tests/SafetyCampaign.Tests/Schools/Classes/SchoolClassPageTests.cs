using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Tests.Schools.Classes;

/// <summary>A class that is renamed, merged or split keeps what it signed; events that are over stay as they were.</summary>
public sealed class SchoolClassPageTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_class_that_is_renamed_keeps_its_pledges_its_list_and_its_link()
    {
        var c = await SignedClass.SeedAsync(app, await app.SeedEventAsync());
        var here = DeskRoutes.SchoolClass(c.School, c.Event.Primary);

        var answer = await c.Organizer.SendAsync($"{here}?handler=Rename", ("Name", "六年级7班"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("五（1）班改名为六（7）班", await c.Organizer.ReadAsync(here));
        Assert.Equal(new ClassTotals(7, 3, 4), c.Of(c.Event.Primary));
        Assert.Equal("5 4 3", (await c.CoverageAsync())["六（7）班"]);
        Assert.Equal("六（7）班 4/5", await c.TeacherSeesAsync());
        Assert.Contains("\"六（7）班\"",
            await c.Phone.GetStringAsync(new Uri($"/api/events/{c.Event.Code}/tally", UriKind.Relative), Cancellation));
        await c.CountPaperAsync(("d4", "withguardian"));
        await c.Phone.SignedAsync(c.Event, "李思雨", "李芳"); // who signed by the relay
        Assert.Equal(new ClassTotals(10, 5, 5), c.Of(c.Event.Primary));
        await c.RecountAsync();
        await using var db = app.OpenStore();
        var line = await db.AuditEntries.AsNoTracking().OrderBy(a => a.Sequence)
            .LastAsync(a => a.Action == AuditAction.ClassRenamed, Cancellation);
        Assert.Equal((c.Event.Primary, null), (line.ClassId, line.Detail));
    }

    [Theory]
    [InlineData("★", "看不懂这个班级名称")]
    [InlineData("五（2）班", "已经有一个班叫这个名称")]
    [InlineData("高一（9）班", "要不要和家长一起签会变")]
    public async Task A_name_that_cannot_be_is_refused_in_words_and_nothing_changes(string name, string words)
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.District);
        var here = DeskRoutes.SchoolClass(await SchoolAsync(e), e.Primary);

        var refused = await DeskVisitor.TextAsync(await organizer.SendAsync($"{here}?handler=Rename", ("Name", name)));

        Assert.Contains(words, refused);
        Assert.Contains($"value=\"{name}\"", refused);
        Assert.Contains("<h1>五（1）班</h1>", await organizer.ReadAsync(here));
    }

    [Fact]
    public async Task A_class_that_is_merged_into_another_takes_its_pupils_links_sheets_and_pledges_along()
    {
        var c = await SignedClass.SeedAsync(app, await app.SeedEventAsync());
        var (from, into) = (c.Event.Primary, c.Event.OtherPrimary);
        await app.SeedRosterAsync(c.Event, into, (1, "周七"), (9, "吴八"));
        var other = Signing.Family(c.Event, "周七", "周母");
        other["classId"] = into;
        (await c.Phone.SignAsync(c.Event.Code, other)).EnsureSuccessStatusCode();
        var people = await c.Phone.PeopleAsync(c.Event.Code);
        var here = DeskRoutes.SchoolClass(c.School, from);

        var shown = await c.Organizer.ReadAsync($"{here}?Into={into}");
        Assert.Contains("名单上5名学生一起过去", shown);
        Assert.Contains("其中1名的座号那边已经有人", shown);
        Assert.Contains("签过的7份承诺一起过去", shown);
        var answer = await c.Organizer.SendAsync($"{here}?Into={into}&handler=Merge");

        Assert.Equal((HttpStatusCode.Redirect, DeskRoutes.SchoolClass(c.School, into)),
            (answer.StatusCode, answer.Headers.Location?.ToString()));
        Assert.Equal(people, await c.Phone.PeopleAsync(c.Event.Code));
        Assert.Equal((new ClassTotals(9, 4, 5), default), (c.Of(into), c.Of(from)));
        var coverage = await c.CoverageAsync();
        Assert.Equal("7 5 4", coverage["五（2）班"]);
        Assert.DoesNotContain("五（1）班", coverage.Keys);
        Assert.Equal("五（2）班 5/7", await c.TeacherSeesAsync()); // by the link of the former class
        // A page, a poster and a device that still name the former class; and who has signed counts once.
        await c.Phone.SignedAsync(c.Event, "赵六", "赵母");
        await c.Phone.SignedAsync(c.Event, "李思雨", "李芳");
        (await c.Phone.SignInClassAsync(c.Secret, "赵六", c.Pupils[4])).EnsureSuccessStatusCode();
        var ofDevice = ClassSigning.Pupil("王小明", c.Pupils[0]);
        ofDevice["classId"] = from;
        (await c.Phone.SendToClassAsync(c.Secret, ofDevice)).EnsureSuccessStatusCode();
        await c.CountPaperAsync(("d4", "withguardian")); // on the sheet of the former class
        Assert.Equal((new ClassTotals(12, 6, 6), default), (c.Of(into), c.Of(from)));
        await c.RecountAsync();
        Assert.Contains("已并入五（2）班", await c.Organizer.ReadAsync(DeskRoutes.SchoolClasses(c.School)));
        await using var db = app.OpenStore();
        Assert.Contains(await db.AuditEntries.Where(a => a.Action == AuditAction.ClassesMerged).ToListAsync(Cancellation),
            a => a.ClassId == from && a.Count == 7 && a.Detail == $"{into}");

        // Parted again by the list with the former classes.
        await c.ImportAsync("五（1）班,1,王小明", "五（1）班,2,李思雨", "五（1）班,3,张伟", "五（1）班,4,陈静", "五（1）班,5,赵六",
            "五（2）班,1,周七", "五（2）班,9,吴八");
        Assert.Equal((new ClassTotals(10, 5, 5), new ClassTotals(2, 1, 1)), (c.Of(from), c.Of(into)));
        Assert.Equal("5 5 5", (await c.CoverageAsync())["五（1）班"]);
        await c.RecountAsync();
    }

    [Fact]
    public async Task A_class_that_is_parted_on_its_page_has_its_pupils_back_with_their_seats_and_with_what_they_signed_before_and_since()
    {
        var c = await SignedClass.SeedAsync(app, await app.SeedEventAsync());
        var (from, into) = (c.Event.Primary, c.Event.OtherPrimary);
        await app.SeedRosterAsync(c.Event, into, (1, "周七"), (9, "吴八"));
        var other = Signing.Family(c.Event, "周七", "周母");
        other["classId"] = into;
        (await c.Phone.SignAsync(c.Event.Code, other)).EnsureSuccessStatusCode();
        var (page, before) = (DeskRoutes.SchoolClass(c.School, from), await ListsAsync());
        var beside = c.Of(into);
        await c.Organizer.SendAsync($"{page}?Into={into}&handler=Merge");
        Assert.Equal(7, (await ListsAsync()).Count(line => line.Contains($" {into} ")));
        (await c.Phone.SignInClassAsync(c.Secret, "赵六", c.Pupils[4])).EnsureSuccessStatusCode(); // while they are merged
        var people = await c.Phone.PeopleAsync(c.Event.Code);

        var told = await c.Organizer.ReadAsync(page);
        Assert.Contains("一起过去的5名学生回到这个班，座号照旧", told);
        Assert.Contains("名单上另外的2名学生留在", MergedClasses.Words(told));
        await c.Organizer.SendAsync($"{page}?handler=Part");

        Assert.Equal(before, await ListsAsync());
        Assert.Equal(beside, c.Of(into));
        Assert.Equal((people - beside.People, 5), (c.Of(from).People, c.Of(from).Students));
        Assert.Equal(people, await c.Phone.PeopleAsync(c.Event.Code));
        Assert.Equal("5 5", string.Join(' ', (await c.CoverageAsync())["五（1）班"].Split(' ').Take(2)));
        await c.RecountAsync();
        // Merged and parted once more, and of an older merge nothing is guessed.
        await c.Organizer.SendAsync($"{page}?Into={into}&handler=Merge");
        await using (var db = app.OpenStore())
            await db.Roster.Where(r => r.ClassId == into)
                .ExecuteUpdateAsync(r => r.SetProperty(x => x.MergedFromId, (int?)null), Cancellation);
        Assert.Contains("名单上的7名学生和他们签的承诺留在", MergedClasses.Words(await c.Organizer.ReadAsync(page)));
        await c.Organizer.SendAsync($"{page}?handler=Part");
        Assert.Equal(7, (await ListsAsync()).Count(line => line.Contains($" {into} ")));

        async Task<List<string>> ListsAsync()
        {
            await using var db = app.OpenStore();
            return await db.Roster.Where(r => r.ClassId == from || r.ClassId == into).OrderBy(r => r.Id)
                .Select(r => $"{r.Name} {r.ClassId} {r.Seat}").ToListAsync(Cancellation);
        }
    }

    [Fact]
    public async Task Of_lists_that_were_merged_one_after_the_other_each_class_takes_its_own_pupils_back()
    {
        var m = await MergedClasses.SeedAsync(app);
        await m.LeaveUnfollowedAsync((classes, e, _) => e.Invite([.. e.Classes, new ClassGroup(classes[0].School, 5, 3)]));
        var last = (await m.TakingPartAsync())[^1];
        await app.SeedRosterAsync(m.Event, m.From, (1, "一班生"));
        await app.SeedRosterAsync(m.Event, m.Into, (1, "二班生"));
        await m.MergeAsync();
        await m.MergeAsync(m.Into, last);

        await m.PartAsync(m.Into);
        Assert.Equal([("一班生", last, null), ("二班生", m.Into, 1)], await PlacesAsync());
        await m.PartAsync(m.From);
        Assert.Equal([("一班生", m.From, 1), ("二班生", m.Into, 1)], await PlacesAsync());

        async Task<List<(string, int, int?)>> PlacesAsync()
        {
            await using var db = app.OpenStore();
            return [.. (await db.Roster.Where(r => r.Class.SchoolId == m.School).OrderBy(r => r.Id).ToListAsync(Cancellation))
                .Select(r => (r.Name, r.ClassId, r.Seat))];
        }
    }

    [Fact]
    public async Task When_merged_classes_are_parted_again_people_on_no_list_go_back_where_they_signed()
    {
        var c = await SignedClass.SeedAsync(app, await app.SeedEventAsync());
        var (from, into) = (c.Event.Primary, c.Event.OtherPrimary);
        await app.SeedRosterAsync(c.Event, into, (1, "周七"));
        await SignAsync(from, "外来生", "外来母");
        await SignAsync(into, "借读生", "借读母");
        var alone = Signing.Alone("volunteer", name: "志愿者");
        alone["classId"] = from;
        (await c.Phone.SignAsync(c.Event.Code, alone)).EnsureSuccessStatusCode();
        var (was, beside) = (c.Of(from), c.Of(into));
        await c.Organizer.SendAsync($"{DeskRoutes.SchoolClass(c.School, from)}?Into={into}&handler=Merge");
        await SignAsync(from, "后来生", "后来母"); // by a page that still names it: signed in the class of now
        Assert.Equal(default, c.Of(from));

        await c.ImportAsync("五（1）班,1,王小明", "五（1）班,2,李思雨", "五（1）班,3,张伟", "五（1）班,4,陈静", "五（1）班,5,赵六", "五（2）班,1,周七");

        Assert.Equal((was, beside.People + 2), (c.Of(from), c.Of(into).People));
        await using var db = app.OpenStore();
        var placed = await db.Pledges.Where(p => p.EventId == c.Event.Id && p.Name != null).ToListAsync(Cancellation);
        Assert.All(new[] { "外来生", "外来母", "志愿者" }, name => Assert.Equal(from, placed.Single(p => p.Name == name).ClassId));
        Assert.All(new[] { "借读生", "借读母", "后来生" }, name => Assert.Equal(into, placed.Single(p => p.Name == name).ClassId));
        await c.RecountAsync();

        async Task SignAsync(int group, string child, string guardian)
        {
            var family = Signing.Family(c.Event, child, guardian);
            family["classId"] = group;
            (await c.Phone.SignAsync(c.Event.Code, family)).EnsureSuccessStatusCode();
        }
    }

    [Fact]
    public async Task Classes_of_which_one_needs_guardians_and_classes_of_two_schools_are_not_merged()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.District);
        int middleSchool;
        await using (var db = app.OpenStore())
            middleSchool = (await db.Classes.SingleAsync(c => c.Id == e.Junior, Cancellation)).SchoolId;
        Assert.Contains("要不要和家长一起签不一样",
            await organizer.ReadAsync($"{DeskRoutes.SchoolClass(middleSchool, e.Junior)}?Into={e.Senior}"));

        var here = DeskRoutes.SchoolClass(await SchoolAsync(e), e.Primary);
        var form = DeskVisitor.Form(await organizer.ReadAsync(here));
        var other = await DeskVisitor.TextAsync(await organizer.PostAsync($"{here}?handler=Merge", [.. form, ("Into", $"{e.Junior}")]));

        Assert.Contains("请选择另一个班", other);
        var stranger = await DeskVisitor.SignInAsync(app, (await app.SeedEventAsync()).District);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(here)).StatusCode);
    }

    [Fact]
    public async Task A_class_that_is_split_by_importing_the_list_anew_gives_each_part_what_its_pupils_signed()
    {
        var c = await SignedClass.SeedAsync(app, await app.SeedEventAsync());
        var people = await c.Phone.PeopleAsync(c.Event.Code);

        await c.ImportAsync("五（1）班,2,李思雨", "五（1）班,5,赵六", "五（9）班,1,王小明", "五（9）班,2,张伟", "五（9）班,3,陈静");

        int made;
        await using (var db = app.OpenStore())
            made = (await db.Roster.SingleAsync(r => r.Id == c.Pupils[2], Cancellation)).ClassId;
        Assert.Equal(people, await c.Phone.PeopleAsync(c.Event.Code));
        // Also the one who signed before there was a list, with the guardians of the three.
        Assert.Equal((new ClassTotals(1, 0, 1), new ClassTotals(6, 3, 3)), (c.Of(c.Event.Primary), c.Of(made)));
        Assert.Equal(("2 1 –", "3 3 3"), ((await c.CoverageAsync())["五（1）班"], (await c.CoverageAsync())["五（9）班"]));
        Assert.Equal("五（1）班 1/2", await c.TeacherSeesAsync());
        var (_, secret) = await app.SeedClassLinkAsync(c.Event, made);
        Assert.Equal("五（9）班 3/3", await c.TeacherSeesAsync(secret));
        (await c.Phone.SignInClassAsync(secret, "张伟", c.Pupils[2])).EnsureSuccessStatusCode(); // on paper already
        Assert.Equal(people, await c.Phone.PeopleAsync(c.Event.Code));
        await c.RecountAsync();
    }

    [Fact]
    public async Task An_event_that_is_over_keeps_names_sizes_and_pledges_of_its_classes_as_they_were()
    {
        var e = await app.SeedEventAsync();
        var c = await SignedClass.SeedAsync(app, e);
        await app.ChangeEventAsync(e.Id, gathering => gathering.Close(app.Get<TimeProvider>().GetUtcNow()));
        var before = await c.CoverageAsync();
        Assert.Equal("5 4 3", before["五（1）班"]);

        await c.Organizer.SendAsync($"{DeskRoutes.SchoolClass(c.School, e.Primary)}?handler=Rename", ("Name", "六（1）班"));
        await c.ImportAsync("六（1）班,2,李思雨", "六（9）班,1,王小明", "六（9）班,2,张伟", "六（9）班,3,陈静", "六（9）班,4,新同学");

        Assert.Equal(before, await c.CoverageAsync());
        Assert.Equal(new ClassTotals(7, 3, 4), c.Of(e.Primary));
        // Opened again it follows the lists, with what was signed as far as the pupils' classes take part.
        await app.ChangeEventAsync(e.Id, gathering => gathering.Open(app.Get<TimeProvider>().GetUtcNow()));
        Assert.Equal("2 4 3", (await c.CoverageAsync())["六（1）班"]);
        await c.ImportAsync("六（1）班,2,李思雨", "六（1）班,5,赵六", "五（2）班,1,王小明", "五（2）班,2,张伟",
            "六（9）班,3,陈静", "六（9）班,4,新同学");
        Assert.Equal(("2 3 2", "2 1 1"), ((await c.CoverageAsync())["六（1）班"], (await c.CoverageAsync())["五（2）班"]));
        await c.RecountAsync();
    }

    private async Task<int> SchoolAsync(SeededEvent e)
    {
        await using var db = app.OpenStore();
        return (await db.Classes.SingleAsync(c => c.Id == e.Primary, Cancellation)).SchoolId;
    }
}
