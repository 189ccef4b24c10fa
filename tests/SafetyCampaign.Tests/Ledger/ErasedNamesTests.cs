using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Ledger;

/// <summary>Once a name is gone, nothing that is stored lets anybody try whether it was this one.</summary>
public abstract class ErasedNamesTests(bool postgres) : IAsyncLifetime
{
    private readonly CampaignApp app = new() { Postgres = postgres };
    private SeededEvent e = null!;
    private HttpClient phone = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        (e, phone) = (await app.SeedEventAsync(), app.CreateClient());
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_guess_is_confirmed_while_the_names_stand_and_by_nothing_once_they_are_gone()
    {
        foreach (var act in new[] { "withdraw", "erase", "correct", "expire" })
        {
            var signed = await SignAsync();
            Assert.True(await IsConfirmedAsync(signed.Request), "The replay finds what is there.");
            Assert.False(await IsConfirmedAsync(GuessReplay.TypedFamily(e, "王小朋", "王小友")));

            await DoAsync(act, signed);

            Assert.False(await IsConfirmedAsync(signed.Request), act);
            Assert.Contains(act == "withdraw" ? "承诺已撤回" : act == "correct" ? "更正过" : "个人信息已删除",
                await phone.GetStringAsync(signed.Receipt, Cancellation));
            Assert.NotNull(await app.Get<Verification>().FindAsync(signed.Verification, Cancellation));
        }
    }

    [Fact]
    public async Task The_same_key_again_is_answered_with_its_receipt_though_its_content_can_no_longer_be_compared()
    {
        foreach (var act in new[] { "withdraw", "erase", "correct", "expire" })
        {
            var signed = await SignAsync();
            var other = GuessReplay.TypedFamily(e, "李不同", "李不等");
            other["key"] = (string)signed.Request["key"]!;
            Assert.Equal(HttpStatusCode.Conflict, (await phone.SignAsync(e.Code, other)).StatusCode);

            await DoAsync(act, signed);

            var again = await phone.SignAsync(e.Code, signed.Request);
            Assert.Equal((HttpStatusCode.OK, signed.Receipt), (again.StatusCode, $"/r/{(await again.JsonAsync())["receipt"]}"));
            Assert.Equal(HttpStatusCode.OK, (await phone.SignAsync(e.Code, other)).StatusCode);
        }
        var last = await SignAsync();
        await DoAsync("withdraw", last);
        await app.ChangeEventAsync(e.Id, gathering => gathering.Close(DateTimeOffset.UnixEpoch));
        Assert.Equal(HttpStatusCode.OK, (await phone.SignAsync(e.Code, last.Request)).StatusCode);
    }

    [Fact]
    public async Task A_withdrawn_pledge_does_not_name_another_of_the_same_child()
    {
        await phone.SignAsync(e.Code, Signing.Family(e));
        var father = Signing.Family(e, parent: "王刚");
        father.SignerOf(1)["relation"] = "father";
        var receipt = $"/r/{(await (await phone.SignAsync(e.Code, father)).JsonAsync())["receipt"]}";
        await using var db = app.OpenStore();
        Assert.True(await db.Pledges.AnyAsync(p => p.CountedWith != null, Cancellation));

        await phone.PostAsync(receipt + "?handler=Withdraw", null, Cancellation);

        Assert.False(await db.Pledges.AnyAsync(p => p.WithdrawnAt != null && p.CountedWith != null, Cancellation));
        Assert.Equal(2, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task What_an_older_version_erased_or_corrected_is_mended_by_the_upgrade_and_what_stands_keeps_its_receipt_and_code()
    {
        var (standing, erased, corrected) = (await SignAsync(), await SignAsync(), await SignAsync());
        await app.StopAsync();
        await app.StartAsync(); // so that nothing of them is remembered
        phone = app.CreateClient();
        foreach (var signed in new[] { standing, erased, corrected })
            await AsBeforeAsync(signed);
        await using (var db = app.OpenStore())
        {
            await RowsOf(db, erased).ExecuteUpdateAsync(row => row.SetProperty(p => p.Name, (string?)null)
                .SetProperty(p => p.Relation, (GuardianRelation?)null).SetProperty(p => p.ContentHash, (byte[]?)null), Cancellation);
            await RowsOf(db, corrected).ExecuteUpdateAsync(row => row.SetProperty(p => p.Name, "张改名"), Cancellation);
            db.Acts.Add(new LedgerAct { Sequence = 100, EventId = e.Id, Kind = LedgerActKind.Corrected, Subject = corrected.Sequence });
            await db.SaveChangesAsync(Cancellation);
            foreach (var signed in new[] { erased, corrected })
                Assert.True(await IsConfirmedAsync(signed.Request), "The replay finds the digest of before.");
            await db.GetService<IMigrator>().MigrateAsync("TextTranslations", Cancellation);
        }

        await app.Get<SchemaUpgrade>().RunAsync(Cancellation);
        await app.RestartAsync();
        phone = app.CreateClient();

        foreach (var signed in new[] { erased, corrected })
            Assert.False(await IsConfirmedAsync(signed.Request));
        var codes = new Dictionary<long, string>();
        foreach (var signed in new[] { standing, erased, corrected })
        {
            Assert.Equal(HttpStatusCode.OK, (await phone.GetAsync(signed.Receipt, Cancellation)).StatusCode);
            codes[signed.Sequence] = (await app.Get<Receipts>().FindAsync(signed.Receipt[3..], Cancellation))!.Receipt.Verification;
            Assert.NotNull(await app.Get<Verification>().FindAsync(codes[signed.Sequence], Cancellation));
        }
        Assert.Equal(HttpStatusCode.OK, (await phone.SignAsync(e.Code, standing.Request)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await phone.SignAsync(e.Code, erased.Request)).StatusCode);

        await DoAsync("withdraw", standing);

        Assert.False(await IsConfirmedAsync(standing.Request));
        Assert.Contains("承诺已撤回", await phone.GetStringAsync(standing.Receipt, Cancellation));
        Assert.True((await app.Get<Verification>().FindAsync(codes[standing.Sequence], Cancellation))!.Withdrawn);
        var guessed = standing.Receipt[..^1] + (standing.Receipt[^1] == 'A' ? 'B' : 'A');
        Assert.Equal(HttpStatusCode.NotFound, (await phone.GetAsync(guessed, Cancellation)).StatusCode);
    }

    private sealed record Signed(JsonObject Request, string Receipt, string Verification, long Sequence);

    private int families;

    private async Task<Signed> SignAsync()
    {
        var n = (char)('一' + families++);
        var request = GuessReplay.TypedFamily(e, $"欧阳小{n}", $"欧阳静{n}");
        var answer = await (await phone.SignAsync(e.Code, request)).JsonAsync();
        await using var db = app.OpenStore();
        var sequence = await db.Pledges.Where(p => p.Position == 0).MaxAsync(p => p.Sequence, Cancellation);
        return new Signed(request, $"/r/{answer["receipt"]}", (string)answer["verification"]!, sequence);
    }

    private async Task DoAsync(string act, Signed signed)
    {
        var ledger = app.Get<PledgeLedger>();
        if (act is "withdraw" or "erase")
            await phone.PostAsync($"{signed.Receipt}?handler={act}", null, Cancellation);
        else if (act == "expire")
            await ledger.ExpireAsync(e.Id, [signed.Sequence, signed.Sequence + 1]);
        else
            await ledger.CorrectAsync(signed.Sequence,
                [new SignerCorrection("张改名", e.Primary, null), new SignerCorrection("欧阳静", e.Primary, GuardianRelation.Mother)]);
    }

    private async Task<bool> IsConfirmedAsync(JsonObject guess)
    {
        await using var db = app.OpenStore();
        return await GuessReplay.IsConfirmedAsync(db, e, guess);
    }

    /// <summary>The row as it was when the receipt's secret was the salt.</summary>
    private async Task AsBeforeAsync(Signed signed)
    {
        await using var db = app.OpenStore();
        var head = await db.Pledges.AsNoTracking().SingleAsync(p => p.Sequence == signed.Sequence, Cancellation);
        var digest = GuessReplay.DigestOf(head.ContentHash!, head.Sequence, head.SignedAt, head.Secret!,
            await GuessReplay.TextsAsync(db, e, signed.Request));
        await db.Pledges.Where(p => p.Sequence == signed.Sequence).ExecuteUpdateAsync(
            row => row.SetProperty(p => p.Salt, (byte[]?)null).SetProperty(p => p.Digest, digest), Cancellation);
    }

    private static IQueryable<Pledge> RowsOf(CampaignDb db, Signed signed) =>
        db.Pledges.Where(p => p.Sequence == signed.Sequence || p.Sequence == signed.Sequence + 1);
}

public sealed class ErasedNamesOnSqliteTests() : ErasedNamesTests(postgres: false);

public sealed class ErasedNamesOnPostgresTests() : ErasedNamesTests(postgres: true);
