using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Schools.Slips;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Schools.Paper;
using SafetyCampaign.Tests.Schools.Slips;

namespace SafetyCampaign.Tests.Ledger;

/// <summary>
/// Once a name is gone, neither a key nor a number nor a time leads from what stays of the pledge to the pupil whose it was.
/// </summary>
public abstract class ErasedTiesTests(bool postgres) : IAsyncLifetime
{
    /// <summary>From now on, since keys of version 7 have the time of the computer.</summary>
    private readonly SetClock clock = new(DateTimeOffset.UtcNow);

    private CampaignApp app = null!;
    private SeededEvent e = null!;
    private HttpClient phone = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        app = new CampaignApp { Postgres = postgres, Clock = clock };
        await app.InitializeAsync();
        (e, phone) = (await app.SeedEventAsync(startsAt: clock.GetUtcNow()), app.CreateClient());
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Nothing_leads_from_an_erased_row_of_a_class_sheet_to_its_pledge()
    {
        var pupils = await app.SeedRosterAsync(e, e.Primary, (1, "孔守仁"), (2, "丘灵犀"), (3, "苗沐阳"), (4, "卞知秋"));
        var counted = await CountedOnPaperAsync(pupils);
        var acts = new[] { "withdraw", "erase", "expire" };
        foreach (var (act, pupil) in acts.Zip(pupils))
        {
            var sequence = counted[pupil];
            Assert.NotEmpty(await TiesAsync(sequence));

            await DoAsync(act, sequence);

            Assert.Equal((act, ""), (act, string.Join(' ', await TiesAsync(sequence))));
        }
        Assert.NotEmpty(await TiesAsync(counted[pupils[3]]));
    }

    [Fact]
    public async Task Pledges_of_a_page_do_not_stand_in_the_ledger_in_the_order_of_its_rows()
    {
        var pupils = await app.SeedRosterAsync(e, e.Primary, [.. Enumerable.Range(1, 12).Select(i => ((int?)i, $"丘灵{(char)('一' + i)}"))]);

        var counted = await CountedOnPaperAsync(pupils);

        var order = counted.OrderBy(of => of.Value).Select(of => of.Key).ToArray();
        Assert.Equal(pupils.Order(), order.Order());
        Assert.NotEqual(pupils, order); // by chance equal once in 12!
    }

    [Fact]
    public async Task Nothing_leads_from_an_erased_pledge_to_the_slip_it_was_signed_with_which_opens_nothing_and_is_issued_anew()
    {
        var pupils = await app.SeedRosterAsync(e, e.Primary, (1, "孔守仁"), (2, "丘灵犀"), (3, "苗沐阳"), (4, "卞知秋"));
        foreach (var (act, pupil) in new[] { "withdraw", "erase", "expire" }.Zip(pupils))
        {
            var (code, sequence) = await SignedWithSlipAsync(pupil);
            Assert.NotEmpty(await TiesAsync(sequence));

            await DoAsync(act, sequence);

            Assert.Equal((act, ""), (act, string.Join(' ', await TiesAsync(sequence))));
            Assert.Equal(HttpStatusCode.NotFound, (await phone.GetAsync(new Uri($"/s/{code}", UriKind.Relative), Cancellation)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await phone.SignAsync(e.Code, With(code))).StatusCode);
        }
        var kept = await SignedWithSlipAsync(pupils[3]);
        Assert.NotEmpty(await TiesAsync(kept.Sequence));
        var published = (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!;
        await using var db = app.OpenStore();
        Assert.Equal(3, await app.Get<ClassSlips>().IssueAsync(db, published, e.Primary, Cancellation));
    }

    [Fact]
    public async Task A_guardian_who_signed_alone_keeps_the_slip_when_the_childs_own_pledge_is_withdrawn()
    {
        var pupils = await app.SeedRosterAsync(e, e.Primary, (1, "孔守仁"));
        var child = (await CountedOnPaperAsync(pupils, "childonly"))[pupils[0]];
        var code = await app.SeedSlipAsync(e, pupils[0]);
        var alone = With(code);
        alone["signers"]!.AsArray().RemoveAt(0);
        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, alone)).StatusCode);
        await using var db = app.OpenStore();
        var guardian = await db.Pledges.Where(p => p.Role == SignerRole.Guardian).Select(p => p.Sequence).SingleAsync(Cancellation);

        await DoAsync("withdraw", guardian);

        Assert.Equal("", string.Join(' ', await TiesAsync(guardian)));
        Assert.NotEmpty(await TiesAsync(child));
    }

    [Fact]
    public async Task What_an_older_version_left_is_mended_by_the_upgrade_and_what_stands_stays()
    {
        var pupils = await app.SeedRosterAsync(e, e.Primary, (1, "孔守仁"), (2, "丘灵犀"), (3, "苗沐阳"), (4, "卞知秋"));
        var counted = await CountedOnPaperAsync(pupils[..2]);
        var slips = (Erased: await SignedWithSlipAsync(pupils[2]), Kept: await SignedWithSlipAsync(pupils[3]));
        await using var db = app.OpenStore();
        var bytes = await db.Pledges.Where(p => p.Sequence == counted[pupils[0]]).Select(p => p.Key).SingleAsync(Cancellation);
        var key = new Guid(bytes, bigEndian: true);
        var slip = await db.Slips.AsNoTracking().SingleAsync(s => s.RosterEntryId == pupils[2], Cancellation);
        await DoAsync("withdraw", counted[pupils[0]]);
        await DoAsync("withdraw", slips.Erased.Sequence);
        await db.PaperRows.Where(r => r.IsErased).ExecuteUpdateAsync(row => row.SetProperty(r => r.Key, key), Cancellation);
        db.Slips.Add(slip);
        await db.SaveChangesAsync(Cancellation);
        Assert.NotEmpty(await TiesAsync(counted[pupils[0]]));
        Assert.NotEmpty(await TiesAsync(slips.Erased.Sequence));
        var before = await db.PaperRows.Where(r => !r.IsErased).OrderBy(r => r.Row).Select(r => r.Key).ToListAsync(Cancellation);

        await db.GetService<IMigrator>().MigrateAsync("PartedClasses", Cancellation);
        await app.Get<SchemaUpgrade>().RunAsync(Cancellation);

        Assert.Equal("", string.Join(' ', await TiesAsync(counted[pupils[0]])));
        Assert.Equal("", string.Join(' ', await TiesAsync(slips.Erased.Sequence)));
        Assert.Equal(before, await db.PaperRows.Where(r => !r.IsErased).OrderBy(r => r.Row).Select(r => r.Key).ToListAsync(Cancellation));
        Assert.Equal([pupils[3]], await db.Slips.Select(s => s.RosterEntryId).ToListAsync(Cancellation));
    }

    /// <summary>A page of the class, of which an hour later every row counts.</summary>
    /// <returns>Of each pupil the sequence number of the pledge.</returns>
    private async Task<Dictionary<int, long>> CountedOnPaperAsync(int[] pupils, string decision = "withguardian")
    {
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        var (sheet, _) = await app.SeedPaperAsync(e, e.Primary, pupils, pupils.Length, rehearsal: false, () => [1, 2, 3]);
        clock.Advance(TimeSpan.FromHours(1));
        var fields = Enumerable.Range(0, pupils.Length)
            .SelectMany(row => new[] { KeyValuePair.Create($"r{row}", "1"), KeyValuePair.Create($"d{row}", decision) });
        using var form = new FormUrlEncodedContent([.. fields, new("act", "count")]);
        var answer = await phone.PostAsync(new Uri($"/class/{secret}/sheets?sheet={sheet}", UriKind.Relative), form, Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await using var db = app.OpenStore();
        return await db.Pledges.Where(p => p.RosterEntryId != null && pupils.Contains(p.RosterEntryId!.Value))
            .ToDictionaryAsync(p => p.RosterEntryId!.Value, p => p.Sequence, Cancellation);
    }

    private async Task<(string Code, long Sequence)> SignedWithSlipAsync(int pupil)
    {
        var code = await app.SeedSlipAsync(e, pupil);
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, With(code))).StatusCode);
        clock.Advance(TimeSpan.FromMinutes(10));
        await using var db = app.OpenStore();
        return (code, await db.Pledges.Where(p => p.RosterEntryId == pupil && p.Position == 0).Select(p => p.Sequence)
            .SingleAsync(Cancellation));
    }

    private static JsonObject With(string code)
    {
        var request = Signing.Request(
            null, [Signing.Signer("student", "王小明"), Signing.Signer("guardian", "王芳", "mother")], guardianConsents: true);
        request["slip"] = code;
        return request;
    }

    private async Task DoAsync(string act, long sequence)
    {
        clock.Advance(TimeSpan.FromMinutes(10));
        var ledger = app.Get<PledgeLedger>();
        await using var db = app.OpenStore();
        var request = db.Pledges.Where(p => p.Key == db.Pledges.Single(head => head.Sequence == sequence).Key);
        Assert.True(await (act switch
        {
            "withdraw" => ledger.WithdrawAsync(sequence),
            "erase" => ledger.EraseAsync(sequence),
            _ => ledger.ExpireAsync(e.Id, await request.Select(p => p.Sequence).ToListAsync(Cancellation)),
        }));
    }

    private async Task<IReadOnlyCollection<string>> TiesAsync(long sequence)
    {
        await using var db = app.OpenStore();
        return await GuessReplay.TiesAsync(db, sequence);
    }
}

public sealed class ErasedTiesOnSqliteTests() : ErasedTiesTests(postgres: false);

public sealed class ErasedTiesOnPostgresTests() : ErasedTiesTests(postgres: true);
