using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Lists;

/// <summary>Every pledge of an event, in the order of signing: one row a person and signature. Practice is no record.</summary>
public sealed class PledgeList(CampaignDbFactory dbFactory, EventSequences sequences, ListWording words)
{
    /// <summary>Read at once; between two readings the store is free for others.</summary>
    private const int BatchSize = 1_000;

    /// <summary>How many rows it will have.</summary>
    public async Task<int> CountAsync(int eventId, SignerFilter filter, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        return await Asked(db, eventId, filter).CountAsync(cancellationToken);
    }

    /// <param name="e">The event.</param>
    /// <param name="filter">Which pledges; whatever order it names, they stand in that of signing.</param>
    /// <param name="now">When the list is taken out.</param>
    public ListTable Of(PublishedEvent e, SignerFilter filter, DateTimeOffset now) => new(words["Pledges"],
        [
            words.Column("Number", 8), words.Column("Name", 16), words.Column("School", 24), words.Column("Class", 14),
            words.Column("Role", 10), words.Column("Relation", 14), words.Column("At", 20), words.Column("Channel", 12),
            words.Column("Signature", 12), words.Column("Witness", 12), words.Column("Remark", 30),
        ],
        RowsAsync(e, filter), words.Notes(e, now, hasNames: true, filter));

    private IQueryable<Pledge> Asked(CampaignDb db, int eventId, SignerFilter filter) =>
        filter.Of(db, sequences.PledgesOf(db.Pledges.AsNoTracking(), eventId).Where(p => !p.Rehearsal));

    private async IAsyncEnumerable<IReadOnlyList<object?>> RowsAsync(
        PublishedEvent e, SignerFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var classes = e.Classes.ToDictionary(c => c.Id);
        await using var db = dbFactory.Open();
        var last = 0L;
        for (var read = BatchSize; read == BatchSize;)
        {
            var part = await Asked(db, e.Id, filter).Where(p => p.Sequence > last).OrderBy(p => p.Sequence).Take(BatchSize)
                .ToListAsync(cancellationToken);
            var witnesses = await WitnessesAsync(db, part, cancellationToken);
            var late = await LateRequests.AmongAsync(db, part.ConvertAll(p => p.Sequence - p.Position), cancellationToken);
            foreach (var pledge in part)
            {
                var group = pledge.ClassId is { } id ? classes.GetValueOrDefault(id) : null;
                yield return
                [
                    pledge.Number, SignerName.Of(pledge), group?.School, group?.LocalizedName(), words.Role(pledge.Role),
                    words.Relation(pledge.Relation), e.Local(pledge.SignedAt).DateTime, words.Channel(pledge.Channel),
                    words[$"Signature.{pledge.SignatureKind}"],
                    witnesses.GetValueOrDefault(pledge.Sequence - pledge.Position),
                    RemarkOf(pledge, late.Contains(pledge.Sequence - pledge.Position)),
                ];
            }
            read = part.Count;
            last = read > 0 ? part[^1].Sequence : last;
        }
    }

    /// <summary>Who was there when somebody signed with help, by the place of the request's first pledge.</summary>
    private static async Task<Dictionary<long, string>> WitnessesAsync(
        CampaignDb db, List<Pledge> part, CancellationToken cancellationToken)
    {
        var assisted = part.Where(p => p.Channel == SigningChannel.Assisted).Select(p => p.Sequence - p.Position).Distinct().ToList();
        return assisted.Count == 0 ? [] : await db.Witnesses.AsNoTracking().Where(w => assisted.Contains(w.Sequence))
            .ToDictionaryAsync(w => w.Sequence, w => w.Name, cancellationToken);
    }

    private string? RemarkOf(Pledge pledge, bool isLate) => (StateOf(pledge), isLate) switch
    {
        (var state, false) => state,
        (null, true) => words["Remark.AfterClosing"],
        ({ } state, true) => $"{state} · {words["Remark.AfterClosing"]}",
    };

    private string? StateOf(Pledge pledge) => pledge.State switch
    {
        PledgeState.Withdrawn => words["Remark.Withdrawn"],
        PledgeState.Invalid => words["Remark.Invalid"],
        PledgeState.CountedWith => words["Remark.CountedWith"],
        PledgeState.Erased => words["Remark.Erased"],
        _ => null,
    };
}
