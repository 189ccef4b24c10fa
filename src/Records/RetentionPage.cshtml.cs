using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Backups;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Records;

/// <summary>What a campaign has promised and what has become of it.</summary>
public sealed record PromisedErasure(string Campaign, string Organization, DateOnly EraseOn, DateTimeOffset? ErasedAt);

/// <summary>When names go: of the campaigns within the access scope, and of the copies that the program keeps.</summary>
[Authorize(Policy = Policies.Administer)]
public sealed class RetentionPage(DeskPageDependencies desk, KeptCopies copies, BackupSchedule schedule, TimeProvider clock)
    : DeskPageModel(desk)
{
    /// <summary>The next to come first.</summary>
    public IReadOnlyList<PromisedErasure> Erasures { get; private set; } = [];

    public IReadOnlyList<KeptCopy> Copies { get; private set; } = [];

    public BackupScheduleSettings Schedule => schedule.Settings;

    public DateTimeOffset? BackupFailedAt => schedule.FailedAt;

    public bool IsDue(PromisedErasure erasure) => erasure.EraseOn <= clock.GetUtcNow().DayIn(CampaignEvent.DefaultZone);

    public static string Moment(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var campaigns = await Db.Campaigns.AsNoTracking().Include(c => c.Rules).Include(c => c.Organization).AsSplitQuery()
            .ToListAsync(cancellationToken);
        Erasures = [.. campaigns
            .Select(c => new PromisedErasure(c.Title, c.Organization.Name, c.RulesInForce.Settings.EraseOn, c.ErasedAt))
            .OrderBy(erasure => erasure.ErasedAt is not null).ThenBy(erasure => erasure.EraseOn)];
        Copies = await copies.ListAsync(cancellationToken);
    }
}
