using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Schools.Rosters;

/// <summary>The list of one class, kept by hand: its size follows, names are shown with a line in the audit log.</summary>
public sealed class ClassRosterPageTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Adding_leaving_returning_and_moving_a_pupil_move_the_size_of_the_class_on_the_stage()
    {
        var (e, organizer, here, school) = await ClassAsync();
        foreach (var (seat, name) in new[] { ("1", "王小明"), ("2", "李思雨"), ("3", "张伟"), ("4", "陈静"), ("5", "刘洋"), ("", "赵雷") })
            Assert.Equal(HttpStatusCode.Redirect,
                (await organizer.SendAsync($"{here}?handler=Add", ("NewSeat", seat), ("NewName", name))).StatusCode);
        Assert.Equal(6, await ExpectedAsync(e, e.OtherPrimary));
        Assert.Contains("在册6名", await organizer.ReadAsync(here));
        var wang = await IdOfAsync(e.OtherPrimary, "王小明");

        await organizer.SendAsync($"{here}?handler=Leave", ("pupil", $"{wang}"));
        Assert.Equal(5, await ExpectedAsync(e, e.OtherPrimary));
        await organizer.SendAsync($"{here}?handler=Return", ("pupil", $"{wang}"));
        Assert.Equal(6, await ExpectedAsync(e, e.OtherPrimary));

        await organizer.SendAsync($"{here}?handler=Move", ("pupil", $"{wang}"), ("to", $"{e.Primary}"));
        Assert.Equal((5, 1), (await ExpectedAsync(e, e.OtherPrimary), await ExpectedAsync(e, e.Primary)));
        Assert.Equal(wang, await IdOfAsync(e.Primary, "王小明"));

        // The form of sizes shows them as given by the list, and does not overwrite them.
        var sizes = DeskRoutes.SchoolClasses(school);
        Assert.Contains("按学生名单", await organizer.ReadAsync(sizes));
        await organizer.SendAsync($"{sizes}?handler=Expect", ($"Expected[{e.OtherPrimary}]", "44"));
        Assert.Equal(5, await ExpectedAsync(e, e.OtherPrimary));
    }

    [Fact]
    public async Task Names_and_seats_are_corrected_together_and_a_mistake_keeps_what_was_typed()
    {
        var (e, organizer, here, _) = await ClassAsync("王小明", "李思雨");
        var (wang, li) = (await IdOfAsync(e.OtherPrimary, "王小明"), await IdOfAsync(e.OtherPrimary, "李思雨"));

        var refused = await DeskVisitor.TextAsync(await organizer.SendAsync($"{here}?handler=Save", ($"Names[{wang}]", "王小鸣"),
            ($"Seats[{wang}]", "7"), ($"Names[{li}]", "李思雨"), ($"Seats[{li}]", "7")));
        Assert.Contains("座号7已经有人了", refused);
        Assert.Contains("value=\"王小鸣\"", refused);
        Assert.Equal(1, (await EntryAsync(wang))!.Seat);

        await organizer.SendAsync($"{here}?handler=Save", ($"Names[{wang}]", "王小鸣"), ($"Seats[{wang}]", "7"), ($"Names[{li}]", "李思雨"),
            ($"Seats[{li}]", ""));
        Assert.Equal(("王小鸣", 7), ((await EntryAsync(wang))!.Name, (await EntryAsync(wang))!.Seat));
        Assert.Null((await EntryAsync(li))!.Seat);
        Assert.Contains("请填写姓名", await DeskVisitor.TextAsync(await organizer.SendAsync($"{here}?handler=Add", ("NewName", " "))));
    }

    [Fact]
    public async Task What_was_being_typed_is_saved_with_whatever_else_is_pressed_or_refused_with_it()
    {
        var (e, organizer, here, _) = await ClassAsync("王小明", "李思雨", "张伟");
        var (wang, li) = (await IdOfAsync(e.OtherPrimary, "王小明"), await IdOfAsync(e.OtherPrimary, "李思雨"));

        var refused = await organizer.SendAsync($"{here}?handler=Leave", ("pupil", $"{li}"), ($"Names[{wang}]", "★"));
        Assert.Contains("value=\"★\"", await DeskVisitor.TextAsync(refused));
        Assert.Null((await EntryAsync(li))!.LeftAt);

        await organizer.SendAsync($"{here}?handler=Leave", ("pupil", $"{li}"), ($"Names[{wang}]", "王小鸣"));
        var renamed = (await EntryAsync(wang))!;
        Assert.Equal(("王小鸣", 1), (renamed.Name, renamed.Seat)); // a seat that was not sent stays
        Assert.NotNull((await EntryAsync(li))!.LeftAt);
    }

    [Fact]
    public async Task Of_two_who_have_one_list_open_the_later_is_told_and_keeps_what_was_typed_and_another_classs_list_is_in_nobodys_way()
    {
        var (e, organizer, here, school) = await ClassAsync("王小明", "李思雨");
        var wang = await IdOfAsync(e.OtherPrimary, "王小明");
        var other = DeskRoutes.ClassRoster(school, e.Primary);
        var (mine, same, another) = (DeskVisitor.Form(await organizer.ReadAsync(here)), DeskVisitor.Form(await organizer.ReadAsync(here)),
            DeskVisitor.Form(await organizer.ReadAsync(other)));

        foreach (var (list, form, pupil) in new[] { (other, another, "张伟"), (here, mine, "陈静") })
            Assert.Equal(HttpStatusCode.Redirect,
                (await organizer.PostAsync($"{list}?handler=Add", [.. form, ("NewName", pupil)])).StatusCode);
        var refused = await DeskVisitor.TextAsync(await organizer.PostAsync($"{here}?handler=Save",
            [.. same, ($"Names[{wang}]", "王小鸣"), ($"Seats[{wang}]", "1")]));

        Assert.Contains("别人刚保存过这里", refused);
        Assert.Contains("value=\"王小鸣\"", refused);
        Assert.Contains("陈静", refused);
        Assert.Equal("王小明", (await EntryAsync(wang))!.Name);
        await organizer.PostAsync($"{here}?handler=Save",
            [.. DeskVisitor.Form(refused), ($"Names[{wang}]", "王小鸣"), ($"Seats[{wang}]", "1")]);
        Assert.Equal("王小鸣", (await EntryAsync(wang))!.Name);
    }

    [Fact]
    public async Task Names_are_shown_to_those_with_the_right_and_each_view_leaves_a_line()
    {
        var (e, organizer, here, school) = await ClassAsync("王小明", "李思雨");
        var before = await LastLineAsync();
        Assert.Contains("王小明", await organizer.ReadAsync(here));
        await using (var db = app.OpenStore())
        {
            var line = await db.AuditEntries.SingleAsync(a => a.Sequence > before && a.Action == AuditAction.NamesViewed, Cancellation);
            Assert.Equal((AuditReason.RosterList, 2, (int?)e.OtherPrimary), (line.Reason, line.Count, line.ClassId));
        }

        // An observer needs the right to names, and then reads only.
        var name = $"观察{e.Code}";
        var account = await DeskVisitor.AddAccountAsync(app, name, e.District, OrganizerRole.Observer);
        var observer = new DeskVisitor(app.CreateClient());
        await observer.SignInAsync(name);
        Assert.NotEqual(HttpStatusCode.OK, (await observer.GetAsync(here)).StatusCode);
        await using (var db = app.OpenStore())
        {
            var now = app.Get<TimeProvider>().GetUtcNow();
            db.NamesGrants.Add(new NamesGrant(await db.Users.SingleAsync(o => o.Id == account, Cancellation),
                await db.Organizations.SingleAsync(o => o.Id == school, Cancellation), 1, now, now.AddDays(1)));
            await db.SaveChangesAsync(Cancellation);
        }
        var shown = await observer.ReadAsync(here);
        Assert.Contains("王小明", shown);
        Assert.DoesNotContain("handler=Add", shown);
        Assert.Equal(HttpStatusCode.NotFound,
            (await organizer.GetAsync(DeskRoutes.ClassRoster(school, e.Junior))).StatusCode); // of another school
    }

    [Fact]
    public async Task A_pupil_who_has_signed_is_not_deleted_and_one_who_has_not_is_gone_from_the_disk()
    {
        var (e, organizer, here, _) = await ClassAsync("丘灵犀", "苗沐阳");
        var (signed, gone) = (await IdOfAsync(e.OtherPrimary, "丘灵犀"), await IdOfAsync(e.OtherPrimary, "苗沐阳"));
        using var phone = app.CreateClient();
        await phone.SignedAsync(e, "丘小溪", "丘父");
        await using (var db = app.OpenStore())
            await db.Pledges.Where(p => p.Name == "丘小溪").ExecuteUpdateAsync(p => p.SetProperty(x => x.RosterEntryId, signed), Cancellation);
        Assert.True(await DataFiles.HoldAsync(app, Encoding.UTF8.GetBytes("苗沐阳")));

        foreach (var pupil in new[] { signed, gone })
            await organizer.SendAsync($"{here}?handler=Leave", ("pupil", $"{pupil}"));
        Assert.Contains("签过承诺", await DeskVisitor.TextAsync(await organizer.SendAsync($"{here}?handler=Delete", ("pupil", $"{signed}"))));
        await organizer.SendAsync($"{here}?handler=Delete", ("pupil", $"{gone}"));

        Assert.NotNull(await EntryAsync(signed));
        Assert.Null(await EntryAsync(gone));
        await Wait.UntilAsync(async () => !await DataFiles.HoldAsync(app, Encoding.UTF8.GetBytes("苗沐阳")), "the name is gone from the disk");
    }

    [Fact]
    public async Task Of_a_pupil_of_another_class_nothing_is_told_not_even_whether_it_has_signed()
    {
        var (e, organizer, here, _) = await ClassAsync("丘灵犀");
        await AddAsync(e.Junior, "苗小川"); // of another name than the one that is looked for on the disk
        var others = await IdOfAsync(e.Junior, "苗小川");
        using var phone = app.CreateClient();
        await phone.SignedAsync(e, "丘小川", "丘父");
        await using (var db = app.OpenStore())
            await db.Pledges.Where(p => p.Name == "丘小川").ExecuteUpdateAsync(p => p.SetProperty(x => x.RosterEntryId, others), Cancellation);

        var answer = await DeskVisitor.TextAsync(await organizer.SendAsync($"{here}?handler=Delete", ("pupil", $"{others}")));

        Assert.DoesNotContain("签过承诺", answer);
        Assert.NotNull(await EntryAsync(others));
    }

    [Fact]
    public async Task The_rules_name_the_list_where_the_events_classes_have_one()
    {
        var (e, _, _, _) = await ClassAsync();
        using var phone = app.CreateClient();
        var rules = new Uri($"/e/{e.Code}/rules", UriKind.Relative);
        Assert.DoesNotContain("学校提供的班级名单", WebUtility.HtmlDecode(await phone.GetStringAsync(rules, Cancellation)));
        await AddAsync(e.Primary, "王小明");
        await app.Get<PublishedEvents>().ContentChangedAsync(x => x.Id == e.Id);
        Assert.Contains("学校提供的班级名单：座号和姓名", WebUtility.HtmlDecode(await phone.GetStringAsync(rules, Cancellation)));
    }

    [Fact]
    public async Task Pupils_without_a_seat_are_listed_by_the_sound_of_their_names_for_the_school_and_for_the_teacher()
    {
        var (e, _, here, _) = await ClassAsync();
        await app.SeedRosterAsync(e, e.OtherPrimary, (null, "周小鱼"), (null, "何静"), (2, "赵雷"), (null, "陈思雨"));
        var reader = await DeskVisitor.SignInAsync(app, e.District, language: "en");
        var (_, secret) = await app.SeedClassLinkAsync(e, e.OtherPrimary);
        using var teacher = app.CreateClient();

        var coverage = WebUtility.HtmlDecode(await teacher.GetStringAsync($"/class/{secret}", Cancellation));
        foreach (var page in new[] { await reader.ReadAsync(here), coverage })
            Assert.Equal(["赵雷", "陈思雨", "何静", "周小鱼"],
                new[] { "周小鱼", "何静", "赵雷", "陈思雨" }.OrderBy(name => page.IndexOf(name, StringComparison.Ordinal)));
    }

    private async Task<(SeededEvent Event, DeskVisitor Organizer, string Page, int School)> ClassAsync(params string[] names)
    {
        var e = await app.SeedEventAsync();
        await AddAsync(e.OtherPrimary, names);
        await using var db = app.OpenStore();
        var school = (await db.Classes.SingleAsync(c => c.Id == e.OtherPrimary, Cancellation)).SchoolId;
        return (e, await DeskVisitor.SignInAsync(app, e.District), DeskRoutes.ClassRoster(school, e.OtherPrimary), school);
    }

    private async Task AddAsync(int classId, params string[] names)
    {
        await using var db = app.OpenStore();
        var group = await db.Classes.SingleAsync(c => c.Id == classId, Cancellation);
        db.Roster.AddRange(names.Select((name, i) => new RosterEntry(group, i + 1, name, DateTimeOffset.UnixEpoch)));
        await db.SaveChangesAsync(Cancellation);
    }

    private async Task<int?> ExpectedAsync(SeededEvent e, int classId) =>
        (await app.Get<PublishedEvents>().FindAsync(e.Code, Cancellation))!.ClassOf(classId)!.Expected;

    private async Task<int> IdOfAsync(int classId, string name)
    {
        await using var db = app.OpenStore();
        return await db.Roster.Where(r => r.ClassId == classId && r.Name == name).Select(r => r.Id).SingleAsync(Cancellation);
    }

    private async Task<RosterEntry?> EntryAsync(int id)
    {
        await using var db = app.OpenStore();
        return await db.Roster.SingleOrDefaultAsync(r => r.Id == id, Cancellation);
    }

    private async Task<long> LastLineAsync()
    {
        await using var db = app.OpenStore();
        return await db.AuditEntries.MaxAsync(a => (long?)a.Sequence, Cancellation) ?? 0;
    }
}
