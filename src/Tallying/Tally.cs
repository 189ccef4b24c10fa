using System.Text.Json.Serialization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tallying;

/// <summary>The counts of an event at a moment: always whole, never a difference.</summary>
/// <remarks>
/// The version is the sequence number in the ledger of the last entry that touched the counts; what counts says
/// <see cref="CountingRule"/>.
/// </remarks>
/// <param name="Code">The event's public code.</param>
/// <param name="Version">Of two tallies the one with the higher version is newer. It only grows, also over restarts.</param>
/// <param name="People">How many people's pledges count; in a rehearsal those of its practice.</param>
/// <param name="Families">How many families: requests in which a student and a guardian signed, each family once.</param>
/// <param name="ByRole">People by role: <c>student</c>, <c>guardian</c>, <c>teacher</c>, <c>volunteer</c>; all four are there.</param>
/// <param name="ByClass">The event's classes, by school, in the order in which a school lists them.</param>
/// <param name="At">When it was read, in UTC.</param>
public sealed record Tally(
    string Code,
    long Version,
    int People,
    int Families,
    IReadOnlyDictionary<string, int> ByRole,
    IReadOnlyList<ClassTally> ByClass,
    DateTimeOffset At)
{
    /// <summary>The counts of those alone who came after <paramref name="before"/>; nothing is less than 0.</summary>
    /// <param name="before">An earlier tally of the same event.</param>
    public Tally Since(Tally before)
    {
        var known = before.ByClass.ToDictionary(c => c.ClassId);
        return this with
        {
            People = Math.Max(0, People - before.People),
            Families = Math.Max(0, Families - before.Families),
            ByRole = ByRole.ToDictionary(role => role.Key, role => Math.Max(0, role.Value - before.ByRole.GetValueOrDefault(role.Key))),
            ByClass = [.. ByClass.Select(c => known.TryGetValue(c.ClassId, out var then) ? c.Since(then) : c)],
        };
    }

    /// <summary>
    /// What the public may be told of counts that were kept earlier: a class may have become small since, or may have been kept
    /// by a version of this program that told its numbers.
    /// </summary>
    /// <param name="e">The event as it is now.</param>
    public Tally WithoutSmallClasses(PublishedEvent e)
    {
        var untold = e.ClassesWithoutNumbers();
        return untold.Count == 0
            ? this
            : this with
            {
                ByClass = [.. ByClass.Select(c => untold.Contains(c.ClassId) ? ClassTally.OfFew(c.ClassId, c.School, c.Name) : c)],
            };
    }
}

/// <summary>The counts of one class.</summary>
/// <param name="ClassId">The class's id, as a sign request names it.</param>
/// <param name="School">The school's name.</param>
/// <param name="Name">As the school writes it, for example 五（1）班; in the asker's language where one asker is answered, in the default
/// language where all screens are told at once.</param>
/// <param name="People">How many people of the class count, whatever their role; null where no number of it is told.</param>
/// <param name="Families">How many families are counted at a pledge of this class; null where no number of it is told.</param>
/// <param name="Expected">How many pupils the class has; null where it is not known, and where no number of it is told.</param>
public sealed record ClassTally(int ClassId, string School, string Name, int? People, int? Families, int? Expected)
{
    /// <summary>
    /// True where no number is told: the class has fewer than five pupils, so that one family could be read from its numbers, or
    /// it is the smallest other class of an event with one such class, whose numbers could be had by taking all others from the
    /// totals. Left out for all other classes.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Few { get; init; }

    /// <summary>The counts of those alone who came after <paramref name="before"/>; null where one of the two is.</summary>
    internal ClassTally Since(ClassTally before) => this with
    {
        People = People - before.People is { } people ? Math.Max(0, people) : null,
        Families = Families - before.Families is { } families ? Math.Max(0, families) : null,
    };

    /// <summary>The class without its numbers; see <see cref="SmallClassRule"/>.</summary>
    internal static ClassTally OfFew(int classId, string school, string name) =>
        new(classId, school, name, null, null, null) { Few = true };
}
