using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Backups;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Records;

/// <summary>What a campaign has promised and what has become of it.</summary>
public sealed record PromisedErasure(int Id, string Campaign, string Organization, DateOnly EraseOn, DateTimeOffset? ErasedAt);

/// <summary>The lists of pupils of a school.</summary>
/// <param name="Until">The day of the last campaign that uses one of them; null where none does.</param>
public sealed record KeptRosters(string School, int Pupils, DateOnly? Until);

/// <summary>When names go: of the campaigns within the access scope, and of the copies that the program keeps.</summary>
[Authorize(Policy = Policies.Administer)]
public sealed class RetentionPage(DeskPageDependencies desk, KeptCopies copies, BackupSchedule schedule, TimeProvider clock)
    : DeskPageModel(desk)
{
    /// <summary>The next to come first.</summary>
    public IReadOnlyList<PromisedErasure> Erasures { get; private set; } = [];

    /// <summary>The schools with lists of pupils, those that are deleted first.</summary>
    public IReadOnlyList<KeptRosters> Rosters { get; private set; } = [];

    public IReadOnlyList<KeptCopy> Copies { get; private set; } = [];

    public BackupScheduleSettings Schedule => schedule.Settings;

    public DateTimeOffset? BackupFailedAt => schedule.FailedAt;

    public bool IsDue(PromisedErasure erasure) => erasure.EraseOn <= clock.GetUtcNow().DayIn(CampaignEvent.DefaultZone);

    public int DaysLeft(PromisedErasure erasure) =>
        erasure.EraseOn.DayNumber - clock.GetUtcNow().DayIn(CampaignEvent.DefaultZone).DayNumber;

    public static string Moment(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var campaigns = await Db.Campaigns.AsNoTracking().Include(c => c.Rules).Include(c => c.Organization).AsSplitQuery()
            .ToListAsync(cancellationToken);
        Erasures = [.. campaigns
            .Select(c => new PromisedErasure(
                c.Id, c.LocalizedTitle(), c.Organization.LocalizedName(), c.RulesInForce.Settings.EraseOn, c.ErasedAt))
            .OrderBy(erasure => erasure.ErasedAt is not null).ThenBy(erasure => erasure.EraseOn)];
        Rosters = await ReadRostersAsync(cancellationToken);
        Copies = await copies.ListAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<KeptRosters>> ReadRostersAsync(CancellationToken cancellationToken)
    {
        var pupils = await Db.Roster.GroupBy(r => new { r.Class.SchoolId, r.Class.School.Name })
            .Select(list => new { list.Key.SchoolId, list.Key.Name, Pupils = list.Count() }).ToListAsync(cancellationToken);
        // Beyond the access scope: a school's class may be invited to the district's event.
        var uses = await Db.Events.IgnoreQueryFilters().Where(e => e.Campaign.ErasedAt == null)
            .SelectMany(e => e.Classes.Where(c => Db.Roster.Any(r => r.ClassId == c.Id)), (e, c) => new { c.SchoolId, e.CampaignId })
            .Distinct().ToListAsync(cancellationToken);
        var used = uses.Select(use => use.CampaignId).ToHashSet();
        var days = (await Db.Campaigns.IgnoreQueryFilters().AsNoTracking().Where(c => used.Contains(c.Id)).Include(c => c.Rules)
            .ToListAsync(cancellationToken)).ToDictionary(c => c.Id, c => c.RulesInForce.Settings.EraseOn);
        return [.. pupils.Select(school => new KeptRosters(school.Name, school.Pupils,
                uses.Where(use => use.SchoolId == school.SchoolId).Select(use => (DateOnly?)days[use.CampaignId]).Max()))
            .OrderBy(school => school.Until ?? DateOnly.MaxValue).ThenBy(school => school.School, StringComparer.CurrentCulture)];
    }
}
