using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display.Scenes;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Display.Names;

/// <summary>What the stage may learn of a pledge: the masked name, the class, and the place by which it is approved.</summary>
/// <param name="Sequence">The pledge's sequence number in the ledger.</param>
public sealed record MaskedName(long Sequence, string Name, int? ClassId);

/// <summary>
/// The only way from a signed name to a stage, for every channel. A name is shown where
/// the event shows names, its family agreed, the pledge counts and is not erased, and the host has approved it; and only masked.
/// What is withdrawn, erased, invalidated or corrected is so on the screen as well (<see cref="ShownNameUpdater"/>).
/// </summary>
public sealed class NameGate(CampaignDbFactory dbFactory, StoreGate storeGate, EventSequences sequences, TimeProvider time)
{
    /// <summary>
    /// By event, as of one version of its scene: whatever was decided or opened since, here or on another node, came with a
    /// newer one.
    /// </summary>
    private readonly ConcurrentDictionary<int, (long Version, IReadOnlyList<MaskedName> Names)> shown = new();

    private readonly SingleFlight<(int EventId, long Version), IReadOnlyList<MaskedName>> reading = new();

    /// <summary>
    /// The sequence number in the ledger before which nobody waits, by event and for a rehearsal apart: a host's page asks
    /// every second and must
    /// not read the whole ledger. What an organizer brings back from before it is not asked about again.
    /// </summary>
    private readonly ConcurrentDictionary<(int EventId, bool Rehearsal), long> decidedBefore = new();

    /// <summary>How often stored pledges may have changed since the start.</summary>
    private int changes;

    /// <summary>The events that have names on their stages.</summary>
    public IEnumerable<int> OnStage => shown.Where(stage => stage.Value.Names.Count > 0).Select(stage => stage.Key);

    /// <summary>The names on the event's stage, the latest approved first.</summary>
    /// <param name="version">Of the scene that they belong to.</param>
    public async ValueTask<IReadOnlyList<MaskedName>> ShownAsync(PublishedEvent e, long version,
        CancellationToken cancellationToken = default)
    {
        if (shown.TryGetValue(e.Id, out var known) && known.Version == version)
            return known.Names;
        return await reading.ReadAsync((e.Id, version), _ => ReadFirstAsync(e, version), cancellationToken);
    }

    private async Task<IReadOnlyList<MaskedName>> ReadFirstAsync(PublishedEvent e, long version)
    {
        int before;
        IReadOnlyList<MaskedName> names;
        do
        {
            before = Volatile.Read(ref changes);
            names = await ReadShownAsync(e, CancellationToken.None);
            shown[e.Id] = (version, names);
        }
        while (before != Volatile.Read(ref changes)); // else what was read may be from before a withdrawal that has been told already
        return names;
    }

    /// <summary>Stored pledges may read otherwise from now on. To be called before <see cref="HasLeftAsync"/>, on any thread.</summary>
    public void PledgesChanged() => Interlocked.Increment(ref changes);

    /// <summary>Whether the names on the stage are no longer those that are to be there.</summary>
    public async Task<bool> HasLeftAsync(PublishedEvent e, CancellationToken cancellationToken) =>
        shown.TryGetValue(e.Id, out var known) && !known.Names.SequenceEqual(await ReadShownAsync(e, cancellationToken));

    /// <summary>The names that wait for the host's decision, those who signed first coming first.</summary>
    public async Task<IReadOnlyList<MaskedName>> WaitingAsync(PublishedEvent e, int most, CancellationToken cancellationToken = default)
    {
        if (!e.ShowsNames)
            return [];
        await using var db = dbFactory.Open();
        var key = (e.Id, IsRehearsal(e));
        var from = Math.Max(decidedBefore.GetValueOrDefault(key), sequences.Of(e.Id).First);
        var end = await db.Pledges.MaxAsync(p => (long?)p.Sequence, cancellationToken) ?? 0;
        var waiting = await MaskAsync(Agreed(db, e)
            .Where(p => p.Sequence >= from && !db.ShownNames.Any(n => n.EventId == e.Id && n.Sequence == p.Sequence))
            .OrderBy(p => p.Sequence).Take(most), cancellationToken);
        decidedBefore[key] = waiting.Count > 0 ? waiting[0].Sequence : end + 1;
        return waiting;
    }

    /// <inheritdoc cref="DecideAsync(PublishedEvent, IReadOnlyCollection{long}, bool, AuditActor?, CancellationToken)"/>
    public Task DecideAsync(PublishedEvent e, IReadOnlyCollection<long> sequences, bool approved,
        CancellationToken cancellationToken = default) => DecideAsync(e, sequences, approved, null, cancellationToken);

    /// <summary>
    /// Lets names onto the stage, or keeps or takes them off it. Whoever has not agreed is passed over. What somebody decides has
    /// its line in the audit log.
    /// </summary>
    public async Task DecideAsync(PublishedEvent e, IReadOnlyCollection<long> sequences, bool approved, AuditActor? by,
        CancellationToken cancellationToken = default)
    {
        try
        {
            await DecideOnceAsync(e, sequences, approved, by, cancellationToken);
        }
        catch (DbUpdateException overtaken) when (!StoreFailure.Is(overtaken))
        {
            // Another host has decided about one of them for the first time in the same moment: it is there now.
            await DecideOnceAsync(e, sequences, approved, by, cancellationToken);
        }
    }

    private async Task DecideOnceAsync(
        PublishedEvent e, IReadOnlyCollection<long> sequences, bool approved, AuditActor? by, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var decided = await db.ShownNames.Where(n => n.EventId == e.Id && sequences.Contains(n.Sequence))
            .ToDictionaryAsync(n => n.Sequence, cancellationToken);
        var agreed = await Agreed(db, e).Where(p => sequences.Contains(p.Sequence)).Select(p => p.Sequence).ToListAsync(cancellationToken);
        if (by is not null && agreed.Count > 0)
            db.AuditEvent(approved ? AuditAction.NamesApproved : AuditAction.NamesRefused, e.Id, by).Count = agreed.Count;
        foreach (var sequence in agreed)
        {
            if (!decided.TryGetValue(sequence, out var decision))
                db.ShownNames.Add(decision = new ShownName(e.Id, sequence));
            decision.Decide(approved, time.GetUtcNow());
        }
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<MaskedName>> ReadShownAsync(PublishedEvent e, CancellationToken cancellationToken)
    {
        if (!e.ShowsNames)
            return [];
        return await storeGate.ReadAsync((db, cancelled) => ApprovedAsync(db, e, cancelled), cancellationToken);
    }

    private static async Task<IReadOnlyList<MaskedName>> ApprovedAsync(CampaignDb db, PublishedEvent e, CancellationToken cancellationToken)
    {
        var approved = from decision in db.ShownNames
                       where decision.EventId == e.Id && decision.Approved
                       join pledge in Agreed(db, e) on decision.Sequence equals pledge.Sequence
                       orderby decision.DecidedAt descending, decision.Sequence descending
                       select pledge;
        return await MaskAsync(approved.Take(StageScene.MaxNames), cancellationToken);
    }

    /// <summary>
    /// Whose family agreed and whose pledge counts: for itself, since a pledge counted with another parent's request
    /// follows that request's consent.
    /// </summary>
    private static IQueryable<Pledge> Agreed(CampaignDb db, PublishedEvent e)
    {
        var rehearsal = IsRehearsal(e);
        return db.Pledges.AsNoTracking().Where(CountingRule.CountedPledge)
            .Where(p => p.EventId == e.Id && p.Rehearsal == rehearsal && p.ShowMaskedName && p.Name != null && p.ErasedAt == null);
    }

    private static bool IsRehearsal(PublishedEvent e) => e.State == EventState.Rehearsal;

    private static async Task<IReadOnlyList<MaskedName>> MaskAsync(IQueryable<Pledge> pledges, CancellationToken cancellationToken)
    {
        var names = await pledges.Select(p => new { p.Sequence, p.Name, p.Relation, p.SignatureKind, p.ClassId })
            .ToListAsync(cancellationToken);
        // One stage is before people of every language: a guardian who is called after the child is so in the first of the list.
        return
        [
            .. names.Select(p => new MaskedName(
                p.Sequence, SignerName.Mask(p.Name!, p.Relation, p.SignatureKind, InterfaceLanguages.Default.Culture), p.ClassId)),
        ];
    }
}
