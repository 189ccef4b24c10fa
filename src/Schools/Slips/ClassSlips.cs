using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Intake;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Slips;

/// <summary>A pupil on the list of a class, with its slip for an event.</summary>
/// <param name="Entry">See <see cref="RosterEntry.Id"/>.</param>
/// <param name="Seat">Null where the school gives none.</param>
/// <param name="Name">In its stored form.</param>
/// <param name="Slip">The one that is not ended; null for none.</param>
/// <param name="Code">To be printed; null where there is no slip, and where the keys of then are gone.</param>
/// <param name="Texts">Those with which it was issued, the pupil's first; none where there is no slip, and where nobody knows.</param>
public sealed record PupilSlip(int Entry, int? Seat, string Name, Slip? Slip, string? Code, IReadOnlyList<PublishedText> Texts)
{
    public bool IsUsed => Slip?.UsedAt is not null;
}

/// <summary>The slips of a class for an event: reads, issues, replaces and ends them. The caller writes the audit line and saves.</summary>
public sealed class ClassSlips(SlipRegistry registry, TimeProvider time, IStringLocalizer<SlipsText> localizer)
{
    /// <summary>By seat, then by name: who is on the list now.</summary>
    public async Task<IReadOnlyList<PupilSlip>> ReadAsync(CampaignDb db, int eventId, int classId, CancellationToken cancellationToken)
    {
        var pupils = await db.Roster.AsNoTracking().Where(pupil => pupil.ClassId == classId && pupil.LeftAt == null)
            .ToListAsync(cancellationToken);
        var slips = (await OpenOf(db, eventId, classId).AsNoTracking().ToListAsync(cancellationToken)).ToDictionary(s => s.RosterEntryId);
        var ids = slips.Values.SelectMany(TextsOf).ToHashSet();
        var texts = (await db.Texts.IgnoreQueryFilters().AsNoTracking().Where(text => ids.Contains(text.Id))
            .ToListAsync(cancellationToken)).ToDictionary(text => text.Id, PublishedText.Of);
        return [.. pupils.OrderBy(pupil => pupil.Seat ?? int.MaxValue).ThenBy(pupil => pupil.Name, NameOrder.Instance)
            .ThenBy(pupil => pupil.Id).Select(pupil => slips.TryGetValue(pupil.Id, out var slip)
                ? new PupilSlip(pupil.Id, pupil.Seat, pupil.Name, slip, registry.CodeOf(slip), [.. TextsOf(slip).Select(id => texts[id])])
                : new PupilSlip(pupil.Id, pupil.Seat, pupil.Name, null, null, []))];
    }

    private static IEnumerable<int> TextsOf(Slip slip) => new[] { slip.StudentTextId, slip.GuardianTextId }.OfType<int>();

    /// <summary>Gives a slip to each pupil who has none. How many.</summary>
    public async Task<int> IssueAsync(CampaignDb db, PublishedEvent e, int classId, CancellationToken cancellationToken)
    {
        var without = await db.Roster.Where(pupil => pupil.ClassId == classId && pupil.LeftAt == null
            && !db.Slips.Any(slip => slip.EventId == e.Id && slip.RosterEntryId == pupil.Id && slip.RevokedAt == null))
            .Select(pupil => pupil.Id).ToListAsync(cancellationToken);
        var consent = SlipConsent.Of(e, localizer);
        db.Slips.AddRange(without.Select(entry => registry.New(e, entry, consent)));
        return without.Count;
    }

    /// <summary>Gives others in place of the slips of one pupil, or of all, with the texts and the consent of now. How many.</summary>
    public async Task<int> ReplaceAsync(
        CampaignDb db, PublishedEvent e, int classId, int? entry, CancellationToken cancellationToken)
    {
        var replaced = await EndedAsync(db, e.Id, classId, entry, cancellationToken);
        var consent = SlipConsent.Of(e, localizer);
        db.Slips.AddRange(replaced.Select(slip => registry.New(e, slip.RosterEntryId, consent)));
        return replaced.Count;
    }

    /// <summary>Ends the slip of one pupil, or of all. How many.</summary>
    public async Task<int> RevokeAsync(CampaignDb db, int eventId, int classId, int? entry, CancellationToken cancellationToken) =>
        (await EndedAsync(db, eventId, classId, entry, cancellationToken)).Count;

    /// <summary>
    /// Saves what was changed; false, and nothing is saved, where somebody else has issued slips of these pupils since they were read.
    /// </summary>
    public static async Task<bool> SaveAsync(CampaignDb db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException failure) when (!StoreFailure.Is(failure))
        {
            return false; // one open slip a pupil and event
        }
    }

    private async Task<List<Slip>> EndedAsync(CampaignDb db, int eventId, int classId, int? entry, CancellationToken cancellationToken)
    {
        var open = await OpenOf(db, eventId, classId).Where(slip => entry == null || slip.RosterEntryId == entry)
            .ToListAsync(cancellationToken);
        open.ForEach(slip => slip.Revoke(time.GetUtcNow()));
        return open;
    }

    private static IQueryable<Slip> OpenOf(CampaignDb db, int eventId, int classId) => db.Slips.Where(slip => slip.EventId == eventId
        && slip.RevokedAt == null && db.Roster.Any(pupil => pupil.Id == slip.RosterEntryId && pupil.ClassId == classId));
}
