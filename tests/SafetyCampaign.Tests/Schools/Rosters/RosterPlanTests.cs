using FsCheck;
using FsCheck.Fluent;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Schools.Rosters.Import;

namespace SafetyCampaign.Tests.Schools.Rosters;

/// <summary>Importing again: known pupils stay, nobody comes twice, nobody is lost.</summary>
public sealed class RosterPlanTests
{
    private static readonly DateTimeOffset Start = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Organization school = new("大塘冲小学", OrganizationKind.School);
    private readonly List<RosterEntry> entries = [];
    private int days;

    [Fact]
    public void A_first_list_adds_its_classes_and_gives_them_their_size()
    {
        Import(false, "五1 1 王小明", "五1 2 李思雨", "五2 1 张伟");

        Assert.Equal(["五（1）班 1 王小明", "五（1）班 2 李思雨", "五（2）班 1 张伟"], OnList());
        Assert.Equal([2, 1], school.ClassesInOrder.Select(c => c.Expected));
    }

    [Fact]
    public void A_pupil_is_known_by_seat_and_by_name()
    {
        Import(false, "五1 1 王小明", "五1 2 李思雨", "五1 3 张伟");
        var (wang, li, zhang) = (entries[0], entries[1], entries[2]);

        // Another seat, a corrected name, and nothing new.
        var plan = Import(false, "五1 9 王小明", "五1 2 李思语", "五1 3 张伟");

        Assert.Equal((0, 2, 0, 1), (plan.Added, plan.Changed, plan.Moved, plan.Unchanged));
        Assert.Equal([wang, li, zhang], entries);
        Assert.Equal((9, "李思语"), (wang.Seat, li.Name));
    }

    [Fact]
    public void Another_child_on_the_same_seat_is_not_the_one_before()
    {
        Import(false, "五1 1 王小明");
        var wang = entries[0];

        var plan = Import(true, "五1 1 陈静");

        Assert.Equal((1, 0), (plan.Added, plan.Changed));
        Assert.NotNull(wang.LeftAt);
        Assert.Equal(["五（1）班 1 陈静"], OnList());
    }

    [Fact]
    public void Who_is_gone_from_one_class_and_new_in_another_has_moved()
    {
        Import(false, "五1 1 王小明", "五1 2 李思雨", "五2 1 张伟");
        var wang = entries[0];

        var plan = Import(true, "五1 2 李思雨", "五2 1 张伟", "五2 2 王小明");

        Assert.Equal((0, 1, 0), (plan.Added, plan.Moved, plan.Missing.Count));
        Assert.Equal(("五（2）班", 2, (DateTimeOffset?)null), (NameOf(wang), wang.Seat, wang.LeftAt));
        Assert.Equal([1, 2], school.ClassesInOrder.Select(c => c.Expected));
    }

    [Fact]
    public void Whether_a_pupil_of_a_class_that_the_file_does_not_hold_has_moved_is_asked()
    {
        Import(false, "五1 1 王小明", "五2 1 张伟");
        Assert.Single(Plan(null, "五2 1 张伟", "五2 2 王小明").Questions);

        var other = Plan(pupil => false, "五2 1 张伟", "五2 2 王小明");
        Assert.Equal((1, 0), (other.Added, other.Moved));
        var same = Plan(pupil => true, "五2 1 张伟", "五2 2 王小明");
        Assert.Equal((0, 1), (same.Added, same.Moved));
    }

    [Fact]
    public void Who_is_missing_stays_until_it_is_said_that_they_have_left_and_comes_back_as_the_same()
    {
        Import(false, "五1 1 王小明", "五1 2 李思雨");
        var li = entries[1];

        Import(false, "五1 1 王小明");
        Assert.Null(li.LeftAt);
        Import(true, "五1 1 王小明");
        Assert.NotNull(li.LeftAt);
        Assert.Equal(1, school.Classes[0].Expected);

        Import(false, "五1 1 王小明", "五1 2 李思雨");
        Assert.Equal(((DateTimeOffset?)null, 2), (li.LeftAt, entries.Count));
        Assert.Equal(2, school.Classes[0].Expected);
    }

    [Fact]
    public void Classes_that_the_file_does_not_hold_stay_as_they_are()
    {
        Import(false, "五1 1 王小明", "五2 1 张伟");

        Import(true, "五1 1 王小明");

        Assert.Equal(2, OnList().Count());
    }

    [Fact]
    public void Two_of_one_name_are_told_apart_by_their_seats()
    {
        Import(false, "五1 1 张伟", "五1 2 张伟");
        var (first, second) = (entries[0], entries[1]);

        Import(true, "五1 2 张伟");

        Assert.NotNull(first.LeftAt);
        Assert.Null(second.LeftAt);
    }

    /// <summary>Whatever is imported after whatever: the last file's pupils are listed, and every pupil there ever was is kept.</summary>
    [Fact]
    public void After_any_sequence_of_files_nobody_is_twice_on_a_list_and_nobody_is_lost()
    {
        var pupil = from @class in Gen.Choose(1, 3)
                    from seat in Gen.Choose(0, 6)
                    from name in Gen.Elements("王小明", "王小鸣", "李思雨", "张伟", "陈静")
                    select (@class, seat, name);
        var files = from file in Gen.ListOf(pupil, 8) from left in Gen.Elements(true, false) select (file, left);
        Prop.ForAll(Gen.ListOf(files, 5).ToArbitrary(), sequence =>
        {
            var test = new RosterPlanTests();
            foreach (var (file, left) in sequence)
            {
                var before = test.entries.ToList();
                var lines = file.Where(p => p.seat > 0).DistinctBy(p => (p.@class, p.seat))
                    .Select(p => $"五{p.@class} {p.seat} {p.name}").ToList();
                test.Import(left, [.. lines]);
                // Nobody is lost: every entry is still there, as the object it was, so that a pledge that points to it does.
                Assert.Equal(before, test.entries.Take(before.Count));
                // The file's pupils are on their lists, each once.
                var listed = test.OnList().ToList();
                foreach (var line in lines)
                    Assert.Single(listed, one => one == line.Replace("五1", "五（1）班").Replace("五2", "五（2）班").Replace("五3", "五（3）班"));
                foreach (var group in test.school.Classes)
                {
                    var list = RosterRule.OnListOf(test.entries).Where(e => e.Class == group).ToList();
                    Assert.Equal(list.Count == 0 ? null : list.Count, group.Expected);
                    var seats = list.Select(e => e.Seat).Where(seat => seat is not null).ToList();
                    Assert.Equal(seats.Count, seats.Distinct().Count());
                }
                // Importing the same again changes nothing.
                var again = test.Plan(_ => false, [.. lines]);
                Assert.Equal((0, 0, 0), (again.Added, again.Changed, again.Moved));
            }
        }).QuickCheckThrowOnFailure();
    }

    private RosterPlan Plan(Func<RosterPupil, bool?>? isMoved, params string[] lines) => new(school, entries, [.. lines.Select((line, i) =>
    {
        var parts = line.Split(' ');
        Assert.True(ClassName.TryParse(parts[0], out var name));
        return new RosterPupil($"{i}", 0, i + 2, name, int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), parts[2]);
    })], isMoved ?? (_ => null));

    private RosterPlan Import(bool marksLeft, params string[] lines)
    {
        var plan = Plan(_ => false, lines);
        entries.AddRange(plan.Apply(Start.AddDays(days++), marksLeft));
        return plan;
    }

    private IEnumerable<string> OnList() => RosterRule.OnListOf(entries).OrderBy(e => e.Class.Name, ClassName.SchoolOrder)
        .ThenBy(e => e.Seat).Select(e => $"{NameOf(e)} {e.Seat} {e.Name}");

    private static string NameOf(RosterEntry entry) => entry.Class.Name.In(new System.Globalization.CultureInfo("zh-CN"));
}
