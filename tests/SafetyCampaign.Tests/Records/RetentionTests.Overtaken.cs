using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Records;

public sealed partial class RetentionOnSqliteTests
{
    [Fact]
    public async Task A_campaign_that_somebody_changes_meanwhile_keeps_no_other_from_being_erased_and_has_its_own_turn_later()
    {
        var startsAt = new DateTimeOffset(2026, 7, 17, 1, 0, 0, TimeSpan.Zero);
        var (changed, other) = (await App.SeedEventAsync(startsAt: startsAt), await App.SeedEventAsync(startsAt: startsAt));
        using var phone = App.CreateClient();
        await phone.SignedAsync(changed);
        await phone.SignedAsync(other);
        await using var db = App.OpenStore();
        // No row is changed, as where somebody else has raised the revision first.
        var overtaken = $"CREATE TRIGGER overtaken BEFORE UPDATE ON events WHEN OLD.Id = {changed.Id} BEGIN SELECT RAISE(IGNORE); END";
        await db.Database.ExecuteSqlRawAsync(overtaken, Cancellation);

        await OnTheDayAsync(other);

        Assert.Equal([(changed.Id, EventState.Open), (other.Id, EventState.Closed)], (await db.Events.OrderBy(e => e.Id)
            .Select(e => new { e.Id, e.State }).ToListAsync(Cancellation)).Select(e => (e.Id, e.State)));
        Assert.Equal([other.Code], await db.AuditEntries.Where(a => a.Action == AuditAction.SigningClosed)
            .Select(a => a.EventCode).ToListAsync(Cancellation));
        Assert.Equal(2, await db.Pledges.CountAsync(p => p.EventId == changed.Id && p.Name != null, Cancellation));

        await db.Database.ExecuteSqlRawAsync("DROP TRIGGER overtaken", Cancellation);
        await OnTheDayAsync(changed);

        Assert.False(await db.Pledges.AnyAsync(p => p.Name != null, Cancellation));
    }
}
