using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Organizing.Events.Review;

/// <summary>
/// The store as these pages read it: past the access scope of the account, since handwriting is for the program alone to read.
/// Each page has found its event within the access scope before, and looks at that event only.
/// </summary>
public sealed partial class ReviewStore(
    CampaignDbFactory dbFactory, EventSequences sequences, PublishedEvents published, TallyBoard board, ILogger<ReviewStore> log)
{
    /// <summary>Where the event's pledges lie.</summary>
    internal EventSequences Sequences => sequences;

    /// <summary>The caller disposes it.</summary>
    public CampaignDb Open() => dbFactory.Open();

    /// <summary>How many requests came after signing had ended, and stand.</summary>
    public async Task<LateSigning> CountLateAsync(int eventId)
    {
        await using var db = dbFactory.Open();
        var pledges = SignedPledge.Of(db, sequences, eventId).Where(CountingRule.ValidPledge);
        var byChannel = await (from flag in db.SigningFlags
                               join pledge in pledges on flag.Sequence equals pledge.Sequence
                               where (flag.Flags & SigningFlags.AfterClosing) != 0
                               group flag by pledge.Channel into of
                               select new { Channel = of.Key, Requests = of.Count() }).ToListAsync();
        return new LateSigning(
            byChannel.Where(of => of.Channel is not (SigningChannel.Relay or SigningChannel.Paper)).Sum(of => of.Requests),
            byChannel.Where(of => of.Channel == SigningChannel.Relay).Sum(of => of.Requests),
            byChannel.Where(of => of.Channel == SigningChannel.Paper).Sum(of => of.Requests));
    }

    /// <summary>
    /// The event as phones see it, and how many people count now. Who asked is on record (未成年人网络保护条例 36), without
    /// the names that are about to be shown.
    /// </summary>
    public async Task<(PublishedEvent Event, int People)> OpenReviewAsync(int eventId, int account)
    {
        var found = (await published.FindAsync(eventId))!;
        LogSignersViewed(account, eventId);
        return (found, board.Snapshot(found).People);
    }

    /// <summary>
    /// Says of one request of the event whether an organizer found that people signed it, and who said so. It moves no count, so it is
    /// no act of the ledger.
    /// </summary>
    /// <param name="eventId">The request's event.</param>
    /// <param name="request">The place of the request's first pledge.</param>
    /// <param name="isGenuine">What was found.</param>
    /// <param name="by">For the audit log.</param>
    public async Task MarkAsync(int eventId, long request, bool isGenuine, AuditActor by)
    {
        await using var db = dbFactory.Open();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var stored = db.SigningFlags.Where(f => f.Sequence == request);
        var known = isGenuine
            ? await stored.ExecuteUpdateAsync(set => set.SetProperty(f => f.Flags, f => f.Flags | SigningFlags.FoundGenuine))
            : await stored.ExecuteUpdateAsync(set => set.SetProperty(f => f.Flags, f => f.Flags & ~SigningFlags.FoundGenuine));
        if (known == 0 && isGenuine)
            db.SigningFlags.Add(new SigningFlag { Sequence = request, Flags = SigningFlags.FoundGenuine });
        db.AuditEvent(isGenuine ? AuditAction.SuspicionDropped : AuditAction.SuspicionRestored, eventId, by, AuditReason.Suspicious, 1);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    /// <summary>Whether all of these pledges were really signed at the event; false for none.</summary>
    public async Task<bool> AreOfAsync(int eventId, IReadOnlyCollection<long> sequences)
    {
        await using var db = dbFactory.Open();
        return sequences.Count > 0
            && await db.Pledges.CountAsync(p => sequences.Contains(p.Sequence) && p.EventId == eventId && !p.Rehearsal) == sequences.Count;
    }

    [LoggerMessage(1907, LogLevel.Information, "Account {AccountId} looks through what was signed at event {EventId}")]
    private partial void LogSignersViewed(int accountId, int eventId);
}

/// <summary>Requests that came after signing had ended, by why they were taken.</summary>
/// <param name="InGrace">From pages that were opened before the end, within the event's grace.</param>
/// <param name="Relay">From a class's device, which may have had no network.</param>
/// <param name="Paper">Signed on paper, which was counted later: it knows no grace.</param>
public sealed record LateSigning(int InGrace, int Relay, int Paper);
