using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Schools.ClassPage;

/// <summary>Where a pupil stands at an event.</summary>
public enum PupilState
{
    NotYet,

    /// <summary>The child has signed, and a guardian of it has not.</summary>
    ChildOnly,

    /// <summary>The child has signed, and a guardian of it too where one is needed.</summary>
    Complete,

    /// <inheritdoc cref="RosterAnswerKind.Declined"/>
    Declined,

    /// <inheritdoc cref="RosterAnswerKind.Absent"/>
    Absent,
}

/// <summary>A pupil as its class teacher sees it.</summary>
/// <param name="Entry">See <see cref="RosterEntry.Id"/>; null for one who signed and is not on the list.</param>
/// <param name="Seat">Null where the school gives none.</param>
/// <param name="Name">In its stored form.</param>
/// <param name="State">Where it stands.</param>
public sealed record ClassPupil(int? Entry, int? Seat, string Name, PupilState State)
{
    public bool HasSigned => State is PupilState.ChildOnly or PupilState.Complete;
}

/// <summary>A class at an event, pupil by pupil: by seat, then by name; who is not on the list comes last.</summary>
/// <param name="Pupils">Those who have a name.</param>
/// <param name="Erased">Children who have signed and whose names were deleted: they count; who they are is not known.</param>
public sealed record ClassCoverage(IReadOnlyList<ClassPupil> Pupils, int Erased)
{
    public bool HasList => Pupils.Any(pupil => pupil.Entry is not null);

    /// <summary>Who is on the list.</summary>
    public int Expected => Pupils.Count(pupil => pupil.Entry is not null);

    /// <summary>Of those on the list.</summary>
    public int Signed => Pupils.Count(pupil => pupil is { Entry: not null, HasSigned: true });

    /// <summary>Not those who declined: that is an answer (docs/domain.md 2).</summary>
    public int Of(PupilState state) => Pupils.Count(pupil => pupil.Entry is not null && pupil.State == state);
}
