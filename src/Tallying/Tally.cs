namespace SafetyCampaign.Tallying;

/// <summary>The counts of an event at a moment: always whole, never a difference.</summary>
/// <param name="Code">The event's public code.</param>
/// <param name="Version">Only grows, also over restarts; of two snapshots the one with the higher version is newer.</param>
/// <param name="People">Everybody whose pledge counts.</param>
/// <param name="Families">Requests in which a student and a guardian signed.</param>
/// <param name="ByRole">People by role: <c>student</c>, <c>guardian</c>, <c>teacher</c>, <c>volunteer</c>; all four are there.</param>
/// <param name="ByClass">The event's classes, in order of school, grade and number.</param>
public sealed record Tally(
    string Code,
    long Version,
    int People,
    int Families,
    IReadOnlyDictionary<string, int> ByRole,
    IReadOnlyList<ClassTally> ByClass,
    DateTimeOffset At);

/// <summary>The counts of one class.</summary>
/// <param name="Name">As the school writes it, for example 五（1）班.</param>
/// <param name="Expected">How many pupils the class has; null where it is not known.</param>
public sealed record ClassTally(int ClassId, string School, string Name, int People, int Families, int? Expected);
