using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.RollUp;

/// <summary>A class within the access scope.</summary>
/// <param name="Expected">How many pupils it has now; null where nobody has said.</param>
/// <param name="MergedIntoId">See <see cref="ClassGroup.MergedIntoId"/>.</param>
internal sealed record SizedClass(int Id, int SchoolId, int? Expected, int? MergedIntoId);

/// <summary>
/// How many pupils a class has in a period: as many as at its last event in it when signing ended there, which is what that event's own
/// pages go on showing; while one of its events is not over, and in a period that is not over without an event, as many as now; in one
/// that is over, as many as at its end.
/// </summary>
internal sealed class ClassSizes
{
    private readonly ILookup<int, ClassRevision> revisions;
    private readonly DateTimeOffset usual;
    private readonly Dictionary<int, DateTimeOffset> moments = [];

    private ClassSizes(ILookup<int, ClassRevision> revisions, DateTimeOffset usual) => (this.revisions, this.usual) = (revisions, usual);

    /// <param name="db">Tells which classes are within the access scope.</param>
    /// <param name="period">Of which the sizes are asked for.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<ClassSizes> ReadAsync(
        CampaignDb db, RollUpPeriod period, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var begins = period.Begins; // no event of the period is over before
        var since = await db.ClassRevisions.AsNoTracking().Where(r => r.Until > begins).ToListAsync(cancellationToken);
        return new ClassSizes(since.ToLookup(r => r.ClassId), period.Ends <= now ? period.Ends : DateTimeOffset.MaxValue);
    }

    /// <summary>Notes that a class took part in an event of the period.</summary>
    /// <param name="classId">The class.</param>
    /// <param name="endedAt">When signing ended there; null while it has not.</param>
    public void TookPart(int classId, DateTimeOffset? endedAt)
    {
        var moment = endedAt ?? DateTimeOffset.MaxValue;
        moments[classId] = moments.TryGetValue(classId, out var known) && known > moment ? known : moment;
    }

    /// <summary>
    /// Null where it is not known, and where the class went on as another that took part later: its pupils are among that one's.
    /// </summary>
    public int? Of(SizedClass c)
    {
        var took = moments.TryGetValue(c.Id, out var moment);
        if (took && c.MergedIntoId is { } into && moments.TryGetValue(into, out var later) && later > moment)
            return null;
        return ClassRevision.ExpectedAt(c.Expected, revisions[c.Id], took ? moment : usual);
    }
}
