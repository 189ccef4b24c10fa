using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Backups;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Tests.Organizing.Events;

/// <summary>Deleting an event: all of it goes, and nothing else; what was signed only after its names have gone.</summary>
public sealed class DeleteEventTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 7, 17, 1, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider clock = new(Now);
    private readonly CampaignApp app;

    public DeleteEventTests() => app = new CampaignApp { Clock = clock };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_rehearsed_event_goes_with_all_that_belongs_to_it_once_its_code_is_typed()
    {
        var e = await app.SeedEventAsync(EventState.Rehearsal, "要删除的活动");
        var other = await app.SeedEventAsync();
        using var phone = app.CreateClient();
        await phone.SignedAsync(other);
        await phone.SignedAsync(e, "试签生", "试签人");
        await FurnishAsync(e);
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var address = $"/organize/events/{e.Code}/delete";

        var refused = await DeskVisitor.TextAsync(await organizer.SendAsync(address, ("Form.TypedCode", "ABCDEF")));
        Assert.Contains("什么都还没有删除", refused);
        Assert.Contains("value=\"ABCDEF\"", refused);
        Assert.All(["环节和主持提示：9个", "主持链接：1个", "演练签名：2人"], part => Assert.Contains(part, refused));
        Assert.Equal(2, await phone.PeopleAsync(e.Code));

        var otherTab = await organizer.ReadAsync(address);
        var done = await organizer.SendAsync(address, ("Form.TypedCode", e.Code.ToLowerInvariant()));
        Assert.Equal("/organize", done.Headers.Location!.ToString());
        var list = await organizer.ReadAsync("/organize");
        Assert.Contains("已删除活动“要删除的活动”", list);
        Assert.Equal(HttpStatusCode.NotFound,
            (await organizer.PostAsync(address, [.. DeskVisitor.Form(otherTab), ("Form.TypedCode", e.Code)])).StatusCode);

        // The phone that has the page open, the old code, the stage.
        var late = await phone.SignAsync(e.Code, Signing.Family(e));
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
        Assert.Equal("没有这个活动", (string?)(await late.JsonAsync())["title"]);
        Assert.Equal(HttpStatusCode.NotFound, (await phone.GetAsync(new Uri($"/e/{e.Code}", UriKind.Relative), Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound,
            (await phone.GetAsync(new Uri($"/api/events/{e.Code}/stage", UriKind.Relative), Cancellation)).StatusCode);

        await AssertGoneAsync(e);
        Assert.Contains(app.Get<ErasureList>().Read(), r => r.Kind == LedgerActKind.RehearsalWiped && r.Subject == e.Code);
        Assert.Equal(0, await app.Get<TallyRecount>().RunAsync(Cancellation));
        Assert.Equal(2, await phone.PeopleAsync(other.Code));
    }

    [Fact]
    public async Task A_number_of_the_ledger_is_not_given_twice_after_the_newest_pledges_went_with_their_event()
    {
        var kept = await app.SeedEventAsync();
        var e = await app.SeedEventAsync(EventState.Rehearsal);
        using (var phone = app.CreateClient())
        {
            await phone.SignedAsync(kept);
            await phone.SignedAsync(e);
        }
        var last = await LastAsync();
        await DeleteAsync(e);

        await app.RestartAsync();

        using var again = app.CreateClient();
        await again.SignedAsync(kept, "陈思雨", "陈强");
        await using var db = app.OpenStore();
        Assert.All(await db.Pledges.Where(p => p.Name == "陈思雨").Select(p => p.Sequence).ToListAsync(Cancellation),
            sequence => Assert.True(sequence > last));
        Assert.Equal((4, HttpStatusCode.NotFound), (await again.PeopleAsync(kept.Code),
            (await again.GetAsync(new Uri($"/e/{e.Code}", UriKind.Relative), Cancellation)).StatusCode));
        Assert.Equal(0, await app.Get<TallyRecount>().RunAsync(Cancellation));
    }

    [Fact]
    public async Task What_was_signed_stays_until_its_names_have_gone_on_the_promised_day()
    {
        var e = await app.SeedEventAsync(startsAt: Now);
        using var phone = app.CreateClient();
        var receipt = await phone.SignedAsync(e);
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var address = $"/organize/events/{e.Code}/delete";
        var token = DeskVisitor.Form(await organizer.ReadAsync("/organize/password")).Where(f => f.Name == "__RequestVerificationToken");
        Assert.Contains("签名还开放着，不能删除", await organizer.ReadAsync(address));
        await app.ChangeEventAsync(e.Id, x => x.Close(Now));

        var refused = await DeskVisitor.TextAsync(await organizer.PostAsync(address, [.. token, ("Form.TypedCode", e.Code)]));

        Assert.Contains("2027年2月28日", refused);
        Assert.Contains($"href=\"/organize/events/{e.Code}/archive\"", refused);
        Assert.False(await app.Get<PledgeLedger>().DeleteEventAsync(e.Id, await RevisionAsync(e), 1, Line()));
        Assert.Equal(2, await phone.PeopleAsync(e.Code));

        await EraseAsync(e);
        var page = await organizer.ReadAsync(address);
        Assert.Contains("不带姓名的承诺记录和人数：2份", page);
        await DeleteAsync(e);
        await AssertGoneAsync(e);
        Assert.Equal(HttpStatusCode.NotFound, (await phone.GetAsync(new Uri(receipt, UriKind.Relative), Cancellation)).StatusCode);
        Assert.Equal(0, await app.Get<TallyRecount>().RunAsync(Cancellation));
    }

    [Fact]
    public async Task An_event_that_nobody_signed_goes_once_no_late_signature_can_come()
    {
        var e = await app.SeedEventAsync(startsAt: Now);
        await app.ChangeEventAsync(e.Id, x => x.Close(Now));
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        Assert.Contains("09:35以后可以删除", await organizer.ReadAsync($"/organize/events/{e.Code}/delete"));

        clock.Advance(TimeSpan.FromMinutes(CampaignEvent.UsualGraceMinutes + 5));

        await DeleteAsync(e);
        await AssertGoneAsync(e);
    }

    [Fact]
    public async Task An_event_that_somebody_has_opened_or_changed_meanwhile_is_not_deleted()
    {
        var e = await app.SeedEventAsync(EventState.Draft);
        var ledger = app.Get<PledgeLedger>();
        var seen = await RevisionAsync(e);
        await app.ChangeEventAsync(e.Id, x => x.Archive(Now));
        Assert.False(await ledger.DeleteEventAsync(e.Id, seen, 1, Line()));
        await app.ChangeEventAsync(e.Id, x => x.Open(Now));
        Assert.False(await ledger.DeleteEventAsync(e.Id, await RevisionAsync(e), 1, Line()));

        await using var db = app.OpenStore();
        Assert.True(await db.Events.AnyAsync(x => x.Id == e.Id, Cancellation));
        Assert.False(await db.AuditEntries.AnyAsync(a => a.Action == AuditAction.EventDeleted, Cancellation));
    }

    private static AuditEntry Line() => new() { Action = AuditAction.EventDeleted };

    private async Task DeleteAsync(SeededEvent e)
    {
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var done = await organizer.SendAsync($"/organize/events/{e.Code}/delete", ("Form.TypedCode", e.Code));
        Assert.Equal("/organize", done.Headers.Location?.ToString());
    }

    /// <summary>A host link and a stage beside scenes and classes.</summary>
    private async Task FurnishAsync(SeededEvent e)
    {
        await app.SeedHostLinkAsync(e);
        await app.Get<StageConductor>().BlankAsync(e.Id, true);
    }

    /// <summary>No table refers to the event, but the acts of the ledger and the audit log.</summary>
    private async Task AssertGoneAsync(SeededEvent e)
    {
        await using var db = app.OpenStore();
        await db.Database.OpenConnectionAsync(Cancellation);
        var tables = db.Model.GetEntityTypes().Select(type => (Table: type.GetTableName()!, Column: type.GetProperties()
            .FirstOrDefault(p => p.Name is "EventId" or "CampaignEventId")?.GetColumnName())).Where(t => t.Column is not null).ToList();
        Assert.Contains(("event_classes", "CampaignEventId"), tables);
        Assert.Contains(("slips", "EventId"), tables);
        foreach (var (table, column) in tables.Append(("events", "Id")).Where(t => t.Item1 != "ledger_acts"))
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT count(*) FROM {table} WHERE \"{column}\" = {e.Id}";
            Assert.True(await command.ExecuteScalarAsync(Cancellation) is 0L, $"{table} still has rows of the event.");
        }
        var numbers = await db.Pledges.Select(p => p.Sequence).ToListAsync(Cancellation);
        Assert.DoesNotContain(await db.Signatures.Select(s => s.Sequence).ToListAsync(Cancellation), s => !numbers.Contains(s));
        var line = await db.AuditEntries.SingleAsync(a => a.Action == AuditAction.EventDeleted && a.EventCode == e.Code, Cancellation);
        Assert.NotNull(line.Subject);
        Assert.Null(await app.Get<PublishedEvents>().FindAsync(e.Code, Cancellation));
        Assert.Null(await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation));
    }

    /// <summary>As on the promised day, which is months away: a turn of the clock would ring every timer for each second of them.</summary>
    private async Task EraseAsync(SeededEvent e)
    {
        await using var db = app.OpenStore();
        var pledges = await db.Pledges.Where(p => p.EventId == e.Id).Select(p => p.Sequence).ToListAsync(Cancellation);
        await app.Get<PledgeLedger>().ExpireAsync(e.Id, pledges);
        (await db.Campaigns.SingleAsync(c => c.Id == e.CampaignId, Cancellation)).NoteErased(Now);
        await db.SaveChangesAsync(Cancellation);
    }

    private async Task<long> RevisionAsync(SeededEvent e)
    {
        await using var db = app.OpenStore();
        return await db.Events.Where(x => x.Id == e.Id).Select(x => x.Revision).SingleAsync(Cancellation);
    }

    private async Task<long> LastAsync()
    {
        await using var db = app.OpenStore();
        return await db.Pledges.MaxAsync(p => p.Sequence, Cancellation);
    }
}
