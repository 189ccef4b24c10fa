using SafetyCampaign.Tallying;

namespace SafetyCampaign.Display;

/// <summary>
/// A tally as screens of an event with many classes are told it: all of it is of now and whole, but of the classes only those whose
/// counts have changed after <paramref name="Since"/> are there. A screen that knows the counts of that version or a later one puts them
/// in place; one that does not has missed something and asks for the whole.
/// </summary>
/// <param name="Code">As in <see cref="Tally"/>, like all but the next and the classes.</param>
/// <param name="Since">The version after which a class has to have changed to be told; a whole tally has none.</param>
/// <param name="ByClass">Each with its counts as they stand, never a difference.</param>
public sealed record TallyChange(
    string Code,
    long Version,
    long Since,
    int People,
    int Families,
    IReadOnlyDictionary<string, int> ByRole,
    IReadOnlyList<ChangedClass> ByClass,
    DateTimeOffset At)
{
    /// <summary>What has changed between two tallies of one event with the same classes.</summary>
    public static TallyChange Between(Tally before, Tally now) =>
        new(now.Code, now.Version, before.Version, now.People, now.Families, now.ByRole,
            [.. now.ByClass.Zip(before.ByClass).Where(pair => pair.First != pair.Second)
                .Select(pair => new ChangedClass(pair.First.ClassId, pair.First.People, pair.First.Families, pair.First.Expected))],
            now.At);
}

/// <summary>The counts of a class without its name, which whoever watches has been told.</summary>
/// <inheritdoc cref="ClassTally"/>
public sealed record ChangedClass(int ClassId, int? People, int? Families, int? Expected);
