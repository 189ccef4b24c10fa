using System.Globalization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Intake;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Assisted;

/// <summary>Who signs with help.</summary>
public enum AssistedParty
{
    /// <summary>A child and its guardian.</summary>
    Family,
    Guardian,
    Student,
    Teacher,
    Volunteer,
}

/// <summary>Whoever signs with help, as a volunteer writes it down: one person, or a child with its guardian.</summary>
public sealed class AssistedForm
{
    /// <summary>The form's own, so that pressing twice signs once.</summary>
    public Guid? Key { get; set; }

    public AssistedParty Party { get; set; }

    /// <summary>The id of a class, or <see cref="CorrectionForm.NoClass"/>.</summary>
    public string? Class { get; set; }

    /// <summary>Of the person, in a family of the guardian; empty where the guardian's name stands in the handwriting alone.</summary>
    public string? Name { get; set; }

    /// <summary>A guardian who can write and not type: nobody types the name in the guardian's stead.</summary>
    public bool HandwrittenName { get; set; }

    /// <summary>
    /// The name of the child that signs with its guardian; or of a guardian who signs alone: whose family it is, and after whom a guardian
    /// is called who types no name.
    /// </summary>
    public string? Child { get; set; }

    /// <summary>Strokes as they travel, which the child of a family wrote; empty where it gave its word alone.</summary>
    public string? ChildSignature { get; set; }

    /// <summary>A guardian signs alone whose child has not signed, or is not on the list: its pledge stands by itself.</summary>
    public bool WithoutChild { get; set; }

    public string? Relation { get; set; }

    /// <summary>Strokes as they travel, of a mark that the person made; empty where it gave its word alone.</summary>
    public string? Mark { get; set; }

    /// <summary>Strokes as they travel, of a guardian's name; only with <see cref="HandwrittenName"/>.</summary>
    public string? Handwriting { get; set; }

    public string? Witness { get; set; }

    /// <summary>The words were read out, and whoever signs said yes.</summary>
    public bool Willing { get; set; }

    /// <summary>The guardian who signs agrees that the child's data are kept.</summary>
    public bool GuardianConsent { get; set; }

    /// <summary>Of a student who signs alone: a guardian of the pupil has agreed, or the school holds its consent.</summary>
    public bool HoldsGuardianConsent { get; set; }

    /// <summary>The versions that stood on the page, by role.</summary>
    public Dictionary<SignerRole, int> Versions { get; set; } = [];

    /// <summary>In the order of the request.</summary>
    public static IReadOnlyList<SignerRole> RolesOf(AssistedParty party) => party switch
    {
        AssistedParty.Guardian => [SignerRole.Guardian],
        AssistedParty.Student => [SignerRole.Student],
        AssistedParty.Teacher => [SignerRole.Teacher],
        AssistedParty.Volunteer => [SignerRole.Volunteer],
        _ => [SignerRole.Student, SignerRole.Guardian],
    };

    public bool HasGuardian => RolesOf(Party).Contains(SignerRole.Guardian);

    private string? Strokes => HandwrittenName ? Handwriting : Mark;

    internal SignRequest ToRequest(PublishedEvent e)
    {
        var roles = RolesOf(Party);
        return new()
        {
            Key = Key,
            TextVersions = roles.ToDictionary(role => role.WireName(), role => Versions.GetValueOrDefault(role)),
            ClassId = e.Classes.Count == 0 || Class == CorrectionForm.NoClass || Party is AssistedParty.Teacher or AssistedParty.Volunteer
                ? null
                : int.TryParse(Class, CultureInfo.InvariantCulture, out var id) ? id
                : 0, // none chosen: no class has this number
            Signers = Party == AssistedParty.Family ? [ChildOfFamily(), Person(SignerRole.Guardian)] : [Person(roles[0])],
            Consents = new ConsentsRequest { Guardian = Party == AssistedParty.Student ? HoldsGuardianConsent : IsConsentForChild },
            Witness = Witness,
            Child = Party == AssistedParty.Guardian && !string.IsNullOrEmpty(Child) ? Child : null,
        };
    }

    /// <summary>A guardian agrees to nothing where no child is meant.</summary>
    private bool IsConsentForChild => GuardianConsent
        && (Party == AssistedParty.Family || (Party == AssistedParty.Guardian && !string.IsNullOrEmpty(Child)));

    private SignerRequest ChildOfFamily() => new()
    {
        Role = SignerRole.Student.WireName(),
        Name = Child,
        Typed = string.IsNullOrEmpty(ChildSignature),
        Signature = string.IsNullOrEmpty(ChildSignature) ? null : ChildSignature,
    };

    private SignerRequest Person(SignerRole role) => new()
    {
        Role = role.WireName(),
        Name = Name,
        Relation = role == SignerRole.Guardian ? Relation : null,
        Typed = !HandwrittenName && string.IsNullOrEmpty(Mark),
        Signature = string.IsNullOrEmpty(Strokes) ? null : Strokes,
        Mark = !HandwrittenName && !string.IsNullOrEmpty(Mark),
        HandwrittenName = HandwrittenName,
    };

    /// <summary>Whether a path of the request speaks of the child that signs with its guardian.</summary>
    internal bool IsOfChild(string path) => Party == AssistedParty.Family && path.StartsWith("signers[0].", StringComparison.Ordinal);

    /// <summary>The field that a path of the request came from; empty where from none in particular.</summary>
    internal string FieldOf(string path) => path switch
    {
        "classId" => nameof(Class),
        "signers" => nameof(HoldsGuardianConsent),
        "consents.guardian" => nameof(GuardianConsent),
        "child" => nameof(Child),
        "witness" => nameof(Witness),
        _ => path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..] switch
        {
            "classId" => nameof(Class),
            "name" => IsOfChild(path) ? nameof(Child) : nameof(Name),
            "relation" => nameof(Relation),
            "signature" => IsOfChild(path) ? nameof(ChildSignature) : HandwrittenName ? nameof(Handwriting) : nameof(Mark),
            _ => "",
        },
    };
}
