using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.Signers;

/// <summary>
/// The order of the list as pages of a key: what the list is sorted by, then the sequence number. Of a page before only the number of
/// its last pledge is known, so no name stands in an address. The order of names is <see cref="SignersByName"/>'s.
/// </summary>
/// <param name="Sort">By what.</param>
/// <param name="Classes">The event's classes in the order in which it lists them.</param>
internal sealed record SignerOrder(SignerSort Sort, IReadOnlyList<int> Classes)
{
    /// <summary>Those that follow a pledge, in order; all of them where there is none before.</summary>
    public async Task<IQueryable<Pledge>> AfterAsync(
        CampaignDb db, IQueryable<Pledge> asked, long? before, CancellationToken cancellationToken)
    {
        var last = before is null
            ? null
            : await db.Pledges.AsNoTracking().Where(p => p.Sequence == before)
                .Select(p => new Key(p.Sequence, p.ClassId)).SingleOrDefaultAsync(cancellationToken);
        // One that has been wiped meanwhile still has its place where the list follows the numbers.
        return Sort switch
        {
            SignerSort.Oldest => asked.Where(p => before == null || p.Sequence > before).OrderBy(p => p.Sequence),
            SignerSort.Class or SignerSort.ClassDescending => ByClass(asked, last),
            _ => asked.Where(p => before == null || p.Sequence < before).OrderByDescending(p => p.Sequence),
        };
    }

    private IQueryable<Pledge> ByClass(IQueryable<Pledge> asked, Key? last)
    {
        var place = Place();
        if (last is not null)
            asked = asked.Where(Follows(place, PlaceOf(last.ClassId), last.Sequence));
        var ordered = Sort == SignerSort.Class ? asked.OrderBy(place) : asked.OrderByDescending(place);
        return ordered.ThenByDescending(p => p.Sequence);
    }

    private int PlaceOf(int? classId)
    {
        var place = Classes.Index().FirstOrDefault(c => c.Item == classId, (Index: Classes.Count, Item: 0)).Index;
        return classId is null ? Classes.Count : place;
    }

    /// <summary>The place of a pledge's class, as one CASE of SQL.</summary>
    private Expression<Func<Pledge, int>> Place()
    {
        var pledge = Expression.Parameter(typeof(Pledge), "p");
        var classId = Expression.Property(pledge, nameof(Pledge.ClassId));
        Expression place = Expression.Constant(Classes.Count);
        for (var i = Classes.Count - 1; i >= 0; i--)
            place = Expression.Condition(
                Expression.Equal(classId, Expression.Constant(Classes[i], typeof(int?))), Expression.Constant(i), place);
        return Expression.Lambda<Func<Pledge, int>>(place, pledge);
    }

    private Expression<Func<Pledge, bool>> Follows(Expression<Func<Pledge, int>> place, int at, long sequence)
    {
        var beyond = Sort == SignerSort.Class
            ? Expression.GreaterThan(place.Body, Expression.Constant(at))
            : Expression.LessThan(place.Body, Expression.Constant(at));
        var within = Expression.AndAlso(
            Expression.Equal(place.Body, Expression.Constant(at)),
            Expression.LessThan(Expression.Property(place.Parameters[0], nameof(Pledge.Sequence)), Expression.Constant(sequence)));
        return Expression.Lambda<Func<Pledge, bool>>(Expression.OrElse(beyond, within), place.Parameters);
    }

    private sealed record Key(long Sequence, int? ClassId);
}
