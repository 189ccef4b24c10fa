namespace SafetyCampaign.Campaigns;

/// <summary>A class of a school.</summary>
public sealed class ClassGroup
{
    /// <summary>Most pupils of one class.</summary>
    public const int MaxPupils = 99;

    /// <summary>Most classes of one school.</summary>
    public const int MaxOfSchool = 1_000;

    private ClassGroup() => Label = "";

    /// <summary>A class by its grade: 1 to 12, and -4 to -1 for a kindergarten's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Grade, number or expected pupils are out of their range.</exception>
    public ClassGroup(Organization school, int grade, int number, int? expected = null)
        : this(school, ClassName.OfGrade(grade, number), expected)
    {
    }

    /// <summary>A class of any kind.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No class is called so, or expected pupils are out of their range.</exception>
    public ClassGroup(Organization school, ClassName name, int? expected = null)
    {
        School = school;
        (Stage, Grade, EntryYear, Label, Number) = ClassName.Check(name);
        Expect(expected);
    }

    /// <summary>Given by the store.</summary>
    public int Id { get; private set; }

    /// <summary>Of <see cref="School"/>.</summary>
    public int SchoolId { get; private set; }

    /// <summary>An organization of kind <see cref="OrganizationKind.School"/>.</summary>
    public Organization School { get; private set; } = null!;

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

    /// <summary>What it is called; once in a school.</summary>
    public ClassName Name => new(Stage, Grade, EntryYear, Label, Number);

    /// <summary>How many pupils the class has, 1-99; null where nobody has said.</summary>
    public int? Expected { get; private set; }

    /// <summary>
    /// The class of the same school into which it was merged; null while it is a class of its own. Events that were over by then
    /// still have it; everywhere else the other class stands for it.
    /// </summary>
    public int? MergedIntoId { get; private set; }

    /// <summary>
    /// The class into which it had been merged, while it is of its own again and what was signed in it before has still to come back;
    /// null once that is done. It lies in the store, so that whoever comes next does the rest where the program was stopped meanwhile.
    /// </summary>
    public int? PartedFromId { get; private set; }

    /// <summary>How it stood before; read with the class only where that is asked for.</summary>
    public List<ClassRevision> Revisions { get; private set; } = [];

    /// <inheritdoc cref="ClassName.NeedsGuardian"/>
    public bool NeedsGuardian => Name.NeedsGuardian(School.Stage);

    /// <summary>
    /// How many pupils several classes have together; null where there are none, or where nobody has said it of one of them: a smaller
    /// sum would be read as all.
    /// </summary>
    /// <param name="sizes">Of each, see <see cref="Expected"/>.</param>
    public static int? Together(IReadOnlyCollection<int?> sizes) => sizes.Count == 0 || sizes.Contains(null) ? null : sizes.Sum();

    /// <summary>Sets <see cref="Expected"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to 99.</exception>
    public void Expect(int? pupils)
    {
        if (pupils is < 1 or > MaxPupils)
            throw new ArgumentOutOfRangeException(nameof(pupils), pupils, $"A class has 1 to {MaxPupils} pupils.");
        Expected = pupils;
    }

    /// <summary>Sets <see cref="Expected"/> from now on: events that are over keep the former size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to 99.</exception>
    public void ExpectFrom(DateTimeOffset now, int? pupils)
    {
        if (pupils == Expected)
            return;
        if (Expected is not null)
            Revise(now);
        Expect(pupils);
    }

    /// <summary>It is called otherwise from now on; events that are over keep the former name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No class is called so.</exception>
    public void Rename(ClassName name, DateTimeOffset now)
    {
        if (name == Name)
            return;
        Revise(now);
        (Stage, Grade, EntryYear, Label, Number) = ClassName.Check(name);
    }

    /// <summary>It goes on as another class of its school from now on; its pupils and pledges are moved by the caller.</summary>
    public void MergeInto(ClassGroup other, DateTimeOffset now)
    {
        (MergedIntoId, PartedFromId) = (other.Id, null);
        ExpectFrom(now, null);
    }

    /// <summary>It is a class of its own again, where it was merged: sets <see cref="PartedFromId"/>.</summary>
    public void Part()
    {
        if (MergedIntoId is { } into)
            (MergedIntoId, PartedFromId) = (null, into);
    }

    private void Revise(DateTimeOffset now)
    {
        if (Id != 0) // one that is new has no past
            Revisions.Add(new ClassRevision(this, now));
    }
}
