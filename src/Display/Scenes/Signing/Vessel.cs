using System.Globalization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Display.Scenes;

/// <summary>
/// A class as a vessel in the sea that fills with its signers; in a large event all classes of a school together. It shows no number,
/// so that nobody compares.
/// </summary>
/// <param name="Name">Brief, to be read from afar: 五1班; in English 5-1; or the school's name.</param>
/// <param name="CountFamilies">The classes that fill it by families, as pupils there need a guardian.</param>
/// <param name="CountPeople">Those that fill it by people.</param>
/// <param name="Count">How many fill it; null where all its classes are small, see <see cref="SmallClassRule"/>.</param>
/// <param name="Expected">How many it waits for; null where no class's size is known: it shows marks.</param>
public sealed record Vessel(
    string Name, string School, IReadOnlyList<int> CountFamilies, IReadOnlyList<int> CountPeople, int? Count, int? Expected)
{
    /// <summary>The most classes that have a vessel each; above it each school has one.</summary>
    private const int MaxClasses = 60;

    /// <summary>The most classes whose names have room beside each other.</summary>
    private const int MaxBesideEachOther = 24;

    /// <summary>What a class's name ends with, and can do without where there is little room: 五1 is read as 五1班.</summary>
    private const string UnitOfClass = "班";

    /// <summary><see cref="UnitOfClass"/>, or empty where the name does not end with it.</summary>
    public string Unit => ClassId is not null && Name.EndsWith(UnitOfClass, StringComparison.Ordinal) ? UnitOfClass : "";

    /// <summary>The name without <see cref="Unit"/>.</summary>
    public string ShortName => Name[..^Unit.Length];

    /// <summary>The class, where it is only one.</summary>
    public int? ClassId => CountFamilies.Count + CountPeople.Count == 1 ? CountFamilies.Concat(CountPeople).Single() : null;

    /// <summary>See <see cref="WaterLevel.Waterline"/>; of an empty one where it has none.</summary>
    public int Waterline => WaterLevel.Waterline(Count ?? 0, Expected ?? 1);

    /// <summary>The dash pattern of a line on which each dash is a mark; <c>vessels.ts</c> writes the same.</summary>
    public string Marks => string.Concat(Enumerable.Repeat("0 22 ", WaterLevel.Marks(Count ?? 0))) + "0 999";

    /// <summary>The vessels of an event's classes, in their order, to stand above the names of their schools.</summary>
    public static IReadOnlyList<Vessel> Of(PublishedEvent e, Tally shown) => Of(e, shown, bySchool: e.Classes.Count > MaxClasses);

    /// <summary>The same where no school's name stands below: a school for its classes where theirs would not tell them apart.</summary>
    public static IReadOnlyList<Vessel> BesideEachOther(PublishedEvent e, Tally shown) => Of(e, shown, bySchool:
        e.Classes.Count > MaxBesideEachOther || e.Classes.DistinctBy(Brief).Count() < e.Classes.Count);

    private static string Brief(PublishedClass group) => group.Name.BriefIn(CultureInfo.CurrentUICulture);

    private static IReadOnlyList<Vessel> Of(PublishedEvent e, Tally shown, bool bySchool)
    {
        var counts = shown.ByClass.ToDictionary(tally => tally.ClassId);
        var groups = bySchool
            ? e.Classes.GroupBy(group => group.School).Select(school => (Name: school.Key, School: school.Key, Classes: school.ToList()))
            : e.Classes.Select(group => (Name: Brief(group), group.School, Classes: (List<PublishedClass>)[group]));
        return [.. groups.Select(group => Of(group.Name, group.School, group.Classes, counts))];
    }

    private static Vessel Of(string name, string school, List<PublishedClass> classes, Dictionary<int, ClassTally> counts)
    {
        // Where some sizes are known, the water tells of those classes.
        var (isKnown, count, expected) = (false, (int?)null, (int?)null);
        foreach (var group in classes)
        {
            if (!counts.TryGetValue(group.Id, out var tally) || (group.NeedsGuardian ? tally.Families : tally.People) is not { } signed)
                continue;
            if (tally.Expected is { } size)
                (isKnown, count, expected) = (true, (isKnown ? count : 0) + signed, (expected ?? 0) + size);
            else if (!isKnown)
                count = (count ?? 0) + signed;
        }
        var byNeed = classes.ToLookup(group => group.NeedsGuardian, group => group.Id);
        return new Vessel(name, school, [.. byNeed[true]], [.. byNeed[false]], count, expected);
    }
}
