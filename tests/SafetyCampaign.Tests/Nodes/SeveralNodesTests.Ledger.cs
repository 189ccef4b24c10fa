using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Tests.Nodes;

/// <summary>One ledger that several nodes write: numbers, keys, counts.</summary>
public sealed partial class SeveralNodesTests
{
    [Fact]
    public async Task Withdrawing_and_wiping_at_one_node_count_at_the_other()
    {
        await StartAsync(NoRedis);
        var e = await here.SeedEventAsync(EventState.Rehearsal);
        var real = await here.SeedEventAsync();
        await SignAsync(here, e);
        await SignAsync(here, e);
        await SignAsync(here, real);
        await SignAsync(here, real);

        await here.Get<PledgeLedger>().WithdrawAsync(1);
        await here.Get<PledgeLedger>().WipeRehearsalAsync(e.Id, by: null);
        await here.Get<PledgeLedger>().WithdrawAsync(5);

        await there.Get<PledgeLedger>().ProbeAsync();
        Assert.Equal(0, there.Get<TallyBoard>().Rehearsed(e.Id));
        Assert.Equal((2, 1), (Tally(there, real).People, Tally(there, real).Families));
        Assert.Equal(Tally(here, real).Version, Tally(there, real).Version);
        await SignAsync(there, e);
        Assert.Equal(1, await NumberAsync(p => p.EventId == e.Id));
    }

    [Fact]
    public async Task A_child_that_signed_at_one_node_is_recognised_at_the_other()
    {
        await StartAsync(NoRedis);
        var e = await here.SeedEventAsync();
        await SignAsync(here, e, Family(e, "李芳", "mother"));
        await SignAsync(there, e, Family(e, "王刚", "father"));

        foreach (var node in new[] { here, there })
        {
            await node.Get<PledgeLedger>().ProbeAsync();
            Assert.Equal((3, 1), (Tally(node, e).People, Tally(node, e).Families));
        }
    }

    [Fact]
    public async Task A_child_whose_first_signature_was_withdrawn_or_corrected_at_one_node_is_recognised_at_the_other()
    {
        await StartAsync(NoRedis);
        var e = await here.SeedEventAsync();
        await SignAsync(there, e, Family(e, "李芳", "mother"));
        await SignAsync(there, e, Family(e, "王刚", "father"));
        Assert.True(await here.Get<PledgeLedger>().WithdrawAsync(1));
        await SignAsync(there, e, Family(e, "赵敏", "other"));
        Assert.Equal((3, 1), (Tally(there, e).People, Tally(there, e).Families));

        Assert.True(await here.Get<PledgeLedger>().CorrectAsync(3,
            [new("王大明", e.Primary, null), new("王刚", e.Primary, GuardianRelation.Father)]));
        var grandmother = Family(e, "周玉兰", "other");
        grandmother["signers"]![0]!["name"] = "王大明";
        await SignAsync(there, e, grandmother);
        Assert.Equal((4, 1), (Tally(there, e).People, Tally(there, e).Families));
        Assert.Equal(0, await there.Get<TallyRecount>().RunAsync(Cancellation));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_is_signed_and_set_right_at_either_node_both_count_the_same(int seed)
    {
        await StartAsync(NoRedis);
        var e = await here.SeedEventAsync();
        var random = new Random(seed);
        for (var i = 0; i < 100; i++)
        {
            // Mostly without hearing of each other in between: an act may reach pledges that the other node has not counted.
            var node = random.Next(2) == 0 ? here : there;
            var (any, other) = (random.Next(1, 2 * i + 3), random.Next(1, 2 * i + 3));
            var act = node.Get<PledgeLedger>();
            Task done = random.Next(10) switch
            {
                < 5 => SignAsync(node, e, Family(e, $"家长{random.Next(4)}", random.Next(2) == 0 ? "mother" : "father")),
                5 => act.WithdrawAsync(any),
                6 => act.CorrectAsync(any, [new("王小明", e.Junior, null), new("李芳", e.Junior, null)]),
                7 => act.MergeAsync(any, other, by: 1),
                8 => act.InvalidateAsync([any, other], by: 1),
                _ => act.ReinstateAsync([any, other], by: 1),
            };
            await done;
        }

        await here.Get<PledgeLedger>().ProbeAsync();
        await there.Get<PledgeLedger>().ProbeAsync();
        var (at, same) = (Tally(here, e), Tally(there, e));
        Assert.Equal((at.Version, at.People, at.Families), (same.Version, same.People, same.Families));
        Assert.Equal(at.ByClass, same.ByClass);
        Assert.Equal(0, await here.Get<TallyRecount>().RunAsync(Cancellation));
        Assert.Equal(0, await there.Get<TallyRecount>().RunAsync(Cancellation));
    }

    [Fact]
    public async Task One_key_at_both_nodes_at_once_is_one_pledge_with_one_receipt()
    {
        await StartAsync(NoRedis);
        var e = await here.SeedEventAsync();
        var request = Signing.Family(e);
        using var left = here.CreateClient();
        using var right = there.CreateClient();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40)
            .Select(i => (i % 2 == 0 ? left : right).SignAsync(e.Code, request.DeepClone())));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(39, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Single((await Task.WhenAll(answers.Select(answer => answer.JsonAsync())))
            .Select(answer => answer.ToJsonString()).Distinct());
        Assert.Equal(2, Tally(here, e).People);
    }

    [Fact]
    public async Task Nodes_that_write_at_once_number_everybody_once_and_a_node_that_joins_meanwhile_counts_all()
    {
        await StartAsync(NoRedis);
        var e = await here.SeedEventAsync();
        var first = Task.WhenAll(Enumerable.Range(0, 150).Select(i => SignAsync(i % 2 == 0 ? here : there, e)));
        await using var late = Node(NoRedis);
        await late.InitializeAsync();
        var rest = Task.WhenAll(Enumerable.Range(0, 150).Select(i => SignAsync(i % 2 == 0 ? late : there, e)));
        await Task.WhenAll(first, rest);

        foreach (var node in new[] { here, there, late })
        {
            await node.Get<PledgeLedger>().ProbeAsync();
            Assert.Equal((600, 300), (Tally(node, e).People, Tally(node, e).Families));
            Assert.Equal(0, await node.Get<TallyRecount>().RunAsync(Cancellation));
        }
        await using var db = here.OpenStore();
        Assert.Equal(Enumerable.Range(1, 600), await db.Pledges.OrderBy(p => p.Sequence).Select(p => p.Number).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_node_that_has_not_heard_of_the_opening_records_what_counts_and_leaves_no_practice_behind()
    {
        await StartAsync(NoRedis);
        var e = await here.SeedEventAsync(EventState.Rehearsal);
        await SignAsync(there, e);

        await here.ChangeEventAsync(e.Id, gathering => gathering.Open(DateTimeOffset.UnixEpoch));
        await here.Get<PledgeLedger>().WipeRehearsalAsync(e.Id, by: null);
        await SignAsync(there, e);

        await using var db = here.OpenStore();
        Assert.All(await db.Pledges.ToListAsync(Cancellation), pledge => Assert.False(pledge.Rehearsal));
        Assert.Equal(2, Tally(there, e).People);
    }

    private async Task<int> NumberAsync(System.Linq.Expressions.Expression<Func<Pledge, bool>> which)
    {
        await using var db = here.OpenStore();
        return await db.Pledges.Where(which).MinAsync(p => p.Number, Cancellation);
    }
}
