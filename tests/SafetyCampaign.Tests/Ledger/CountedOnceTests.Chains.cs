using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Ledger;

/// <summary>However many sign for one child.</summary>
public abstract partial class CountedOnceTests
{
    [Fact]
    public async Task So_many_pledges_count_with_one_and_the_next_counts_for_itself()
    {
        for (var i = 0; i < 40; i++)
            await SignAsync(Family(e.Primary, $"王家长{(char)('一' + i)}", relation: null, ("王小明", null)));

        await using var db = app.OpenStore();
        var together = await db.Pledges.Where(p => p.CountedWith != null).GroupBy(p => p.CountedWith).Select(of => of.Count())
            .ToListAsync(Cancellation);
        Assert.Equal([5, Pledge.MaxCountedTogether, Pledge.MaxCountedTogether], together.Order()); // 17, 17 and 6 of 40
        await AssertCountsAsync(students: 3, guardians: 40, families: 3);

        Assert.True(await Ledger.WithdrawAsync(1));
        await AssertCountsAsync(students: 3, guardians: 39, families: 3); // the next of the same child counts instead
        Assert.False(await Ledger.MergeAsync(3, 35, By)); // more than may count with one
        await AssertCountsAsync(students: 3, guardians: 39, families: 3);
    }

    /// <summary>Who makes a family is told by a request and its neighbours; here it is told once more from all rows at once.</summary>
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Families_are_what_all_rows_together_say(int seed)
    {
        var random = new Random(seed);
        string[] children = ["王小明", "王小红", "赵小雨"], parents = ["李芳", "王刚", "赵敏", "周强", "吴丽"];
        for (var i = 0; i < 25; i++)
            await SignAsync(Family(e.Primary, random.GetItems(parents, 1)[0], random.GetItems(["mother", "father", "other"], 1)[0],
                [.. random.GetItems(children, 2).Distinct().Select(name => (name, (int?)null))]));
        await using var db = app.OpenStore();
        var heads = await db.Pledges.Where(p => p.Position == 0).Select(p => p.Sequence).ToListAsync(Cancellation);
        for (var i = 0; i < 15; i++)
            await (random.Next(3) switch
            {
                0 => Ledger.WithdrawAsync(random.GetItems(heads.ToArray(), 1)[0]),
                1 => Ledger.InvalidateAsync(random.GetItems(heads.ToArray(), 2), By),
                _ => (Task)Ledger.ReinstateAsync(random.GetItems(heads.ToArray(), 2), By),
            });
        foreach (var head in heads) // every request is looked at again, so that none stands as it was signed
        {
            await Ledger.InvalidateAsync([head], By);
            await Ledger.ReinstateAsync([head], By);
        }

        var rows = await db.Pledges.AsNoTracking().OrderBy(p => p.Sequence).ToListAsync(Cancellation);
        Assert.Equal(FamiliesOf(rows), rows.Where(p => p.Family).Select(p => p.Sequence));
        Assert.Equal(0, await app.Get<SafetyCampaign.Tallying.TallyRecount>().RunAsync(Cancellation));
    }

    /// <summary>On which pledge each family stands: requests one after the other, those first whose people count for themselves.</summary>
    private static IEnumerable<long> FamiliesOf(List<Pledge> rows)
    {
        static bool Stands(Pledge p) => p.WithdrawnAt is null && p.InvalidatedAt is null;
        var inFamilies = new HashSet<long>();
        var bearers = new SortedSet<long>();
        foreach (var request in rows.GroupBy(p => Convert.ToHexString(p.Key)).OrderBy(of => of.Count(p => p.CountedWith is not null))
            .ThenBy(of => of.Min(p => p.Sequence)))
        {
            var standing = request.Where(Stands).ToList();
            if (!standing.Exists(p => p.Role == SignerRole.Student) || !standing.Exists(p => p.Role == SignerRole.Guardian))
                continue;
            if (standing.Find(p => p.CountedWith is null) is { } bearer
                && !standing.Exists(p => p.CountedWith is { } other && inFamilies.Contains(other)))
                bearers.Add(bearer.Sequence);
            inFamilies.UnionWith(standing.Select(p => p.Sequence));
        }
        return bearers;
    }
}
