using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Book;

/// <summary>A chapter of the book: a class, or those who belong to none.</summary>
/// <param name="ClassId">Null for those who belong to none.</param>
/// <param name="Pledges">How many signed pledges it holds.</param>
public sealed record BookChapter(int? ClassId, int Pledges);

/// <summary>A signed pledge in the book.</summary>
/// <param name="Number">Its place among the people of the event.</param>
/// <param name="Name">Null once it is erased.</param>
/// <param name="Digest">On a request's first pledge: what the verification code is made from.</param>
/// <param name="Strokes">Null where nothing was drawn.</param>
public sealed record BookSigner(
    long Sequence, int Number, SignerRole Role, string? Name, GuardianRelation? Relation, DateTimeOffset SignedAt, SigningChannel Channel,
    SignatureKind SignatureKind, byte[]? Digest, byte[]? Strokes);

/// <summary>
/// What the pledge book of an event holds: the wordings that were signed, and whoever signed, class by class. Withdrawn, invalid and
/// practised pledges are not in it; who signed twice is in it twice.
/// </summary>
public sealed class PledgeBook(CampaignDbFactory dbFactory)
{
    /// <summary>Pledges on one page: with their handwriting some 2 MB.</summary>
    public const int MaxPledges = 600;

    public async Task<IReadOnlyList<BookChapter>> ChaptersAsync(PublishedEvent e, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var counts = await Signed(db, e.Id).GroupBy(p => p.ClassId).Select(g => new BookChapter(g.Key, g.Count()))
            .ToListAsync(cancellationToken);
        return
        [
            .. e.Classes.Select(c => new BookChapter(c.Id, counts.Find(chapter => chapter.ClassId == c.Id)?.Pledges ?? 0)),
            .. counts.Where(chapter => chapter.ClassId is null),
        ];
    }

    /// <summary>Each version of a text that somebody signed, in the order of roles and versions.</summary>
    public async Task<IReadOnlyList<PledgeText>> TextsAsync(int eventId, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var signed = await Signed(db, eventId).Select(p => p.TextId).Distinct().ToListAsync(cancellationToken);
        return await db.Texts.AsNoTracking().Where(t => signed.Contains(t.Id)).OrderBy(t => t.Role).ThenBy(t => t.Version)
            .ToListAsync(cancellationToken);
    }

    /// <summary>At most one more than <see cref="MaxPledges"/> of a chapter, in the order of signing.</summary>
    /// <param name="eventId">The event's row; the caller has found it within the account's reach.</param>
    /// <param name="classId">Null for those who belong to no class.</param>
    /// <param name="after">The sequence number of the last pledge of the part before; 0 for the first part.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<BookSigner>> SignersAsync(
        int eventId, int? classId, long after, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        return await (
            from p in Signed(db, eventId)
            where p.ClassId == classId && p.Sequence > after
            join s in db.Signatures.AsNoTracking() on p.Sequence equals s.Sequence into drawn
            from ink in drawn.DefaultIfEmpty()
            orderby p.Sequence
            select new BookSigner(p.Sequence, p.Number, p.Role, p.Name, p.Relation, p.SignedAt, p.Channel, p.SignatureKind, p.Digest,
                ink == null ? null : ink.Strokes))
            .Take(MaxPledges + 1).ToListAsync(cancellationToken);
    }

    private static IQueryable<Pledge> Signed(CampaignDb db, int eventId) =>
        db.Pledges.AsNoTracking().Where(p => p.EventId == eventId && !p.Rehearsal).Where(CountingRule.ValidPledge);
}
