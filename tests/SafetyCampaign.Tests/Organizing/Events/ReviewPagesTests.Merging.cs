namespace SafetyCampaign.Tests.Organizing.Events;

public abstract partial class ReviewPagesTests
{
    [Fact]
    public async Task Merging_counts_a_person_once_and_separating_takes_it_back()
    {
        var (e, organizer) = await BeginAsync();
        await SignAsync(e, "陈思雨", "陈强", "father");
        await SignAsync(e, "陈 思雨", "陈强", "father");
        Assert.Contains("家长陈强也是同一个人：人数从4变为2", await organizer.ReadAsync(Review(e)));

        Assert.Contains("已经算作一个人", await DoAsync(organizer, Review(e), "Merge"));
        Assert.Equal(2, await phone.PeopleAsync(e.Code));
        Assert.Contains("人数从2变为3", await organizer.ReadAsync(Review(e, "?once=true")));

        Assert.Contains("已经分开计", await DoAsync(organizer, Review(e, "?once=true"), "Separate"));
        Assert.Equal(3, await phone.PeopleAsync(e.Code)); // the father's
        Assert.Contains("已经分开计", await DoAsync(organizer, Review(e, "?once=true"), "Separate"));
        Assert.Equal(4, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task Merging_a_child_keeps_its_two_parents()
    {
        var (e, organizer) = await BeginAsync();
        await SignAsync(e, "陈思雨", "陈强", "father");
        await SignAsync(e, "陈思雨", "周丽", "mother"); // recognised, since it is another guardian
        await SignAsync(e, "陈思雨", "陈 强", "father");
        Assert.Equal(5, await phone.PeopleAsync(e.Code));
        Assert.Contains("家长陈强也是同一个人：人数从5变为3", await organizer.ReadAsync(Review(e)));

        await DoAsync(organizer, Review(e), "Merge");

        Assert.Equal(3, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task What_merging_a_child_would_do_looks_at_the_child_it_is_merged_with_and_at_no_third()
    {
        var (e, organizer) = await BeginAsync();
        await SignAsync(e, "吴未来", "陈强", "father");
        await SignAsync(e, "吴末来", "周丽", "mother");
        await SignAsync(e, "吴末来", "周丽", "mother");

        Assert.DoesNotContain("也是同一个人", await organizer.ReadAsync(Review(e)));
        Assert.Contains("人数从6变为5", await organizer.ReadAsync(Review(e)));

        await DoAsync(organizer, Review(e), "Merge");

        Assert.Equal(5, await phone.PeopleAsync(e.Code));
        Assert.Contains("家长周丽也是同一个人：人数从5变为3", await organizer.ReadAsync(Review(e)));
    }

    [Fact]
    public async Task A_mother_is_not_proposed_as_the_same_person_as_a_father_and_another_mother_is()
    {
        var (e, organizer) = await BeginAsync();
        await SignAsync(e, "陈思雨", "陈强", "father");
        await SignAsync(e, "陈思雨", "周丽", "mother"); // one child, recognised by another guardian
        var page = await organizer.ReadAsync(Review(e, "?once=true"));
        Assert.Contains("周丽（妈妈）", page);
        Assert.DoesNotContain("是同一个人</summary>", page);

        await SignAsync(e, "陈思雨", "周莉", "mother");
        await DoAsync(organizer, Review(e), "Merge");

        Assert.Contains("家长周莉和周丽是同一个人", await organizer.ReadAsync(Review(e, "?once=true")));
        Assert.DoesNotContain("和陈强是同一个人", await organizer.ReadAsync(Review(e, "?once=true")));
    }

    [Fact]
    public async Task A_group_whose_classes_differ_is_not_headed_no_class()
    {
        var (e, organizer) = await BeginAsync();
        await SignAsync(e, "陈思雨", "陈强", "father");
        await SignAsync(e, "陈思雨", "陈强", "father", classId: null);

        var page = await organizer.ReadAsync(Review(e));

        Assert.Contains("<h2 class=\"class-head\">班级不一致</h2>", page);
        Assert.Matches("大塘冲小学 五（1）班 · .*没有班级 · ", page.ReplaceLineEndings(" "));
    }
}
