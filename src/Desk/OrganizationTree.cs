using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Layout;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Desk;

/// <summary>An organization where it stands in the tree.</summary>
/// <param name="Depth">0 for the top of what the account reaches.</param>
/// <param name="IsArchived">Itself, or one above it.</param>
public sealed record TreeRow(int Id, string Name, OrganizationKind Kind, int Depth, int Classes, bool IsArchived)
{
    /// <summary>For a list to choose from, which cannot show a tree otherwise.</summary>
    public string Indented => new string('\u2003', Depth) + Name;
}

/// <summary>The organizations within the access scope, each followed by those below it; siblings by kind, then name.</summary>
public static class OrganizationTree
{
    public static async Task<IReadOnlyList<TreeRow>> ReadTreeAsync(this CampaignDb db, CancellationToken cancellationToken = default)
    {
        var found = await db.Organizations.AsNoTracking()
            .Select(o => new
            {
                o.Id,
                o.Name,
                o.Kind,
                o.ParentId,
                Classes = o.Classes.Count,
                Archived = o.ArchivedAt != null,
                Translations = o.Translations.ToList()
            })
            .ToListAsync(cancellationToken);
        var reached = found.Select(o => o.Id).ToHashSet();
        var below = found.OrderBy(o => o.Kind).ThenBy(o => o.Translations.Localized(o.Name), NameOrder.Instance)
            .ToLookup(o => o.ParentId is { } parent && reached.Contains(parent) ? parent : 0);
        var rows = new List<TreeRow>();
        Add(0, 0, false);
        return rows;

        void Add(int parent, int depth, bool archived)
        {
            foreach (var o in below[parent])
            {
                rows.Add(new TreeRow(o.Id, o.Translations.Localized(o.Name), o.Kind, depth, o.Classes, archived || o.Archived));
                Add(o.Id, depth + 1, archived || o.Archived);
            }
        }
    }
}
