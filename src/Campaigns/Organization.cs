namespace SafetyCampaign.Campaigns;

/// <summary>What an organization is; only a <see cref="School"/> has classes. The store keeps the number.</summary>
public enum OrganizationKind
{
    District = 0,
    Street = 1,
    Community = 2,
    School = 3,
    RescueTeam = 4,
}

/// <summary>
/// A node of the tree of organizations: a district, street, community, school or rescue team.
/// <see cref="Path"/> names every ancestor, so "everything below" is one prefix comparison.
/// </summary>
public sealed class Organization
{
    public const int NameMaxLength = 80;

    private Organization() => Name = "";

    public Organization(string name, OrganizationKind kind, Organization? parent = null)
    {
        Name = name;
        Kind = kind;
        Parent = parent;
    }

    public int Id { get; private set; }
    public string Name { get; private set; }
    public OrganizationKind Kind { get; private set; }
    public int? ParentId { get; private set; }
    public Organization? Parent { get; private set; }

    /// <summary>Ids from the root to this node, for example <c>/1/4/9/</c>; set by the store once the id is known.</summary>
    public string Path { get; private set; } = "";

    public List<ClassGroup> Classes { get; private set; } = [];

    /// <summary>How deep in the tree, the root being 0.</summary>
    public int Depth => Path.Count(c => c == '/') - 2;

    public void Rename(string name, OrganizationKind kind)
    {
        Name = name;
        Kind = kind;
    }

    internal void SetPath(string? parentPath) => Path = $"{parentPath ?? "/"}{Id}/";
}
