using Microsoft.EntityFrameworkCore;

namespace SafetyCampaign.Tests.Ledger;

/// <summary>What an organizer finds out later, sets right and takes back.</summary>
public abstract partial class CountedOnceTests
{
    [Fact]
    public async Task An_organizer_merges_and_separates_what_the_ledger_did_not_know()
    {
        await SignAsync("王小明", "李芳", "mother");
        await SignAsync("王 小明", "李芳", "mother");

        Assert.True(await Ledger.MergeAsync(3, 1, By));
        Assert.True(await Ledger.MergeAsync(4, 2, By));
        Assert.False(await Ledger.MergeAsync(4, 2, By));
        await AssertCountsAsync(students: 1, guardians: 1, families: 1);

        Assert.True(await Ledger.SeparateAsync(3, By));
        Assert.True(await Ledger.SeparateAsync(4, By));
        Assert.False(await Ledger.SeparateAsync(4, By));
        await AssertCountsAsync(students: 2, guardians: 2, families: 2);
    }

    [Fact]
    public async Task Only_people_of_one_role_and_event_are_merged()
    {
        var other = await app.SeedEventAsync();
        await SignAsync("王小明", "李芳", "mother");
        await phone.SignAsync(other.Code, Family(other.Primary, "李芳", "mother", ("王小明", null)));

        Assert.False(await Ledger.MergeAsync(3, 1, By));
        Assert.False(await Ledger.MergeAsync(2, 1, By));
        Assert.False(await Ledger.MergeAsync(1, 1, By));
        Assert.False(await Ledger.MergeAsync(1, 99, By));
        Assert.False(await Ledger.MergeAsync(99, 1, By));

        await AssertCountsAsync(students: 1, guardians: 1, families: 1);
    }

    [Fact]
    public async Task Invalid_signings_leave_the_count_in_one_act_and_come_back_in_one()
    {
        await SignAsync("王小明", "李芳", "mother");
        await SignAsync("王小明", "王刚", "father");
        await SignAsync("赵小雨", "赵敏", "mother");

        Assert.Equal(2, await Ledger.InvalidateAsync([1, 5], By));
        Assert.Equal(0, await Ledger.InvalidateAsync([1, 5], By));
        await AssertCountsAsync(students: 1, guardians: 1, families: 1);

        Assert.Equal(2, await Ledger.ReinstateAsync([1, 5], By));
        await AssertCountsAsync(students: 2, guardians: 3, families: 2);
        await using var db = app.OpenStore();
        Assert.Equal(6, await db.Pledges.CountAsync(p => p.Name != null, Cancellation));
        Assert.All(await db.Acts.ToListAsync(Cancellation), act => Assert.Equal(By, act.By));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_child_whose_other_signature_has_gone_meanwhile_counts_again_when_its_first_comes_back(bool isWithdrawn)
    {
        await SignAsync("王小明", "李芳", "mother");
        await SignAsync("王小明", "王刚", "father");
        Assert.Equal(1, await Ledger.InvalidateAsync([1], By));
        if (isWithdrawn)
            Assert.True(await Ledger.WithdrawAsync(3));
        else
            Assert.Equal(1, await Ledger.InvalidateAsync([3], By));
        await AssertCountsAsync(students: 0, guardians: 0, families: 0);

        Assert.Equal(1, await Ledger.ReinstateAsync([1], By));
        await AssertCountsAsync(students: 1, guardians: 1, families: 1);

        Assert.Equal(isWithdrawn ? 0 : 1, await Ledger.ReinstateAsync([3], By));
        await AssertCountsAsync(students: 1, guardians: isWithdrawn ? 1 : 2, families: 1);
    }

    [Fact]
    public async Task What_a_bot_signed_a_hundred_times_goes_and_comes_back_whole()
    {
        for (var i = 0; i < 120; i++)
            await SignAsync(Signing.Alone("volunteer", name: "机器"));
        await SignAsync("王小明", "李芳", "mother");
        long[] bots = [.. Enumerable.Range(1, 120)];

        Assert.Equal(120, await Ledger.InvalidateAsync(bots, By));
        await AssertCountsAsync(students: 1, guardians: 1, families: 1);
        await using var db = app.OpenStore();
        Assert.Single((await db.Acts.ToListAsync(Cancellation)).Select(act => act.At).Distinct()); // one decision, to be taken back as one

        Assert.Equal(120, await Ledger.ReinstateAsync(bots, By));
        Assert.Equal(122, await phone.PeopleAsync(e.Code));
    }
}
