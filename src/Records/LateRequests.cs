using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records;

/// <summary>The requests that were taken after the end of signing: whatever is taken out of the program says so.</summary>
internal static class LateRequests
{
    /// <summary>Of some requests those that came late.</summary>
    /// <param name="db">The store.</param>
    /// <param name="requests">The places of their first pledges; the same one may come twice.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static Task<HashSet<long>> AmongAsync(CampaignDb db, IReadOnlyList<long> requests, CancellationToken cancellationToken)
    {
        // In the order of signing they lie close together, and few are flagged: two bounds instead of a list of a thousand.
        var (first, last) = requests.Count == 0 ? (0, -1) : (requests.Min(), requests.Max());
        return db.SigningFlags.AsNoTracking()
            .Where(f => f.Sequence >= first && f.Sequence <= last && (f.Flags & SigningFlags.AfterClosing) != 0)
            .Select(f => f.Sequence).ToHashSetAsync(cancellationToken);
    }
}
