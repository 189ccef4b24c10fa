using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.LostReceipt;

/// <summary>A request that holds the name, its own names masked.</summary>
/// <param name="Request">The sequence number in the ledger of the request's first pledge.</param>
/// <param name="Number">The first signer's place among the people of the event.</param>
/// <param name="Signers">In the order of the request.</param>
public sealed record FoundPledge(long Request, int Number, DateTimeOffset SignedAt, bool Rehearsal, IReadOnlyList<FoundSigner> Signers);

/// <summary>One person of a request that was found.</summary>
public sealed record FoundSigner(SignerRole Role, string MaskedName, int? ClassId);

/// <summary>
/// Finds pledges of one event by a whole name, as <see cref="PersonName.KeyOf"/> compares it. Names have no index (it would halve the
/// signing rate), so a search reads the event's rows; it is seldom.
/// </summary>
public sealed class LostReceiptSearch(CampaignDbFactory dbFactory, EventSequences sequences)
{
    /// <summary>More of one name in an event are told apart by class.</summary>
    public const int MaxFound = 20;

    /// <summary>The requests in which somebody of that name signed and that still hold names; at most one more than
    /// <see cref="MaxFound"/>.</summary>
    /// <param name="eventId">The event's row; the caller has found it within the account's access scope.</param>
    /// <param name="name">In its stored form, see <see cref="PersonName"/>.</param>
    /// <param name="inClass">Whether only a class is meant.</param>
    /// <param name="classId">That class; null for signers who belong to none.</param>
    public async Task<IReadOnlyList<FoundPledge>> FindAsync(
        int eventId, string name, bool inClass, int? classId, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var named = sequences.PledgesOf(db.Pledges, eventId)
            .Where(p => p.Name != null && p.WithdrawnAt == null && (!inClass || p.ClassId == classId))
            .OrderBy(p => p.Sequence).Select(p => new { First = p.Sequence - p.Position, p.Name }).AsAsyncEnumerable();
        var key = PersonName.KeyOf(name);
        var requests = await named.Where(p => PersonName.KeyOf(p.Name!) == key).Select(p => p.First).Distinct().Take(MaxFound + 1)
            .ToListAsync(cancellationToken);
        // The signers of a request stand one after the other.
        var places = requests.SelectMany(first => Enumerable.Range(0, Pledge.MaxSigners).Select(i => first + i)).Distinct().ToList();
        var rows = await db.Pledges.AsNoTracking().Where(p => places.Contains(p.Sequence) && p.EventId == eventId)
            .OrderBy(p => p.Sequence).ToListAsync(cancellationToken);
        return [.. rows.GroupBy(p => p.Sequence - p.Position).Where(of => requests.Contains(of.Key)).Select(of => new FoundPledge(
            of.Key, of.First().Number, of.First().SignedAt, of.First().Rehearsal,
            [.. of.Select(p => new FoundSigner(
                p.Role, SignerName.Mask(p.Name ?? "", p.Relation, p.SignatureKind), p.ClassId))]))];
    }
}
