namespace SafetyCampaign.Campaigns;

/// <summary>What an organization is; only a <see cref="School"/> has classes. The store keeps the number.</summary>
public enum OrganizationKind
{
    /// <summary>区县.</summary>
    District = 0,

    /// <summary>街道 or 乡镇, below a district.</summary>
    Street = 1,

    /// <summary>社区 or 村, below a street.</summary>
    Community = 2,

    /// <summary>Has classes.</summary>
    School = 3,

    /// <summary>救援队.</summary>
    RescueTeam = 4,
}

/// <summary>
/// A node of the tree of organizations: a district, street, community, school or rescue team.
/// <see cref="Path"/> names every ancestor, so "everything below" is one prefix comparison.
/// </summary>
public sealed class Organization
{
    /// <summary>Longest <see cref="Name"/>, in UTF-16 units, without spaces around.</summary>
    public const int NameMaxLength = 80;

    private Organization() => Name = "";

    /// <summary>Below <paramref name="parent"/>, or the root of a tree where there is none.</summary>
    public Organization(string name, OrganizationKind kind, Organization? parent = null)
    {
        Name = name;
        Kind = kind;
        Parent = parent;
    }

    /// <summary>Given by the store.</summary>
    public int Id { get; private set; }

    /// <summary>As it calls itself.</summary>
    public string Name { get; private set; }

    /// <summary>May change: see <see cref="Rename"/>.</summary>
    public OrganizationKind Kind { get; private set; }

    /// <summary>Of <see cref="Parent"/>.</summary>
    public int? ParentId { get; private set; }

    /// <summary>Null for the root.</summary>
    public Organization? Parent { get; private set; }

    /// <summary>Ids from the root to this node, for example <c>/1/4/9/</c>; set by the store once the id is known.</summary>
    public string Path { get; private set; } = "";

    /// <summary>Of a school; else empty.</summary>
    public List<ClassGroup> Classes { get; private set; } = [];

    /// <summary>How deep in the tree, the root being 0.</summary>
    public int Depth => Path.Count(c => c == '/') - 2;

    /// <summary>Sets name and kind; its place in the tree stays.</summary>
    public void Rename(string name, OrganizationKind kind)
    {
        Name = name;
        Kind = kind;
    }

    internal void SetPath(string? parentPath) => Path = $"{parentPath ?? "/"}{Id}/";
}
