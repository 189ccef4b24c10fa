using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Tests.Ledger;

public sealed class CountedOnceOnSqliteTests() : CountedOnceTests(postgres: false)
{
    /// <summary>The statements are the same on both; here they are run on a connection of the test's own.</summary>
    [Fact]
    public async Task An_act_reads_its_neighbours_alone_however_long_families_hang_together()
    {
        for (var i = 0; i < 60; i++) // each pair of siblings shares a child with the next
            await SignAsync(Family(e.Primary, $"王家长{(char)('一' + i)}", relation: null,
                ($"孩子{(char)('一' + i)}", null), ($"孩子{(char)('一' + i + 1)}", null)));

        await using var connection = new SqliteConnection(app.Get<DataFolder>().ConnectionString + ";Pooling=False");
        await connection.OpenAsync(Cancellation);
        var affected = new AffectedPledges(new LedgerActStatements(connection), 31);

        Assert.InRange(affected.Count, 6, 12); // its own three, those that count with it and those it counts with
        Assert.True(await Ledger.WithdrawAsync(31));
        Assert.Equal(0, await app.Get<TallyRecount>().RunAsync(Cancellation));
    }
}

public sealed class CountedOnceOnPostgresTests() : CountedOnceTests(postgres: true);

/// <summary>A child that two guardians sign for is one child; what an organizer finds out later can be set right and taken back.</summary>
public abstract partial class CountedOnceTests(bool postgres) : IAsyncLifetime
{
    private const int By = 1;
    private protected readonly CampaignApp app = new() { Postgres = postgres };
    private protected SeededEvent e = null!;
    private HttpClient phone = null!;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected PledgeLedger Ledger => app.Get<PledgeLedger>();

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        (e, phone) = (await app.SeedEventAsync(), app.CreateClient());
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_child_signed_for_by_mother_and_father_counts_once_and_both_guardians_are_kept()
    {
        await SignAsync("王小明", "李芳", "mother");
        await SignAsync("王小明", "王刚", "father");

        await AssertCountsAsync(students: 1, guardians: 2, families: 1);
        await using var db = app.OpenStore();
        Assert.Equal(["王小明", "李芳", "王小明", "王刚"], await db.Pledges.OrderBy(p => p.Sequence).Select(p => p.Name).ToListAsync(Cancellation));
        Assert.Equal(4, await db.Signatures.CountAsync(Cancellation));
    }

    [Theory]
    [InlineData("张伟", "张　伟")]
    [InlineData("John", "JOHN")]
    [InlineData("李小龙 1", "李小龙 １")]
    [InlineData("O'Neil", "O’Neil")]
    [InlineData("高小文", "⾼⼩⽂")]
    public async Task A_child_whose_parents_write_its_name_in_two_ways_is_one_child(string mothers, string fathers)
    {
        await SignAsync(mothers, "李芳", "mother");
        await SignAsync(fathers, "王刚", "father");

        await AssertCountsAsync(students: 1, guardians: 2, families: 1);
    }

    [Fact]
    public async Task A_name_stored_before_there_was_one_form_is_kept_and_recognised_by_it()
    {
        await SignAsync("张伟", "李芳", "mother");
        await using (var db = app.OpenStore())
            await db.Pledges.Where(p => p.Name == "张伟").ExecuteUpdateAsync(set => set.SetProperty(p => p.Name, "张 伟"), Cancellation);
        await app.RestartAsync();
        phone = app.CreateClient();

        await SignAsync("张　伟", "王刚", "father");

        await AssertCountsAsync(students: 1, guardians: 2, families: 1);
        await using var after = app.OpenStore();
        Assert.Equal(["张 伟", "张伟"], await after.Pledges.Where(p => p.Role == SignerRole.Student).OrderBy(p => p.Sequence)
            .Select(p => p.Name).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_stranger_who_enters_a_childs_name_learns_nothing()
    {
        await SignAsync("王小明", "李芳", "mother");
        var known = await SignAsync("王小明", "陈某", "father");
        var unknown = await SignAsync("王小亮", "陈某", "father");

        Assert.Equal(unknown.Select(part => part.Key), known.Select(part => part.Key));
        Assert.Equal((3, 5), (known["number"]!.GetValue<int>(), unknown["number"]!.GetValue<int>()));
        using var withKnown = await phone.GetAsync($"/r/{known["receipt"]}", Cancellation);
        using var withUnknown = await phone.GetAsync($"/r/{unknown["receipt"]}", Cancellation);
        Assert.Equal(Shape(await withUnknown.Content.ReadAsStringAsync(Cancellation)),
            Shape(await withKnown.Content.ReadAsStringAsync(Cancellation)));

        static int Shape(string page) => page.Split('<').Length;
    }

    [Theory]
    [InlineData("李芳", "mother", "王芳", "mother")] // two mothers have two children
    [InlineData("李芳", "mother", "李芳", "mother")] // a second time: the organizer is shown it
    public async Task What_may_be_two_children_counts_as_two(string first, string its, string second, string own)
    {
        await SignAsync("王小明", first, its);
        await SignAsync("王小明", second, own);

        await AssertCountsAsync(students: 2, guardians: 2, families: 2);
    }

    [Fact]
    public async Task The_same_name_in_another_class_or_in_practice_is_another_child()
    {
        await SignAsync("王小明", "李芳", "mother");
        await SignAsync("王小明", "王刚", "father", e.OtherPrimary);
        await AssertCountsAsync(students: 2, guardians: 2, families: 2);

        var rehearsing = await app.SeedEventAsync(EventState.Rehearsal);
        foreach (var (parent, relation) in new[] { ("李芳", "mother"), ("王刚", "father") })
            await phone.SignAsync(rehearsing.Code, Family(rehearsing.Primary, parent, relation, ("王小明", null)));
        Assert.Equal(4, await phone.PeopleAsync(rehearsing.Code));
    }

    [Fact]
    public async Task Two_children_of_a_family_count_in_their_own_classes_and_the_family_once()
    {
        await SignAsync(Family(e.Primary, "李芳", "mother", ("王小明", null), ("王小红", e.Junior)));
        await SignAsync(Family(e.Primary, "王刚", "father", ("王小明", null), ("王小红", e.Junior)));

        var tally = await AssertCountsAsync(students: 2, guardians: 2, families: 1);
        var people = tally["byClass"]!.AsArray().ToDictionary(c => c!["classId"]!.GetValue<int>(), c => c!["people"]!.GetValue<int>());
        Assert.Equal((3, 1), (people[e.Primary], people[e.Junior]));
    }

    [Fact]
    public async Task A_child_is_recognised_after_a_restart_too()
    {
        await SignAsync("王小明", "李芳", "mother");
        await app.RestartAsync();
        phone = app.CreateClient();

        await SignAsync("王小明", "王刚", "father");

        await AssertCountsAsync(students: 1, guardians: 2, families: 1);
    }

    [Fact]
    public async Task When_the_first_guardian_withdraws_the_child_counts_beside_the_other()
    {
        await SignAsync("王小明", "李芳", "mother");
        await SignAsync("王小明", "王刚", "father");

        Assert.True(await Ledger.WithdrawAsync(1));

        await AssertCountsAsync(students: 1, guardians: 1, families: 1);
        await SignAsync("王小明", "李芳", "mother");
        await AssertCountsAsync(students: 1, guardians: 2, families: 1); // by the father's, which stands
    }

    [Fact]
    public async Task A_corrected_name_or_class_counts_where_it_belongs()
    {
        var receipt = await SignAsync("王小名", "李芳", "mother");

        Assert.True(await Ledger.CorrectAsync(1, [new("王小明", e.Junior, null), new("李芳", e.Junior, GuardianRelation.Other)]));
        Assert.False(await Ledger.CorrectAsync(1, [new("王小明", e.Junior, null), new("李芳", e.Junior, GuardianRelation.Other)]));

        var tally = await AssertCountsAsync(students: 1, guardians: 1, families: 1);
        Assert.Equal(2, tally["byClass"]!.AsArray().Single(c => c!["classId"]!.GetValue<int>() == e.Junior)!["people"]!.GetValue<int>());
        var signed = await app.Get<Receipts>().FindAsync((string)receipt["receipt"]!, Cancellation);
        Assert.Equal(("王小明", receipt["verification"]!.GetValue<string>()), (signed!.Signers[0].Name, signed.Receipt.Verification));
        Assert.NotNull(signed.CorrectedAt);
        await SignAsync("王小明", "王刚", "father", e.Junior);
        await AssertCountsAsync(students: 1, guardians: 2, families: 1);
    }

    [Fact]
    public async Task An_erased_pledge_counts_without_a_name()
    {
        var receipt = await SignAsync("王小明", "李芳", "mother");

        Assert.True(await Ledger.EraseAsync(1));
        Assert.False(await Ledger.EraseAsync(1));

        await AssertCountsAsync(students: 1, guardians: 1, families: 1);
        var signed = await app.Get<Receipts>().FindAsync((string)receipt["receipt"]!, Cancellation);
        Assert.All(signed!.Signers, signer => Assert.Equal((null, null, null), (signer.Name, signer.Relation, signer.Strokes)));
        Assert.Equal((null, true), (signed.WithdrawnAt, signed.ErasedAt is not null));
        Assert.True(await Ledger.WithdrawAsync(1));
        await AssertCountsAsync(students: 0, guardians: 0, families: 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_is_done_in_whatever_order_the_counts_are_what_the_rows_say(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 120; i++)
            await ActAsync(random);

        Assert.Equal(0, await app.Get<TallyRecount>().RunAsync(Cancellation));
        await using var db = app.OpenStore();
        var rows = await db.Pledges.AsNoTracking().ToListAsync(Cancellation);
        // Whoever counts with another counts with one that counts itself; of those that do not stand, with one of their own kind too.
        Assert.All(rows.Where(p => p.CountedWith is not null),
            p => Assert.Null(rows.Single(other => other.Sequence == p.CountedWith).CountedWith));
        Assert.All(rows.Where(p => p.CountedWith is not null && CountingRule.IsValid(p.WithdrawnAt, p.InvalidatedAt)), p =>
        {
            var with = rows.Single(other => other.Sequence == p.CountedWith);
            Assert.True(CountingRule.IsValid(with.WithdrawnAt, with.InvalidatedAt), $"{p.Sequence} counts with one that does not stand");
        });
        var before = await TallyAsync();
        await app.RestartAsync();
        phone = app.CreateClient();
        Assert.Equal(before.ToJsonString(), (await TallyAsync()).ToJsonString());
    }

    private async Task ActAsync(Random random)
    {
        string[] children = ["王小明", "王小红", "赵小雨"], parents = ["李芳", "王刚", "赵敏"], relations = ["mother", "father", "other"];
        int?[] classes = [e.Primary, e.Junior, null];
        var (any, other) = (random.Next(1, 60), random.Next(1, 60));
        switch (random.Next(13))
        {
            case 12:
                await SignAsync(ByHand(random.GetItems(children, 1)[0], random.GetItems(relations, 1)[0]));
                break;
            case < 5:
                await SignAsync(Family(random.GetItems(classes, 1)[0], random.GetItems(parents, 1)[0], random.GetItems(relations, 1)[0],
                    [.. random.GetItems(children, random.Next(1, 3)).Select(name => (name, random.GetItems(classes, 1)[0]))]));
                break;
            case 5: await Ledger.WithdrawAsync(any); break;
            case 6: await Ledger.EraseAsync(any); break;
            case 7: await Ledger.CorrectAsync(any, [new("王小明", e.Primary, null), new("李芳", e.Primary, null)]); break;
            case 8: await Ledger.MergeAsync(any, other, By); break;
            case 9: await Ledger.SeparateAsync(any, By); break;
            case 10: await Ledger.InvalidateAsync([any, other], By); break;
            default: await Ledger.ReinstateAsync([any, other], By); break;
        }
    }

    private Task<JsonObject> SignAsync(string child, string parent, string relation, int? classId = null) =>
        SignAsync(Family(classId ?? e.Primary, parent, relation, (child, null)));

    private protected async Task<JsonObject> SignAsync(JsonNode request)
    {
        var response = await phone.SignAsync(e.Code, request);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return await response.JsonAsync();
    }

    private protected static JsonObject Family(
        int? classId, string parent, string? relation, params (string Name, int? ClassId)[] children) =>
        Signing.Request(classId, [.. children.Select(child => Child(child.Name, child.ClassId)),
            Signing.Signer("guardian", parent, relation)], guardianConsents: true);

    private static JsonObject Child(string name, int? classId)
    {
        var signer = Signing.Signer("student", name);
        if (classId is not null)
            signer["classId"] = classId;
        return signer;
    }

    private async Task<JsonObject> AssertCountsAsync(int students, int guardians, int families)
    {
        var tally = await TallyAsync();
        Assert.Equal((students, guardians, families, students + guardians), (tally["byRole"]!["student"]!.GetValue<int>(),
            tally["byRole"]!["guardian"]!.GetValue<int>(), tally["families"]!.GetValue<int>(), tally["people"]!.GetValue<int>()));
        Assert.Equal(0, await app.Get<TallyRecount>().RunAsync(Cancellation));
        return tally;
    }

    private async Task<JsonObject> TallyAsync()
    {
        var tally = await (await phone.GetAsync($"/api/events/{e.Code}/tally", Cancellation)).JsonAsync();
        tally.Remove("at");
        return tally;
    }
}
