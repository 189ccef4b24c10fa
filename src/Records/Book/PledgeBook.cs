using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Book;

/// <summary>A chapter of the book: a class, or those who belong to none.</summary>
/// <param name="ClassId">Null for those who belong to none.</param>
/// <param name="Pledges">How many signed pledges it holds.</param>
public sealed record BookChapter(int? ClassId, int Pledges);

/// <summary>A part of the printed book: the families of a class, the teachers, the volunteers, or families of no class.</summary>
/// <param name="ClassId">Of the class whose pledges it holds; null for those of none, or where <see cref="AnyClass"/>.</param>
/// <param name="AnyClass">It holds the roles of every class and of none.</param>
/// <param name="Roles">Whose pledges it holds.</param>
/// <param name="Pledges">How many signed pledges it holds.</param>
public sealed record BookPart(int? ClassId, bool AnyClass, SignerRole[] Roles, int Pledges);

/// <summary>What is printed of an event: the parts, and the last pledge that was there when they were counted.</summary>
public sealed record BookPlan(IReadOnlyList<BookPart> Parts, long Last)
{
    public int Pledges => Parts.Sum(part => part.Pledges);
}

/// <summary>A signed pledge in the book.</summary>
/// <param name="Number">Its place among the people of the event.</param>
/// <param name="Name">Null once it is erased.</param>
/// <param name="Digest">On a request's first pledge: what the verification code is made from.</param>
/// <param name="Strokes">Null where nothing was drawn.</param>
/// <param name="Position">Among those who signed together, from 0.</param>
public sealed record BookSigner(
    long Sequence, int Number, SignerRole Role, string? Name, GuardianRelation? Relation, DateTimeOffset SignedAt, SigningChannel Channel,
    SignatureKind SignatureKind, byte[]? Digest, byte[]? Strokes, int Position)
{
    /// <summary>JPEG of what was written on paper; null where it was signed otherwise, or the picture is gone.</summary>
    public byte[]? Paper { get; init; }

    /// <summary>Who read it off the paper; null where it was signed otherwise.</summary>
    public string? ConfirmedBy { get; init; }

    /// <summary>It came after the end of signing: within the time of grace, or on paper that was counted later.</summary>
    public bool IsLate { get; init; }
}

/// <summary>
/// What the pledge book of an event holds: the wordings that were signed, and whoever signed, class by class. Withdrawn, invalid and
/// practised pledges are not in it; who signed twice is in it twice.
/// </summary>
public sealed class PledgeBook(CampaignDbFactory dbFactory, EventSequences sequences, PaperPledges paper)
{
    /// <summary>A book of so many pledges is drawn while its reader waits, about a second.</summary>
    public const int MaxAtOnce = 2_000;

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
    /// <param name="eventId">The event's row; the caller has found it within the account's access scope.</param>
    /// <param name="classId">The class whose texts are asked for; null for those of the whole event.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<PledgeText>> TextsAsync(int eventId, int? classId, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var signed = await Signed(db, eventId).Where(p => classId == null || p.ClassId == classId)
            .Select(p => p.TextId).Distinct().ToListAsync(cancellationToken);
        return await db.Texts.AsNoTracking().Where(t => signed.Contains(t.Id)).OrderBy(t => t.Role).ThenBy(t => t.Version)
            .ToListAsync(cancellationToken);
    }

    /// <summary>
    /// At most one more than <see cref="MaxPledges"/> of a chapter, a class with a list in the order of its seats, see
    /// <see cref="InOrderOfSeatsAsync"/>; all others in the order of signing.
    /// </summary>
    /// <param name="eventId">The event's row; the caller has found it within the account's access scope.</param>
    /// <param name="classId">Null for those who belong to no class.</param>
    /// <param name="after">The sequence number of the last pledge of the part before; 0 for the first part.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<BookSigner>> SignersAsync(
        int eventId, int? classId, long after, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var signed = Signed(db, eventId).Where(p => p.ClassId == classId);
        var ordered = await InOrderOfSeatsAsync(db, signed, classId, cancellationToken);
        var read = ordered is null
            ? await Rows(db, signed.Where(p => p.Sequence > after)).Take(MaxPledges + 1).ToListAsync(cancellationToken)
            : await ReadAsync(db, signed, [.. ordered.Skip(ordered.IndexOf(after) + 1).Take(MaxPledges + 1)], cancellationToken);
        return await AddAsync(db, read, cancellationToken);
    }

    /// <summary>
    /// The parts that have pledges: class by class its students and guardians, those of no class, the teachers, the volunteers. Of one
    /// class alone: its students and guardians, its teachers, its volunteers.
    /// </summary>
    public async Task<BookPlan> PlanAsync(PublishedEvent e, int? classId, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var signed = Signed(db, e.Id).Where(p => classId == null || p.ClassId == classId);
        var counts = await signed.GroupBy(p => new { p.ClassId, p.Role })
            .Select(g => new { g.Key.ClassId, g.Key.Role, Pledges = g.Count(), Last = g.Max(p => p.Sequence) })
            .ToListAsync(cancellationToken);
        int[] classes = classId is { } one ? [one] : [.. e.Classes.Select(c => c.Id)];
        IEnumerable<BookPart> parts =
        [
            .. classes.Select(id => Part(id, anyClass: false, SignerRole.Student, SignerRole.Guardian)),
            Part(null, anyClass: false, SignerRole.Student, SignerRole.Guardian),
            Part(classId, anyClass: classId is null, SignerRole.Teacher),
            Part(classId, anyClass: classId is null, SignerRole.Volunteer),
        ];
        return new BookPlan([.. parts.Where(part => part.Pledges > 0)], counts.Count == 0 ? 0 : counts.Max(count => count.Last));

        BookPart Part(int? id, bool anyClass, params SignerRole[] roles) => new(id, anyClass, roles,
            counts.Where(c => (anyClass || c.ClassId == id) && roles.Contains(c.Role)).Sum(c => c.Pledges));
    }

    /// <summary>See <see cref="PaperPledges.ConfirmersAsync"/>.</summary>
    public async Task<IReadOnlyCollection<string>> ConfirmersAsync(int eventId, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        return await paper.ConfirmersAsync(db, eventId, cancellationToken);
    }

    /// <summary>Number and name of everybody in a part, one after the other.</summary>
    public async IAsyncEnumerable<(int Number, string Name)> NamesAsync(
        int eventId, BookPart part, long last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var names = Of(db, eventId, part).Where(p => p.Sequence <= last && p.Name != null).OrderBy(p => p.Sequence)
            .Select(p => new { p.Number, Name = SignerName.Of(p.Name, p.Relation, p.SignatureKind) });
        await foreach (var signer in names.AsAsyncEnumerable().WithCancellation(cancellationToken))
            yield return (signer.Number, signer.Name!);
    }

    /// <summary>
    /// Everybody in a part, a class with a list in the order of its seats, all others in the order of signing; read in portions, between
    /// which the store is free for others.
    /// </summary>
    public async IAsyncEnumerable<BookSigner> SignersAsync(
        int eventId, BookPart part, long last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<long>? ordered;
        await using (var db = dbFactory.Open())
            ordered = await InOrderOfSeatsAsync(
                db, Of(db, eventId, part).Where(p => p.Sequence <= last), part.AnyClass ? null : part.ClassId, cancellationToken);
        var (after, read) = (long.MinValue, 0);
        for (var portion = MaxPledges; portion == MaxPledges; read += portion)
        {
            await using var db = dbFactory.Open();
            var signed = Of(db, eventId, part).Where(p => p.Sequence <= last);
            var asked = ordered?.Skip(read).Take(MaxPledges).ToList();
            var rows = asked is not null
                ? await ReadAsync(db, signed, asked, cancellationToken)
                : await Rows(db, signed.Where(p => p.Sequence > after)).Take(MaxPledges).ToListAsync(cancellationToken);
            foreach (var signer in await AddAsync(db, rows, cancellationToken))
                yield return signer;
            portion = asked?.Count ?? rows.Count;
            after = rows.Count > 0 ? rows[^1].Sequence : after;
        }
    }

    /// <summary>
    /// The sequence numbers of a class's pledges by the seat of the pupil, as its list on paper goes: whoever signed together stands
    /// together, and behind them those of nobody with a seat in the class, in the order of signing. Null where its list has no seats.
    /// </summary>
    private static async Task<List<long>?> InOrderOfSeatsAsync(
        CampaignDb db, IQueryable<Pledge> signed, int? classId, CancellationToken cancellationToken)
    {
        if (classId is null)
            return null;
        var seats = await db.Roster.AsNoTracking().Where(r => r.ClassId == classId && r.Seat != null)
            .ToDictionaryAsync(r => r.Id, r => r.Seat!.Value, cancellationToken);
        if (seats.Count == 0)
            return null;
        var pledges = await signed.Select(p => new { p.Sequence, p.Position, p.RosterEntryId }).ToListAsync(cancellationToken);
        return
        [
            .. pledges.GroupBy(p => p.Sequence - p.Position)
                .OrderBy(request => request.Min(p => SeatOf(p.RosterEntryId)))
                .ThenBy(request => request.Key).SelectMany(request => request.Select(p => p.Sequence).Order()),
        ];

        int SeatOf(int? pupil) => pupil is { } entry ? seats.GetValueOrDefault(entry, int.MaxValue) : int.MaxValue;
    }

    /// <summary>Those of some sequence numbers that are there still, in their order.</summary>
    private static async Task<List<BookSigner>> ReadAsync(
        CampaignDb db, IQueryable<Pledge> signed, List<long> asked, CancellationToken cancellationToken)
    {
        var rows = await Rows(db, signed.Where(p => asked.Contains(p.Sequence)))
            .ToDictionaryAsync(signer => signer.Sequence, cancellationToken);
        return [.. asked.Where(rows.ContainsKey).Select(sequence => rows[sequence])];
    }

    private static IQueryable<BookSigner> Rows(CampaignDb db, IQueryable<Pledge> signed) =>
        from p in signed
        join s in db.Signatures.AsNoTracking() on p.Sequence equals s.Sequence into drawn
        from ink in drawn.DefaultIfEmpty()
        orderby p.Sequence
        select new BookSigner(p.Sequence, p.Number, p.Role, SignerName.Of(p.Name, p.Relation, p.SignatureKind), p.Relation,
            p.SignedAt, p.Channel, p.SignatureKind, p.Digest, ink == null ? null : ink.Strokes, p.Position);

    /// <summary>What stands beside a pledge: what was written on paper, and that it came late.</summary>
    private async Task<IReadOnlyList<BookSigner>> AddAsync(
        CampaignDb db, List<BookSigner> signers, CancellationToken cancellationToken)
    {
        var late = await LateRequests.AmongAsync(db, signers.ConvertAll(s => s.Sequence - s.Position), cancellationToken);
        var all = await paper.AddAsync(db, signers, cancellationToken);
        return late.Count == 0 ? all
            : [.. all.Select(s => late.Contains(s.Sequence - s.Position) ? s with { IsLate = true } : s)];
    }

    private IQueryable<Pledge> Of(CampaignDb db, int eventId, BookPart part) => Signed(db, eventId)
        .Where(p => (part.AnyClass || p.ClassId == part.ClassId) && part.Roles.Contains(p.Role));

    private IQueryable<Pledge> Signed(CampaignDb db, int eventId) =>
        sequences.PledgesOf(db.Pledges.AsNoTracking(), eventId).Where(p => !p.Rehearsal).Where(CountingRule.ValidPledge);
}
