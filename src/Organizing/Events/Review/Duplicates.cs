using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.Review;

/// <summary>Pledges that are likely one person's: the same name in the same class, or where one of them names no class.</summary>
/// <param name="ClassId">The class of all of them; null where they differ or have none.</param>
public sealed record Likeness(SignerRole Role, int? ClassId, IReadOnlyList<SignedPledge> Pledges)
{
    /// <summary>The place in a list that is read on from here.</summary>
    public long Key => Pledges[0].Sequence;

    /// <summary>They are counted more than once, and not each as another pupil on the list of the class.</summary>
    public bool IsOpen => Pledges.Count(p => p.Counts) is > 1 and var counted
        && Pledges.Where(p => p is { Counts: true, RosterEntryId: not null }).DistinctBy(p => p.RosterEntryId).Count() < counted;

    /// <summary>The pledge with which the others would count.</summary>
    public SignedPledge? First => Pledges.FirstOrDefault(p => p.Counts);
}

/// <summary>
/// Finds likely duplicates of an event by reading its names once; a page then shows a few of them in full. Guardians
/// are left out: one parent may well sign with each child.
/// </summary>
internal static class Duplicates
{
    public static async Task<List<Likeness>> FindAsync(CampaignDb db, EventSequences sequences, PublishedEvent e)
    {
        var named = SignedPledge.Select(SignedPledge.Of(db, sequences, e.Id).Where(p => p.Role != SignerRole.Guardian && p.Name != null)
            .OrderBy(p => p.Sequence));
        var alike = new Dictionary<(SignerRole, string), List<SignedPledge>>();
        await foreach (var pledge in named.AsAsyncEnumerable())
        {
            var name = (pledge.Role, NameLikeness.Fold(pledge.Name!));
            if (!alike.TryGetValue(name, out var same))
                alike[name] = same = [];
            same.Add(pledge);
        }
        var order = e.Classes.Index().ToDictionary(c => c.Item.Id, c => c.Index);
        return [.. alike.Values.Where(same => same.Count > 1).SelectMany(Part).Where(group => group.Pledges.Count(p => p.Stands) > 1)
            .OrderBy(group => group.ClassId is { } id ? order.GetValueOrDefault(id, int.MaxValue) : int.MaxValue)
            .ThenBy(group => group.Key)];
    }

    /// <summary>By class; but whoever named none may be of any.</summary>
    private static IEnumerable<Likeness> Part(List<SignedPledge> same) =>
        same.Exists(p => p.ClassId is null)
            ? [new Likeness(same[0].Role, null, same)]
            : same.GroupBy(p => p.ClassId).Select(of => new Likeness(same[0].Role, of.Key, [.. of]));
}
