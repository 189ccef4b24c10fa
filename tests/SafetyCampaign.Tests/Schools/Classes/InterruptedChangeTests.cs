using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Schools.Moves;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Tests.Schools.Classes;

/// <summary>
/// A program that is stopped between the saving of a list or a class and the moving of what was signed: the next change of any list of
/// the school does the rest, and does it once; where there is none, it is found.
/// </summary>
public abstract class InterruptedChangeTests(CampaignApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_an_import_that_parted_classes_left_undone_is_done_and_later_acts_of_people_hold()
    {
        var m = await MergedClasses.SeedAsync(app);
        foreach (var name in new[] { "甲", "乙", "丙" })
            await m.SignAsync(m.From, $"{name}学生", $"{name}母亲");
        await m.MergeAsync();
        await m.LeaveUnfollowedAsync((classes, e, db) =>
        {
            var from = classes.Single(c => c.Id == m.From);
            from.Part();
            db.Add(new RosterEntry(from, 1, "丁学生", DateTimeOffset.UtcNow));
            e.Invite([.. e.Classes, from]);
        });
        await m.AssertClassAsync(m.Into, "甲学生", "乙学生", "丙学生");

        await m.ChangeAnotherListAsync();

        await m.AssertClassAsync(m.From, "甲学生", "甲母亲", "乙学生", "乙母亲", "丙学生", "丙母亲");
        Assert.Equal((new ClassTotals(6, 3, 3), default), (m.Of(m.From), m.Of(m.Into)));
        await m.CorrectAsync("甲学生", m.Into);
        await m.MoveByListAsync("乙学生", m.From, m.Into);
        await m.AssertClassAsync(m.Into, "甲学生", "甲母亲", "乙学生", "乙母亲");
        var acts = await m.ActsAsync();
        await m.ChangeAnotherListAsync();
        await m.ChangeAnotherListAsync();
        await m.AssertClassAsync(m.Into, "甲学生", "甲母亲", "乙学生", "乙母亲");
        await m.AssertClassAsync(m.From, "丙学生", "丙母亲");
        Assert.Equal(acts, await m.ActsAsync());
        Assert.Equal(0, await app.Get<TallyRecount>().RunAsync(Cancellation));
    }

    [Fact]
    public async Task What_is_left_undone_is_found_without_any_change()
    {
        var (parted, moved, merged) =
            (await MergedClasses.SeedAsync(app), await MergedClasses.SeedAsync(app), await MergedClasses.SeedAsync(app));
        foreach (var m in new[] { parted, moved, merged })
            await m.SignAsync(m.From, "甲学生", "甲母亲");
        await parted.MergeAsync();
        await parted.LeaveUnfollowedAsync((classes, e, _) =>
        {
            classes[0].Part();
            e.Invite([.. e.Classes, classes[0]]);
        });
        await app.SeedRosterAsync(moved.Event, moved.From, (1, "甲学生"));
        await moved.LeaveUnfollowedAsync((classes, _, db) =>
            db.Roster.Include(r => r.Class).Single(r => r.ClassId == moved.From).MoveTo(classes[1], 1, DateTimeOffset.UtcNow));
        await merged.LeaveUnfollowedAsync((classes, _, _) => classes[0].MergeInto(classes[1], DateTimeOffset.UtcNow));

        await app.Get<InterruptedChanges>().RunAsync(Cancellation);

        await parted.AssertClassAsync(parted.From, "甲学生", "甲母亲");
        await moved.AssertClassAsync(moved.Into, "甲学生", "甲母亲");
        await merged.AssertClassAsync(merged.Into, "甲学生", "甲母亲");
        Assert.Equal([merged.Into], await merged.TakingPartAsync());
    }

    [Fact]
    public async Task What_a_merge_left_undone_is_done_and_the_former_class_takes_part_no_longer()
    {
        var m = await MergedClasses.SeedAsync(app);
        await m.SignAsync(m.From, "甲学生", "甲母亲");
        await m.LeaveUnfollowedAsync((classes, _, _) =>
            classes.Single(c => c.Id == m.From).MergeInto(classes.Single(c => c.Id == m.Into), DateTimeOffset.UtcNow));
        Assert.Equal([m.From, m.Into], await m.TakingPartAsync());

        await m.ChangeAnotherListAsync();

        await m.AssertClassAsync(m.Into, "甲学生", "甲母亲");
        Assert.Equal([m.Into], await m.TakingPartAsync());
    }

    [Fact]
    public async Task What_was_signed_by_the_name_alone_follows_a_pupil_whose_move_was_saved_and_not_followed()
    {
        var m = await MergedClasses.SeedAsync(app);
        await m.SignAsync(m.From, "甲学生", "甲母亲"); // before there is a list
        await app.SeedRosterAsync(m.Event, m.From, (1, "甲学生"), (2, "乙学生"));
        await m.LeaveUnfollowedAsync((classes, _, db) =>
            db.Roster.Include(r => r.Class).Single(r => r.ClassId == m.From && r.Seat == 1)
                .MoveTo(classes.Single(c => c.Id == m.Into), 1, DateTimeOffset.UtcNow));

        await m.ChangeAnotherListAsync();

        await m.AssertClassAsync(m.Into, "甲学生", "甲母亲");
        await m.CorrectAsync("甲学生", m.From);
        await m.ChangeAnotherListAsync();
        await m.AssertClassAsync(m.From, "甲学生", "甲母亲"); // who has moved it since means it
    }

    [Fact]
    public async Task What_a_parting_left_undone_is_done_before_the_class_is_merged_into_a_third()
    {
        var m = await MergedClasses.SeedAsync(app);
        await m.SignAsync(m.From, "甲学生", "甲母亲");
        await m.MergeAsync();
        var third = 0;
        await m.LeaveUnfollowedAsync((classes, e, db) =>
        {
            var from = classes.Single(c => c.Id == m.From);
            from.Part();
            e.Invite([.. e.Classes, from, new ClassGroup(from.School, 5, 3)]);
        });
        third = (await m.TakingPartAsync())[^1];

        await m.MergeAsync(m.From, third);

        await m.AssertClassAsync(third, "甲学生", "甲母亲");
        Assert.Equal([m.Into, third], await m.TakingPartAsync());
    }

    [Fact]
    public async Task A_class_that_came_by_an_import_and_was_left_out_of_the_event_since_stays_out()
    {
        var c = await SignedClass.SeedAsync(app, await app.SeedEventAsync());
        await c.ImportAsync("五（1）班,2,李思雨", "五（1）班,5,赵六", "五（1）班,1,王小明", "五（1）班,3,张伟", "五（9）班,4,陈静");
        await using (var db = app.OpenStore())
        {
            var e = await db.Events.Include(x => x.Classes).SingleAsync(x => x.Id == c.Event.Id, Cancellation);
            Assert.Contains(e.Classes, group => group.Number == 9);
            e.Invite(e.Classes.Where(group => group.Number != 9).ToList());
            await db.SaveChangesAsync(Cancellation);
        }

        await c.ImportAsync("五（1）班,2,李思雨", "五（1）班,5,赵六", "五（1）班,1,王小明", "五（1）班,3,张伟", "五（9）班,4,陈静", "五（9）班,6,新同学");

        await using var store = app.OpenStore();
        Assert.DoesNotContain(await store.Events.Where(x => x.Id == c.Event.Id).SelectMany(x => x.Classes).ToListAsync(Cancellation),
            group => group.Number == 9);
    }
}

public sealed class InterruptedChangeOnSqliteTests(CampaignApp app) : InterruptedChangeTests(app), IClassFixture<CampaignApp>;

public sealed class InterruptedChangeOnPostgresTests(PostgresApp app) : InterruptedChangeTests(app.Required), IClassFixture<PostgresApp>;
