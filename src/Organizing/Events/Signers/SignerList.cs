using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.Signers;

/// <summary>One pledge of the list.</summary>
/// <param name="Request">The sequence number of the first pledge signed with it.</param>
/// <param name="Name">Null once it is erased, which withdrawing does as well.</param>
public sealed record ListedSigner(
    long Sequence, long Request, SignerRole Role, int? ClassId, string? Name, GuardianRelation? Relation, int Number,
    DateTimeOffset SignedAt, SigningChannel Channel, SignatureKind SignatureKind, bool Rehearsal, DateTimeOffset? WithdrawnAt,
    DateTimeOffset? ErasedAt, DateTimeOffset? InvalidatedAt, long? CountedWith)
{
    /// <summary>Of the whole request.</summary>
    public SigningFlags Flags { get; init; }

    /// <summary>Who was there where somebody signed with help; else null, and null once erased.</summary>
    public string? Witness { get; init; }

    /// <summary>Null where nothing was drawn, and where the page does not show it.</summary>
    public byte[]? Strokes { get; init; }
}

/// <summary>Who has a name that was looked for.</summary>
/// <param name="Exact">Whose name it is; at most one more than <see cref="SignerList.MaxFound"/>.</param>
/// <param name="Similar">Whose name holds it; at most one more than <see cref="SignerList.MaxFound"/>.</param>
public sealed record FoundSigners(IReadOnlyList<ListedSigner> Exact, IReadOnlyList<ListedSigner> Similar);

/// <summary>
/// The signers of one event, as pages of the primary key while they stand as they signed: a page costs the same in an event of a
/// million. Of the hot table nothing but its key is indexed (a second index halves the signing rate), so a filter reads past the rows
/// that it leaves out, another order reads all of them for each page and keeps a page, and a search reads the names of the whole event in
/// parts.
/// </summary>
public sealed class SignerList(CampaignDbFactory dbFactory, EventSequences sequences)
{
    /// <summary>Names that are equal, or alike; more of them are told apart by the whole name and the class.</summary>
    public const int MaxFound = 20;

    /// <summary>Names read at once by a search.</summary>
    private const int BatchSize = 5000;

    /// <summary>How many a filter lets through.</summary>
    /// <param name="eventId">The event's row; the caller has found it within the account's access scope.</param>
    /// <param name="filter">Which are asked for.</param>
    public async Task<int> CountAsync(int eventId, SignerFilter filter, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        return await filter.Of(db, sequences.PledgesOf(db.Pledges.AsNoTracking(), eventId)).CountAsync(cancellationToken);
    }

    /// <summary>At most <paramref name="rows"/> + 1 pledges.</summary>
    /// <param name="eventId">The event's row; the caller has found it within the account's access scope.</param>
    /// <param name="filter">Which are asked for.</param>
    /// <param name="classes">The event's classes in the order in which it lists them.</param>
    /// <param name="before">The sequence number of the last pledge of the page before; null for the first page.</param>
    /// <param name="rows">Pledges on a page.</param>
    /// <param name="withStrokes">Read the handwriting as well.</param>
    public async Task<IReadOnlyList<ListedSigner>> ReadAsync(
        int eventId, SignerFilter filter, IReadOnlyList<int> classes, long? before, int rows, bool withStrokes,
        CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var asked = filter.Of(db, sequences.PledgesOf(db.Pledges.AsNoTracking(), eventId));
        if (filter.Sorted is SignerSort.Name or SignerSort.NameDescending)
            return await ReadByNameAsync(
                db, asked, filter.Sorted == SignerSort.NameDescending, before, rows, withStrokes, cancellationToken);
        var ordered = await new SignerOrder(filter.Sorted, classes).AfterAsync(db, asked, before, cancellationToken);
        var found = await Listed(ordered.Take(rows + 1)).ToListAsync(cancellationToken);
        return await CompleteAsync(db, found, withStrokes, cancellationToken);
    }

    private static async Task<IReadOnlyList<ListedSigner>> ReadByNameAsync(
        CampaignDb db, IQueryable<Pledge> asked, bool descending, long? before, int rows, bool withStrokes,
        CancellationToken cancellationToken)
    {
        var after = before is null
            ? null
            : await db.Pledges.Where(p => p.Sequence == before)
                .Select(p => new NamedSigner(p.Sequence, SignerName.Of(p.Name, p.Relation, p.SignatureKind)))
                .SingleOrDefaultAsync(cancellationToken);
        var page = await SignersByName.PageAsync(asked, descending, after, rows + 1, cancellationToken);
        var found = await Listed(asked.Where(p => page.Contains(p.Sequence))).ToListAsync(cancellationToken);
        var places = page.Index().ToDictionary(one => one.Item, one => one.Index);
        return await CompleteAsync(db, [.. found.OrderBy(signer => places[signer.Sequence])], withStrokes, cancellationToken);
    }

    /// <summary>Who has this name, or one that holds it, as <see cref="PersonName.KeyOf"/> compares names.</summary>
    /// <param name="eventId">The event's row; the caller has found it within the account's access scope.</param>
    /// <param name="name">In its stored form, see <see cref="PersonName"/>.</param>
    public async Task<FoundSigners> FindAsync(int eventId, string name, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var key = PersonName.KeyOf(name);
        var (exact, similar, last) = (new List<long>(), new List<long>(), long.MaxValue);
        for (var read = BatchSize; read == BatchSize && exact.Count <= MaxFound;)
        {
            var part = await sequences.PledgesOf(db.Pledges, eventId).Where(p => p.Sequence < last && p.Name != null)
                .OrderByDescending(p => p.Sequence)
                .Select(p => new { p.Sequence, Name = SignerName.Of(p.Name, p.Relation, p.SignatureKind) }).Take(BatchSize)
                .ToListAsync(cancellationToken);
            foreach (var signer in part)
            {
                var its = PersonName.KeyOf(signer.Name!);
                if (its == key)
                    exact.Add(signer.Sequence);
                else if (similar.Count <= MaxFound && its.Contains(key, StringComparison.Ordinal))
                    similar.Add(signer.Sequence);
            }
            read = part.Count;
            last = read > 0 ? part[^1].Sequence : 0;
        }
        List<long> shown = [.. exact.Take(MaxFound + 1), .. similar];
        var rows = await Listed(db.Pledges.AsNoTracking().Where(p => shown.Contains(p.Sequence) && p.EventId == eventId)
            .OrderByDescending(p => p.Sequence)).ToListAsync(cancellationToken);
        var complete = await CompleteAsync(db, rows, withStrokes: true, cancellationToken);
        return new FoundSigners(
            [.. complete.Where(s => exact.Contains(s.Sequence))], [.. complete.Where(s => similar.Contains(s.Sequence))]);
    }

    private static IQueryable<ListedSigner> Listed(IQueryable<Pledge> pledges) => pledges.Select(p => new ListedSigner(
        p.Sequence, p.Sequence - p.Position, p.Role, p.ClassId,
        SignerName.Of(p.Name, p.Relation, p.SignatureKind), p.Relation, p.Number, p.SignedAt, p.Channel, p.SignatureKind,
        p.Rehearsal, p.WithdrawnAt, p.ErasedAt, p.InvalidatedAt, p.CountedWith));

    private static async Task<IReadOnlyList<ListedSigner>> CompleteAsync(
        CampaignDb db, List<ListedSigner> signers, bool withStrokes, CancellationToken cancellationToken)
    {
        var requests = signers.Select(s => s.Request).Distinct().ToList();
        var flags = await db.SigningFlags.Where(f => requests.Contains(f.Sequence))
            .ToDictionaryAsync(f => f.Sequence, f => f.Flags, cancellationToken);
        var assisted = signers.Where(s => s.Channel == SigningChannel.Assisted).Select(s => s.Request).ToList();
        var witnesses = assisted.Count == 0 ? [] : await db.Witnesses.Where(w => assisted.Contains(w.Sequence))
            .ToDictionaryAsync(w => w.Sequence, w => w.Name, cancellationToken);
        var places = withStrokes ? signers.Where(s => s.Name is not null).Select(s => s.Sequence).ToList() : [];
        var strokes = await db.Signatures.AsNoTracking().Where(s => places.Contains(s.Sequence))
            .ToDictionaryAsync(s => s.Sequence, s => s.Strokes, cancellationToken);
        return
        [
            .. signers.Select(s => s with
            {
                Flags = flags.GetValueOrDefault(s.Request),
                Witness = witnesses.GetValueOrDefault(s.Request),
                Strokes = strokes.GetValueOrDefault(s.Sequence),
            }),
        ];
    }
}
