namespace SafetyCampaign.Campaigns;

/// <summary>
/// What a class was called and how many pupils it had until a moment, kept when either changes by its list or by an organizer's
/// decision about the class: an event whose signing ended before that moment goes on showing its classes as they were.
/// </summary>
public sealed class ClassRevision
{
    private ClassRevision() => Label = "";

    /// <summary>How a class stands now, before it is changed.</summary>
    internal ClassRevision(ClassGroup group, DateTimeOffset now)
    {
        (Stage, Grade, EntryYear, Label, Number) = group.Name;
        (ClassId, Expected, Until) = (group.Id, group.Expected, now);
    }

    /// <summary>Given by the store.</summary>
    public long Id { get; private set; }

    /// <summary>The class.</summary>
    public int ClassId { get; private set; }

    /// <summary>UTC: when it was changed.</summary>
    public DateTimeOffset Until { get; private set; }

    /// <inheritdoc cref="ClassName.Stage"/>
    public SchoolStage Stage { get; private set; }

    /// <inheritdoc cref="ClassName.Grade"/>
    public int Grade { get; private set; }

    /// <inheritdoc cref="ClassName.EntryYear"/>
    public int EntryYear { get; private set; }

    /// <inheritdoc cref="ClassName.Label"/>
    public string Label { get; private set; }

    /// <inheritdoc cref="ClassName.Number"/>
    public int Number { get; private set; }

    /// <summary>What it was called.</summary>
    public ClassName Name => new(Stage, Grade, EntryYear, Label, Number);

    /// <inheritdoc cref="ClassGroup.Expected"/>
    public int? Expected { get; private set; }

    /// <summary>
    /// How a class stood at a moment: as it was until the first change after it, or as it is now. A size that nobody knew then is the
    /// first that came to be known: a list that is imported after the event is the list of the event.
    /// </summary>
    /// <param name="group">As it is now.</param>
    /// <param name="revisions">All of the class, in any order.</param>
    /// <param name="moment">The moment.</param>
    public static (ClassName Name, int? Expected) At(
        ClassGroup group, IReadOnlyCollection<ClassRevision> revisions, DateTimeOffset moment) =>
        (Later(revisions, moment).FirstOrDefault()?.Name ?? group.Name, ExpectedAt(group.Expected, revisions, moment));

    /// <summary>The size alone, of a class of which nothing else is read.</summary>
    /// <param name="expected">How many pupils it has now.</param>
    /// <param name="revisions">All of the class, in any order.</param>
    /// <param name="moment">The moment.</param>
    public static int? ExpectedAt(int? expected, IEnumerable<ClassRevision> revisions, DateTimeOffset moment) =>
        Later(revisions, moment).Select(r => r.Expected).FirstOrDefault(known => known is not null) ?? expected;

    private static IEnumerable<ClassRevision> Later(IEnumerable<ClassRevision> revisions, DateTimeOffset moment) =>
        revisions.Where(r => r.Until > moment).OrderBy(r => r.Until).ThenBy(r => r.Id);
}
