using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Records.RollUp;

/// <summary>Where organizations lay at a moment: what one did before it was moved belongs to where it was then.</summary>
/// <param name="parents">Each organization's parent as it is now.</param>
/// <param name="moves">Of each organization that was ever moved; of a move from before its places were noted nothing is known.</param>
internal sealed class OrganizationPlaces(IReadOnlyDictionary<int, int?> parents, ILookup<int, OrganizationMove> moves)
{
    /// <summary>More than any tree has: moves whose places are unknown could make a circle of two times.</summary>
    private const int MaxDepth = 32;

    /// <summary>An organization, and all that it lay below.</summary>
    public IEnumerable<int> AboveAt(int organization, DateTimeOffset at)
    {
        int? next = organization;
        for (var depth = 0; depth < MaxDepth && next is { } id; depth++)
        {
            yield return id;
            next = ParentAt(id, at);
        }
    }

    private int? ParentAt(int organization, DateTimeOffset at) =>
        moves[organization].Where(move => move.At > at).MinBy(move => move.At) is { FromId: { } from } ? from
        : parents.GetValueOrDefault(organization);
}
