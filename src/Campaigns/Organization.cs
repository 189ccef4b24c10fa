using System.Globalization;

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

    /// <summary>What it is called in further languages; at most one a language.</summary>
    public List<OrganizationTranslation> Translations { get; private set; } = [];

    /// <summary>May change: see <see cref="Rename"/>.</summary>
    public OrganizationKind Kind { get; private set; }

    /// <summary>
    /// Since when it takes part in nothing new: it and what lies below it are offered in no list to choose from. Null while it does.
    /// </summary>
    public DateTimeOffset? ArchivedAt { get; private set; }

    /// <summary>Of <see cref="Parent"/>.</summary>
    public int? ParentId { get; private set; }

    /// <summary>Null for the root.</summary>
    public Organization? Parent { get; private set; }

    /// <summary>Ids from the root to this node, for example <c>/1/4/9/</c>; set by the store once the id is known.</summary>
    public string Path { get; private set; } = "";

    /// <summary>Of a school; else empty.</summary>
    public List<ClassGroup> Classes { get; private set; } = [];

    /// <summary><see cref="Classes"/> as the school would list them.</summary>
    public IEnumerable<ClassGroup> ClassesInOrder => Classes.OrderBy(c => c.Name, ClassName.SchoolOrder);

    /// <summary>The same without those that were merged into another.</summary>
    public IEnumerable<ClassGroup> CurrentClasses => ClassesInOrder.Where(c => c.MergedIntoId is null);

    /// <summary>
    /// Of a school that has one stage only. It decides of classes that go by a year of entry or a name whether their pupils need a
    /// guardian: see <see cref="ClassName.NeedsGuardian"/>.
    /// </summary>
    public SchoolStage Stage { get; private set; }

    /// <summary>
    /// Raised by every change of the organization and of its classes, so that the second of two people who save finds out.
    /// </summary>
    public long Revision { get; private set; }

    /// <summary>How deep in the tree, the root being 0.</summary>
    public int Depth => Path.Count(c => c == '/') - 2;

    /// <summary>The name as a reader of a language is told it.</summary>
    public string NameIn(CultureInfo culture) => Translations.For(culture)?.Name ?? Name;

    /// <summary>Sets name and kind; its place in the tree stays. What it was called in other languages goes with the name.</summary>
    public void Rename(string name, OrganizationKind kind)
    {
        if (name != Name)
            Translations.Clear();
        Name = name;
        Kind = kind;
    }

    /// <summary>Sets what it is called in a language; the caller has checked the length.</summary>
    /// <param name="language">A tag of <see cref="InterfaceLanguages"/>.</param>
    /// <param name="name">Empty for none.</param>
    public void Translate(string language, string name)
    {
        var translation = Translations.Find(known => known.Language == language);
        if (name.Length == 0)
            Translations.RemoveAll(known => known == translation);
        else
        {
            if (translation is null)
                Translations.Add(translation = new OrganizationTranslation(language));
            translation.Name = name;
        }
    }

    /// <summary>Sets <see cref="Stage"/>.</summary>
    public void SetStage(SchoolStage stage) => Stage = stage;

    /// <summary>Sets <see cref="ArchivedAt"/>.</summary>
    public void Archive(DateTimeOffset now) => ArchivedAt ??= now;

    /// <summary>Takes part again.</summary>
    public void Restore() => ArchivedAt = null;

    /// <summary>Hangs it below another organization; the paths below it are set by whoever moves it.</summary>
    /// <exception cref="ArgumentException">The other organization lies below it, or is itself.</exception>
    /// <exception cref="InvalidOperationException">It is the root of a tree.</exception>
    public OrganizationMove MoveTo(Organization parent, DateTimeOffset now)
    {
        if (parent.Path.StartsWith(Path, StringComparison.Ordinal))
            throw new ArgumentException("An organization cannot lie below itself.", nameof(parent));
        var move = new OrganizationMove(this, Parent ?? throw new InvalidOperationException("The root of a tree stays."), parent, now);
        Parent = parent;
        return move;
    }

    internal void Touch() => Revision++;

    /// <summary>Sets the path of one that lay below a place which has been moved.</summary>
    internal void MovePath(string before, string after) => Path = after + Path[before.Length..];

    internal void SetPath(string? parentPath) => Path = $"{parentPath ?? "/"}{Id}/";
}
