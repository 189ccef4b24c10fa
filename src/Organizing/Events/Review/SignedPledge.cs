using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.Review;

/// <summary>One person's pledge as an organizer looks at it.</summary>
/// <param name="Request">The place of the first pledge signed with it.</param>
public sealed record SignedPledge(
    long Sequence, long Request, SignerRole Role, int? ClassId, string? Name, GuardianRelation? Relation, int Number,
    DateTimeOffset SignedAt, DateTimeOffset? WithdrawnAt, DateTimeOffset? InvalidatedAt, long? CountedWith, SignatureKind SignatureKind,
    int? RosterEntryId)
{
    /// <inheritdoc cref="CountingRule.IsValid"/>
    public bool Stands => CountingRule.IsValid(WithdrawnAt, InvalidatedAt);

    /// <inheritdoc cref="CountingRule.Counts"/>
    public bool Counts => CountingRule.Counts(WithdrawnAt, InvalidatedAt, CountedWith);

    /// <inheritdoc cref="SameGuardian.MayBe"/>
    public bool MayBeSameGuardian(SignedPledge other) => SameGuardian.MayBe(Relation, other.Relation);

    /// <inheritdoc cref="SameGuardian.Is"/>
    public bool IsSameGuardian(SignedPledge other) => SameGuardian.Is(
        Name, Relation, SignatureKind, other.Name, other.Relation, other.SignatureKind);

    /// <summary>
    /// What was really signed at an event and not withdrawn. The caller has found the event within the organizer's access scope.
    /// </summary>
    internal static IQueryable<Pledge> Of(CampaignDb db, EventSequences sequences, int eventId) =>
        sequences.PledgesOf(db.Pledges.AsNoTracking(), eventId).Where(p => !p.Rehearsal && p.WithdrawnAt == null);

    internal static IQueryable<SignedPledge> Select(IQueryable<Pledge> pledges) => pledges.Select(p => new SignedPledge(
        p.Sequence, p.Sequence - p.Position, p.Role, p.ClassId,
        SignerName.Of(p.Name, p.Relation, p.SignatureKind), p.Relation, p.Number, p.SignedAt, p.WithdrawnAt, p.InvalidatedAt,
        p.CountedWith, p.SignatureKind, p.RosterEntryId));
}

/// <summary>One signing: the people of a request with their handwriting, and what would follow if it did not count.</summary>
/// <param name="Strokes">By the pledge's place; missing where nothing was drawn.</param>
/// <param name="People">How many the count has of it, or would have again.</param>
public sealed record Signing(long Request, IReadOnlyList<SignedPledge> Pledges, IReadOnlyDictionary<long, byte[]> Strokes, int People)
{
    /// <summary>It came after signing had ended.</summary>
    public bool IsLate { get; init; }

    public bool Stands => Pledges.Any(p => p.Stands);

    public IEnumerable<SignedPledge> Guardians => Pledges.Where(p => p.Role == SignerRole.Guardian);

    /// <summary>Reads whole signings by the places of their first pledges: as many as a page shows, each by its key.</summary>
    internal static async Task<Dictionary<long, Signing>> ReadAsync(
        CampaignDb db, EventSequences sequences, int eventId, IReadOnlyCollection<long> requests)
    {
        // The signers of a request stand one after the other.
        var places = requests.SelectMany(request => Enumerable.Range(0, Pledge.MaxSigners).Select(i => request + i)).Distinct().ToList();
        var rows = await SignedPledge.Select(SignedPledge.Of(db, sequences, eventId).Where(p => places.Contains(p.Sequence))).ToListAsync();
        var strokes = await db.Signatures.AsNoTracking().Where(s => places.Contains(s.Sequence))
            .ToDictionaryAsync(s => s.Sequence, s => s.Strokes);
        // Whoever else counts with a pledge takes its place when it no longer counts.
        var replaced = (await db.Pledges.Where(CountingRule.ValidPledge)
            .Where(p => p.CountedWith != null && places.Contains(p.CountedWith.Value))
            .Select(p => p.CountedWith!.Value).ToListAsync()).ToHashSet();
        var late = (await db.SigningFlags.Where(f => requests.Contains(f.Sequence) && (f.Flags & SigningFlags.AfterClosing) != 0)
            .Select(f => f.Sequence).ToListAsync()).ToHashSet();
        return rows.Where(row => requests.Contains(row.Request)).GroupBy(row => row.Request).ToDictionary(of => of.Key, of => new Signing(
            of.Key, [.. of.OrderBy(row => row.Sequence)], strokes,
            of.Count(row => row.CountedWith is null && !(row.Stands && replaced.Contains(row.Sequence))))
        {
            IsLate = late.Contains(of.Key),
        });
    }
}
