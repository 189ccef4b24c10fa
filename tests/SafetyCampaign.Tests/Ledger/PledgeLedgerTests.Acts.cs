using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Tests.Ledger;

/// <summary>What takes something away from what is stored: wiping practice, withdrawing, and a consent alone.</summary>
public abstract partial class PledgeLedgerTests
{
    [Fact]
    public async Task Wiping_the_rehearsal_takes_practice_out_leaves_the_rest_and_raises_the_version()
    {
        await ReplaceAsync(EventState.Rehearsal);
        Recorded(await Ledger.RecordAsync(Family() with { Rehearsal = true }));
        Recorded(await Ledger.RecordAsync(Family() with { Rehearsal = true }));
        await app.ChangeEventAsync(e.Id, gathering => gathering.Open(DateTimeOffset.UnixEpoch));
        published = (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!;
        Recorded(await Ledger.RecordAsync(Family()));
        var before = Tally().Version;

        Assert.True(await Ledger.WipeRehearsalAsync(e.Id, by: null));

        Assert.Equal(2, Tally().People);
        Assert.True(Tally().Version > before);
        Assert.Equal(0, app.Get<TallyBoard>().Rehearsed(e.Id));
        await using (var db = app.OpenStore())
        {
            Assert.Equal(2, await db.Pledges.CountAsync(Cancellation));
            Assert.Equal(2, await db.Signatures.CountAsync(Cancellation));
            var act = await db.Acts.SingleAsync(Cancellation);
            Assert.Equal((LedgerActKind.RehearsalWiped, e.Id, 4), (act.Kind, act.EventId, act.People));
        }
        Assert.False(await Ledger.WipeRehearsalAsync(e.Id, by: null));
    }

    [Fact]
    public async Task A_draft_checked_while_the_event_rehearsed_is_not_recorded_once_it_is_open()
    {
        await ReplaceAsync(EventState.Rehearsal);
        var practice = Family() with { Rehearsal = true };
        await app.ChangeEventAsync(e.Id, gathering => gathering.Open(DateTimeOffset.UnixEpoch));

        Assert.IsType<LedgerOutcome.Outdated>(await Ledger.RecordAsync(practice));

        Recorded(await Ledger.RecordAsync(practice with { Rehearsal = false }));
        Assert.Equal(0, app.Get<TallyBoard>().Rehearsed(e.Id));
    }

    [Fact]
    public async Task Withdrawing_takes_the_people_out_and_erases_names_and_strokes_once()
    {
        var kept = Recorded(await Ledger.RecordAsync(Family()));
        var receipt = Recorded(await Ledger.RecordAsync(Family()));
        var before = Tally();

        Assert.True(await Ledger.WithdrawAsync(receipt.Sequence));
        Assert.False(await Ledger.WithdrawAsync(receipt.Sequence));
        Assert.False(await Ledger.WithdrawAsync(9999));

        Assert.Equal((before.People - 2, before.Families - 1), (Tally().People, Tally().Families));
        Assert.True(Tally().Version > before.Version);
        var withdrawn = await app.Get<Receipts>().FindAsync(receipt.Address, Cancellation);
        Assert.NotNull(withdrawn!.WithdrawnAt);
        Assert.All(withdrawn.Signers, signer => Assert.Equal((null, null), (signer.Name, signer.Strokes)));
        Assert.All((await app.Get<Receipts>().FindAsync(kept.Address, Cancellation))!.Signers, signer => Assert.NotNull(signer.Strokes));
        Assert.Equal(5, Recorded(await Ledger.RecordAsync(Family())).Number);
    }

    [Fact]
    public async Task What_was_consented_to_stands_on_the_first_row_and_outlives_the_names()
    {
        var wording = RandomNumberGenerator.GetBytes(32);
        var agreed = Recorded(await Ledger.RecordAsync(Family() with { ShownConsent = new ShownConsent(3, wording) }));
        var silent = Recorded(await Ledger.RecordAsync(
            Family() with { GuardianConsent = false, ShownConsent = new ShownConsent(3, wording) }));

        await Ledger.EraseAsync(agreed.Sequence);

        await using var db = app.OpenStore();
        var rows = await db.Pledges.OrderBy(p => p.Sequence).Select(p => new { p.RulesVersion, p.ConsentHash }).ToListAsync(Cancellation);
        Assert.Equal([3, null, 3, null], rows.Select(row => row.RulesVersion));
        Assert.Equal([wording, null, null, null], rows.Select(row => row.ConsentHash));
        Assert.Null((await app.Get<Receipts>().FindAsync(silent.Address, Cancellation))!.ConsentHash);
    }

    [Fact]
    public async Task The_consent_to_show_masked_names_is_withdrawn_alone_and_once()
    {
        var receipt = Recorded(await Ledger.RecordAsync(Family() with { ShowMaskedName = true }));
        var before = Tally();

        Assert.True(await Ledger.WithdrawMaskedNameAsync(receipt.Sequence));
        Assert.False(await Ledger.WithdrawMaskedNameAsync(receipt.Sequence));

        var signed = await app.Get<Receipts>().FindAsync(e.Id, receipt.Sequence, Cancellation);
        Assert.Equal((false, true), (signed!.ShowMaskedName, signed.MaskedNameWithdrawnAt is not null));
        Assert.Equal(["王小明", "王芳"], signed.Signers.Select(s => s.Name));
        Assert.Equal((before.People, before.Families), (Tally().People, Tally().Families));
        await using var db = app.OpenStore();
        Assert.Equal([false, false], await db.Pledges.Select(p => p.ShowMaskedName).ToListAsync(Cancellation));
        Assert.Equal(LedgerActKind.MaskedNameWithdrawn, (await db.Acts.SingleAsync(Cancellation)).Kind);
    }
}
