using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Organizing.Organizations.Classes;

/// <summary>A class of a pasted list beside what the school has: one that is new, gets another size, or stays as it is.</summary>
/// <param name="Stored">The school's class of that name; null where it is new.</param>
/// <param name="HasRoster">It takes its size from its list of pupils, see <see cref="RosterRule"/>.</param>
public sealed record PlannedClass(ListedClass Listed, ClassGroup? Stored, bool HasRoster)
{
    public bool IsNew => Stored is null;

    /// <summary>It goes on as another class and stays so: it is parted on its own page, or by a list of pupils.</summary>
    public bool IsMerged => Stored?.MergedIntoId is not null;

    /// <summary>A list that says no size leaves the one there is.</summary>
    public bool IsResized =>
        Stored is not null && !IsMerged && !HasRoster && Listed.Pupils is { } pupils && pupils != Stored.Expected;
}

/// <summary>What keeping a pasted list would do to a school, of which some classes have lists of pupils.</summary>
public sealed class ClassPlan(Organization school, ClassList list, IReadOnlySet<int> rosters)
{
    private readonly Dictionary<ClassName, ClassGroup> stored = school.Classes.ToDictionary(c => c.Name);

    /// <summary>As the school would list them.</summary>
    public IReadOnlyList<PlannedClass> Classes => [.. list.Classes.OrderBy(c => c.Name, ClassName.SchoolOrder)
        .Select(c => (Listed: c, Stored: stored.GetValueOrDefault(c.Name)))
        .Select(c => new PlannedClass(c.Listed, c.Stored, c.Stored is not null && rosters.Contains(c.Stored.Id)))];

    public int Added => Classes.Count(c => c.IsNew);

    public int Resized => Classes.Count(c => c.IsResized);

    /// <summary>How many classes the school has afterwards.</summary>
    public int Total => stored.Count + Added;

    /// <summary>Adds what is new and sets the sizes that the list says.</summary>
    public void Apply()
    {
        foreach (var planned in Classes)
            if (planned.Stored is not { } group)
                school.Classes.Add(new ClassGroup(school, planned.Listed.Name, planned.Listed.Pupils));
            else if (planned.IsResized)
                group.Expect(planned.Listed.Pupils);
    }
}
