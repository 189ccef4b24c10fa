using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Tests.Ledger;

/// <summary>What the ledger promises while its store works; PledgeLedgerTests.Failures.cs says what it promises when not.</summary>
public abstract partial class PledgeLedgerTests(bool postgres) : IAsyncLifetime
{
    private readonly CampaignApp app = new() { Postgres = postgres, Parts = CommittedGroups.Install };
    private SeededEvent e = null!;
    private PublishedEvent published = null!;

    protected CampaignApp App => app;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected PledgeLedger Ledger => app.Get<PledgeLedger>();

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        await ReplaceAsync(EventState.Open);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>
    /// From now on the database fails at every insert into a table; of the pledges at a request's second, so that the first
    /// must go as well.
    /// </summary>
    protected abstract Task BreakAsync(string table);

    protected abstract Task MendAsync(string table);

    /// <summary>Keeps the writer waiting until disposed, as a slow disk would.</summary>
    protected abstract Task<IAsyncDisposable> HoldStoreAsync();

    /// <summary>Goes on with another event.</summary>
    private async Task ReplaceAsync(EventState state)
    {
        e = await app.SeedEventAsync(state);
        published = (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!;
    }

    [Fact]
    public async Task The_people_of_a_request_stand_in_the_ledger_one_after_the_other()
    {
        var first = Recorded(await Ledger.RecordAsync(Family()));
        var second = Recorded(await Ledger.RecordAsync(Family()));

        Assert.Equal((1L, 1, 2), (first.Sequence, first.Number, first.People));
        Assert.Equal((3L, 3, 2), (second.Sequence, second.Number, second.People));
        await using var db = app.OpenStore();
        Assert.Equal([1, 2, 3, 4], await db.Pledges.OrderBy(p => p.Sequence).Select(p => p.Number).ToListAsync(Cancellation));
        Assert.Equal([true, false, true, false], await db.Pledges.OrderBy(p => p.Sequence).Select(p => p.Family).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_line_of_the_audit_log_is_written_with_its_pledge_or_neither_is_and_not_again_with_the_same_key()
    {
        await using var db = app.OpenStore();
        var draft = Family() with { Audit = await LineAsync() };
        await BreakAsync("audit_entries");
        Assert.IsType<LedgerOutcome.Unavailable>(await Ledger.RecordAsync(draft));
        Assert.False(await db.Pledges.AnyAsync(Cancellation), "A pledge without its line.");
        await MendAsync("audit_entries");

        Recorded(await Ledger.RecordAsync(draft with { Audit = await LineAsync() }));
        Assert.IsType<LedgerOutcome.Repeated>(await Ledger.RecordAsync(draft with { Audit = await LineAsync() }));

        Assert.Equal(2, await db.Pledges.CountAsync(Cancellation));
        var line = await db.AuditEntries.SingleAsync(a => a.Action == AuditAction.AssistedSigned, Cancellation);
        Assert.Equal((e.Code, "老师"), (line.EventCode, line.AccountName));
        Assert.Null((await app.Get<AuditLog>().VerifyAsync(Cancellation)).FirstBroken);

        Task<AuditEntry> LineAsync() =>
            db.AuditLineAsync(AuditAction.AssistedSigned, e.Id, new AuditActor(1, "老师"), count: 1, Cancellation);
    }

    [Fact]
    public async Task Events_count_their_numbers_apart_in_one_sequence()
    {
        var other = await app.SeedEventAsync();
        Recorded(await Ledger.RecordAsync(Family()));

        var receipt = Recorded(await Ledger.RecordAsync(Family() with { EventId = other.Id }));

        Assert.Equal((3L, 1), (receipt.Sequence, receipt.Number));
    }

    [Fact]
    public async Task Requests_that_wait_are_written_in_groups_in_the_order_they_came()
    {
        var groups = App.Get<CommittedGroups>().All;
        groups.Clear();
        Task<LedgerOutcome>[] waiting;
        await using (await HoldStoreAsync())
            waiting = [.. Enumerable.Range(0, 600).Select(_ => Ledger.RecordAsync(Family()))];
        var receipts = (await Task.WhenAll(waiting)).Select(Recorded).ToList();

        Assert.Equal(Enumerable.Range(0, 600).Select(i => 1L + 2 * i), receipts.Select(r => r.Sequence));
        Assert.Equal(Enumerable.Range(0, 600).Select(i => 1 + 2 * i), receipts.Select(r => r.Number));
        Assert.All(groups, group => Assert.InRange(group.Count, 1, PledgeLedger.MaxGroupSize));
        Assert.InRange(groups.Count, 3, 5);
    }

    [Fact]
    public async Task Signatures_go_before_the_acts_that_wait_and_of_those_a_few_go_with_each_group()
    {
        var signed = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Ledger.RecordAsync(Family())));
        Task<bool>[] acts;
        Task<LedgerOutcome>[] waiting;
        await using (await HoldStoreAsync())
        {
            acts = [.. signed.Select(outcome => Ledger.WithdrawAsync(Recorded(outcome).Sequence))];
            waiting = [.. Enumerable.Range(0, 600).Select(_ => Ledger.RecordAsync(Family()))];
        }
        var last = (await Task.WhenAll(waiting)).Max(outcome => Recorded(outcome).Sequence);
        Assert.All(await Task.WhenAll(acts), Assert.True);

        var before = last - 1 - (100 + 600 - 1) * 2; // acts have places among the pledges
        Assert.InRange(before, 0, 40); // those of the group that was held, and four with each of the next
        await using var db = app.OpenStore();
        Assert.Equal(100, await db.Acts.CountAsync(Cancellation));
    }

    [Fact]
    public async Task The_counts_know_a_pledge_before_its_answer_does()
    {
        for (var i = 1; i <= 20; i++)
        {
            Recorded(await Ledger.RecordAsync(Family()));
            Assert.Equal(2 * i, Tally().People);
        }
    }

    [Fact]
    public async Task Duplicates_within_one_group_are_stored_once()
    {
        var draft = Family();
        Task<LedgerOutcome>[] waiting;
        await using (await HoldStoreAsync())
            waiting = [.. Enumerable.Range(0, 20).Select(_ => Ledger.RecordAsync(draft))];
        var outcomes = await Task.WhenAll(waiting);

        var receipt = Recorded(outcomes.Single(o => o is LedgerOutcome.Recorded));
        Assert.All(outcomes.OfType<LedgerOutcome.Repeated>(), again => Assert.Equal(receipt, again.Receipt));
        Assert.Equal(19, outcomes.OfType<LedgerOutcome.Repeated>().Count());
        Assert.Equal(2, Tally().People);
    }

    [Fact]
    public async Task A_key_with_other_content_or_of_another_event_is_taken()
    {
        var draft = Family();
        await Ledger.RecordAsync(draft);

        Assert.IsType<LedgerOutcome.KeyTaken>(await Ledger.RecordAsync(draft with { ContentHash = RandomNumberGenerator.GetBytes(32) }));
        Assert.IsType<LedgerOutcome.KeyTaken>(await Ledger.RecordAsync(draft with { EventId = e.Id + 1 }));
        Assert.Equal(2, Tally().People);
    }

    [Fact]
    public async Task The_first_signature_freezes_the_text_a_practice_signature_does_not()
    {
        var rehearsing = await app.SeedEventAsync(EventState.Rehearsal);
        Recorded(await Ledger.RecordAsync(Family() with { EventId = rehearsing.Id, Rehearsal = true }));
        Assert.All(await FrozenAsync(), frozen => Assert.Null(frozen));

        await Ledger.RecordAsync(Family());
        Assert.Equal(2, (await FrozenAsync()).Count(frozen => frozen is not null));
    }

    [Fact]
    public async Task A_receipt_is_found_by_its_whole_address_only()
    {
        var receipt = Recorded(await Ledger.RecordAsync(Family()));
        var found = await app.Get<Receipts>().FindAsync(receipt.Address, Cancellation);

        Assert.Equal(receipt, found!.Receipt);
        Assert.Equal(["王小明", "王芳"], found.Signers.Select(s => s.Name));
        Assert.Equal(OfficialTexts.SixDonts, found.Signers[0].Wording.Clauses);
        var other = receipt.Address[^1] == 'A' ? 'B' : 'A';
        foreach (var wrong in new[] { null, "", "x", receipt.Address[..^1], receipt.Address[..^1] + other, receipt.Address
            + "A", new string('A', 24), new string('=', 24) })
            Assert.Null(await app.Get<Receipts>().FindAsync(wrong, Cancellation));
    }

    [Fact]
    public async Task The_digest_covers_the_texts_that_were_signed_in_all_of_their_languages()
    {
        var draft = Family();
        var receipt = Recorded(await Ledger.RecordAsync(draft));
        await using var db = app.OpenStore();
        var row = await db.Pledges.SingleAsync(p => p.Sequence == receipt.Sequence, Cancellation);
        var texts = await db.Texts.Where(t => t.CampaignId == e.CampaignId).ToListAsync(Cancellation);
        SignerDraft Signer(SignerDraft signer, Func<PledgeText, byte[]> hash) =>
            signer with { TextHash = hash(texts.Single(t => t.Id == signer.TextId)) };
        byte[] Digest(Func<PledgeText, byte[]> hash) =>
            Receipt.DigestOf(draft with { Signers = [.. draft.Signers.Select(s => Signer(s, hash))] }, row.Sequence, row.SignedAt,
                row.Salt!);

        Assert.Equal(row.Digest, Digest(text => text.ContentHash()));
        Assert.NotEqual(row.Digest, Digest(text => PledgeTextHash.Of(text.Wording, [])));
        Assert.NotEqual(row.Digest, Digest(text => PledgeTextHash.Of(text.Wording,
            [.. text.Translations.Select(t => t with { Wording = t.Wording with { Title = t.Wording.Title + "." } })])));
    }

    [Fact]
    public async Task A_frozen_version_keeps_its_languages_when_the_text_is_rewritten()
    {
        var receipt = Recorded(await Ledger.RecordAsync(Family()));
        await app.RewriteTextAsync(e, SignerRole.Student, []);

        var signer = (await app.Get<Receipts>().FindAsync(receipt.Address, Cancellation))!.Signers[0];

        Assert.Equal("en", Assert.Single(signer.Translations).Language);
        Assert.Equal(published.TextFor(SignerRole.Student)!.ContentHash, signer.TextHash());
    }

    private Tally Tally() => app.Get<TallyBoard>().Snapshot(published);

    private static async Task<JsonObject> TallyAsync(HttpClient client, string code)
    {
        var tally = await (await client.GetAsync($"/api/events/{code}/tally", Cancellation)).JsonAsync();
        tally.Remove("at");
        return tally;
    }

    private protected PledgeDraft Family() => new(
        Guid.CreateVersion7(), e.Id, Rehearsal: false, SigningChannel.Phone, GuardianConsent: true, ShowMaskedName: false,
        RandomNumberGenerator.GetBytes(32), [Signer(SignerRole.Student), Signer(SignerRole.Guardian)]);

    private SignerDraft Signer(SignerRole role) =>
        new(role, published.TextFor(role)!.Id, role is SignerRole.Teacher ? null : e.Primary, role == SignerRole.Student ? "王小明" : "王芳",
        role == SignerRole.Guardian ? GuardianRelation.Mother : null, SignatureKind.Handwritten, Ink.Draw([(0, 0), (100, 100)]))
        { TextHash = published.TextFor(role)!.ContentHash };

    private protected static Receipt Recorded(LedgerOutcome outcome) => Assert.IsType<LedgerOutcome.Recorded>(outcome).Receipt;

    private async Task<List<DateTimeOffset?>> FrozenAsync()
    {
        await using var db = app.OpenStore();
        return await db.Texts.Where(t => t.CampaignId == e.CampaignId).Select(t => t.FrozenAt).ToListAsync(Cancellation);
    }
}
