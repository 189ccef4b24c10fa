using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Seals;

/// <summary>A seal of an event, without its hashes.</summary>
public sealed record SealSummary(int Version, DateTimeOffset SealedAt, int Leaves, string Code, DateTimeOffset? TimestampedAt);

/// <summary>Reads the seals that archives were made with.</summary>
public sealed class SealReader(CampaignDbFactory dbFactory)
{
    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<SealSummary>> ListAsync(int eventId, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        return await db.Seals.Where(s => s.EventId == eventId).OrderByDescending(s => s.Version)
            .Select(s => new SealSummary(s.Version, s.SealedAt, s.Leaves, s.Code, s.TimestampedAt)).ToListAsync(cancellationToken);
    }

    /// <summary>The newest; null where no archive was made.</summary>
    public async Task<SealSummary?> FindAsync(int eventId, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        return await db.Seals.Where(s => s.EventId == eventId).OrderByDescending(s => s.Version)
            .Select(s => new SealSummary(s.Version, s.SealedAt, s.Leaves, s.Code, s.TimestampedAt)).FirstOrDefaultAsync(cancellationToken);
    }
}
