using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Backups;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk.Prepared;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Retaining;

/// <summary>Something personal, or made of it, that a campaign still has.</summary>
/// <param name="Key">What it is, by the key of its words.</param>
/// <param name="Count">How many.</param>
/// <param name="Until">The day on which the program deletes it; null where it does not.</param>
/// <param name="GoesNext">The next erasure of this campaign deletes it.</param>
public sealed record KeptItem(string Key, int Count, DateOnly? Until, bool GoesNext);

/// <summary>Finds what is kept of a campaign, where and until when; and so what its erasure will delete.</summary>
public sealed class KeptData(
    CampaignDbFactory dbFactory, EventSequences sequences, PreparedFiles files, KeptCopies copies, TimeProvider time)
{
    /// <summary>In the order in which the page lists them; what there is nothing of is left out.</summary>
    /// <param name="campaign">With its rules, and its events with their classes' links.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<KeptItem>> ReadAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var (id, eraseOn, now) = (campaign.Id, campaign.RulesInForce.Settings.EraseOn, time.GetUtcNow());
        var events = await db.Events.Where(e => e.CampaignId == id).Select(e => e.Id).ToListAsync(cancellationToken);
        var pledges = sequences.PledgesOf(db.Pledges, events);
        var named = pledges.Where(p => p.Name != null);
        var sums = await pledges.GroupBy(_ => 1).Select(all => new
        {
            Names = all.Count(p => p.Name != null),
            Relations = all.Count(p => p.Name != null && p.Relation != null),
            Counts = all.Count(p => !p.Rehearsal),
        }).SingleOrDefaultAsync(cancellationToken);
        var made = files.Ready(events.ToHashSet());
        KeptItem[] items =
        [
            new("Names", sums?.Names ?? 0, eraseOn, true),
            new("Handwriting", await named.CountAsync(p => db.Signatures.Any(s => s.Sequence == p.Sequence), cancellationToken), eraseOn,
                true),
            new("Relations", sums?.Relations ?? 0, eraseOn, true),
            new("Witnesses", await named.CountAsync(p => db.Witnesses.Any(w => w.Sequence == p.Sequence), cancellationToken), eraseOn,
                true),
            new("PaperPhotos", await db.PaperPhotos.CountAsync(p => events.Contains(p.EventId), cancellationToken), eraseOn, true),
            new("ReportPhotos", await db.ReportPhotos.CountAsync(p => events.Contains(p.EventId), cancellationToken), eraseOn, true),
            new("Slips", await db.Slips.CountAsync(s => events.Contains(s.EventId), cancellationToken), eraseOn, true),
            .. await RostersAsync(db, campaign, events, cancellationToken),
            new("Prepared", made.Count, made.Count == 0 ? null : made.Max(f => f.File.StartedAt + PreparedFiles.Kept)
                .DayIn(CampaignEvent.DefaultZone), false), // within a day, and at once when anything is erased
            new("ClassLinks", await db.ClassLinks.CountAsync(l => l.CampaignId == id && l.RevokedAt == null && l.ExpiresAt > now,
                cancellationToken), null, false),
            new("HostLinks", await db.HostLinks.CountAsync(l => events.Contains(l.EventId) && l.RevokedAt == null, cancellationToken), null,
                false),
            new("Pictures", await db.Pictures.CountAsync(p => events.Contains(p.EventId), cancellationToken), null, false),
            new("Films", (await db.Set<Scene>().Where(s => events.Contains(s.EventId) && s.Kind == SceneKind.Film)
                .Select(s => s.Settings).ToListAsync(cancellationToken)).Count(settings => settings.Film != ""), null, false),
            new("ReportWords", await db.ReportVersions.CountAsync(v => events.Contains(v.EventId), cancellationToken), null, false),
            new("Exports", await db.AuditEntries.CountAsync(a => a.CampaignId == id && (a.Action == AuditAction.ListExported
                || a.Action == AuditAction.ArchiveExported || a.Reason == AuditReason.PledgeBook), cancellationToken), null, false),
            .. await BackupsAsync(cancellationToken),
            new("Counts", sums?.Counts ?? 0, null, false),
            new("Seals", await db.Seals.CountAsync(s => events.Contains(s.EventId), cancellationToken), null, false),
        ];
        return [.. items.Where(item => item.Count > 0)];
    }

    /// <summary>From now until a day, never less than 0.</summary>
    public int DaysUntil(DateOnly day) => Math.Max(0, day.DayNumber - time.GetUtcNow().DayIn(CampaignEvent.DefaultZone).DayNumber);

    /// <summary>The lists of pupils of its classes: those that no later campaign uses go with its names.</summary>
    private static async Task<IEnumerable<KeptItem>> RostersAsync(
        CampaignDb db, Campaign campaign, List<int> events, CancellationToken cancellationToken)
    {
        var eraseOn = campaign.RulesInForce.Settings.EraseOn;
        var pupils = await db.Roster.Where(r => db.Events.Any(e => events.Contains(e.Id) && e.Classes.Any(c => c.Id == r.ClassId)))
            .GroupBy(r => r.ClassId).Select(of => new { of.Key, Count = of.Count() }).ToListAsync(cancellationToken);
        var uses = await db.Events.Where(e => e.CampaignId != campaign.Id && e.Campaign.ErasedAt == null)
            .SelectMany(e => e.Classes, (e, c) => new { e.CampaignId, Class = c.Id }).Distinct().ToListAsync(cancellationToken);
        var others = (await db.Campaigns.AsNoTracking().Include(c => c.Rules).Where(c => c.Id != campaign.Id && c.ErasedAt == null)
            .ToListAsync(cancellationToken)).ToDictionary(c => c.Id, c => c.RulesInForce.Settings.EraseOn);
        return pupils.Select(list => (list.Count, Until: uses.Where(use => use.Class == list.Key)
                .Select(use => others.GetValueOrDefault(use.CampaignId)).Append(eraseOn).Max()))
            .GroupBy(list => list.Until).OrderBy(of => of.Key)
            .Select(of => new KeptItem("Rosters", of.Sum(list => list.Count), of.Key, of.Key == eraseOn));
    }

    /// <summary>Copies of the whole database; each goes on the earliest day that it promised.</summary>
    private async Task<IEnumerable<KeptItem>> BackupsAsync(CancellationToken cancellationToken) =>
        (await copies.ListAsync(cancellationToken)).Where(copy => copy.DeleteOn is not null)
        .GroupBy(copy => copy.DeleteOn).OrderBy(of => of.Key)
        .Select(of => new KeptItem("Backups", of.Count(), of.Key, false));
}
