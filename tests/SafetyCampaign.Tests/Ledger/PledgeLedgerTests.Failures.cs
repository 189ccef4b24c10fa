using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Ledger;

/// <summary>What the ledger promises when its store fails, is too slow, or is stopped.</summary>
public abstract partial class PledgeLedgerTests
{
    [Fact]
    public async Task A_store_that_fails_is_never_acknowledged_and_the_same_key_works_later()
    {
        Recorded(await Ledger.RecordAsync(Family()));
        var draft = Family();
        await BreakAsync("pledges");

        Assert.IsType<LedgerOutcome.Unavailable>(await Ledger.RecordAsync(draft));
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () =>
        {
            await BreakAsync("ledger_acts");
            await Ledger.WithdrawAsync(1);
        });
        Assert.Equal(2, Tally().People);

        await MendAsync("pledges");
        await MendAsync("ledger_acts");
        var receipt = Recorded(await Ledger.RecordAsync(draft));

        Assert.Equal((3L, 3), (receipt.Sequence, receipt.Number));
        Assert.Equal(4, Tally().People);
        await using var db = app.OpenStore();
        Assert.Equal(4, await db.Pledges.CountAsync(Cancellation));
    }

    [Fact]
    public async Task A_commit_that_failed_but_reached_the_disk_all_the_same_is_counted_and_numbered()
    {
        Recorded(await Ledger.RecordAsync(Family()));
        await BreakAsync("pledges");
        Assert.IsType<LedgerOutcome.Unavailable>(await Ledger.RecordAsync(Family()));
        // What the disk kept though the commit was reported as failed: another teacher.
        await using (var db = app.OpenStore())
        {
            db.Add(new Pledge
            {
                Sequence = 3,
                Key = Guid.CreateVersion7().ToByteArray(),
                EventId = e.Id,
                Role = SignerRole.Teacher,
                SignatureKind = SignatureKind.Typed,
                Number = 3,
                Signers = 1,
            });
            await db.SaveChangesAsync(Cancellation);
        }
        await MendAsync("pledges");

        var receipt = Recorded(await Ledger.RecordAsync(Family()));

        Assert.Equal((4L, 4), (receipt.Sequence, receipt.Number));
        Assert.Equal((5, 2, 1), (Tally().People, Tally().Families, Tally().ByRole["teacher"]));
    }

    [Fact]
    public async Task While_the_store_fails_a_phone_is_asked_to_come_again()
    {
        using var phone = app.CreateClient();
        var request = Signing.Family(e);
        await BreakAsync("pledges");

        var refused = await phone.SignAsync(e.Code, request);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.True(refused.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Equal("/problems/unavailable", (await refused.JsonAsync())["type"]!.GetValue<string>());
        await MendAsync("pledges");
        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, request)).StatusCode);
    }

    [Fact]
    public async Task A_full_queue_refuses_at_once_and_keeps_what_it_has_taken()
    {
        using var phone = app.CreateClient();
        Task<LedgerOutcome>[] waiting;
        HttpResponseMessage refused;
        await using (await HoldStoreAsync())
        {
            waiting = [.. Enumerable.Range(0, PledgeLedger.MaxQueueLength + 2 * PledgeLedger.MaxGroupSize)
                .Select(_ => Ledger.RecordAsync(Family()))];
            refused = await phone.SignAsync(e.Code, Signing.Family(e));
        }
        var outcomes = await Task.WhenAll(waiting);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Contains(outcomes, outcome => outcome is LedgerOutcome.Unavailable);
        Assert.Equal(2 * outcomes.Count(outcome => outcome is LedgerOutcome.Recorded), Tally().People);
    }

    [Fact]
    public async Task After_a_restart_the_counts_are_what_the_rows_say()
    {
        var other = await app.SeedEventAsync(EventState.Rehearsal);
        for (var i = 0; i < 5; i++)
            Recorded(await Ledger.RecordAsync(Family()));
        Recorded(await Ledger.RecordAsync(Family() with { Signers = [Signer(SignerRole.Teacher)] }));
        await Ledger.WithdrawAsync(3);
        Recorded(await Ledger.RecordAsync(Family() with { EventId = other.Id, Rehearsal = true }));
        await Ledger.WipeRehearsalAsync(other.Id, null);
        Recorded(await Ledger.RecordAsync(Family() with { EventId = other.Id, Rehearsal = true }));
        using var before = app.CreateClient();
        var (counted, rehearsed) = (await TallyAsync(before, e.Code), await TallyAsync(before, other.Code));

        await app.RestartAsync();

        using var after = app.CreateClient();
        Assert.True(JsonNode.DeepEquals(counted, await TallyAsync(after, e.Code)));
        Assert.True(JsonNode.DeepEquals(rehearsed, await TallyAsync(after, other.Code)));
        Assert.Equal(10,
            Recorded(await Ledger.RecordAsync(Family() with { Signers = [Signer(SignerRole.Teacher), Signer(SignerRole.Teacher)] })).Number
                - 2);
    }

    [Fact]
    public async Task What_was_taken_before_the_program_stops_is_written()
    {
        var waiting = Enumerable.Range(0, 300).Select(_ => Ledger.RecordAsync(Family())).ToList();
        await app.RestartAsync();

        Assert.All(await Task.WhenAll(waiting), outcome => Assert.IsType<LedgerOutcome.Recorded>(outcome));
        published = (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!;
        Assert.Equal(600, Tally().People);
    }
}
