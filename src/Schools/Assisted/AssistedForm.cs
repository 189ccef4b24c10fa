using System.Globalization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Intake;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Assisted;

/// <summary>One person who signs with help, as a volunteer writes it down.</summary>
public sealed class AssistedForm
{
    /// <summary>The form's own, so that pressing twice signs once.</summary>
    public Guid? Key { get; set; }

    public SignerRole Role { get; set; } = SignerRole.Guardian;

    /// <summary>The id of a class, or <see cref="CorrectionForm.NoClass"/>.</summary>
    public string? Class { get; set; }

    /// <summary>Empty for a guardian whose name stands in the handwriting alone.</summary>
    public string? Name { get; set; }

    /// <summary>A guardian who can write and not type: nobody types the name in the guardian's stead.</summary>
    public bool HandwrittenName { get; set; }

    /// <summary>The name of the child after whom such a guardian is called.</summary>
    public string? Child { get; set; }

    public string? Relation { get; set; }

    /// <summary>Strokes as they travel, of a mark that the person made; empty where it gave its word alone.</summary>
    public string? Mark { get; set; }

    /// <summary>Strokes as they travel, of a guardian's name; only with <see cref="HandwrittenName"/>.</summary>
    public string? Handwriting { get; set; }

    public string? Witness { get; set; }

    /// <summary>The words were read out, and the person said yes.</summary>
    public bool Willing { get; set; }

    /// <summary>A guardian of the pupil has agreed, or the school holds its consent.</summary>
    public bool HoldsGuardianConsent { get; set; }

    /// <summary>The versions that stood on the page, by role.</summary>
    public Dictionary<SignerRole, int> Versions { get; set; } = [];

    private string? Strokes => HandwrittenName ? Handwriting : Mark;

    internal SignRequest ToRequest(PublishedEvent e) => new()
    {
        Key = Key,
        TextVersions = new Dictionary<string, int> { [Role.WireName()] = Versions.GetValueOrDefault(Role) },
        ClassId = e.Classes.Count == 0 || Class == CorrectionForm.NoClass || Role is SignerRole.Teacher or SignerRole.Volunteer ? null
            : int.TryParse(Class, CultureInfo.InvariantCulture, out var id) ? id
            : 0, // none chosen: no class has this number
        Signers =
        [
            new SignerRequest
            {
                Role = Role.WireName(),
                Name = Name,
                Relation = Role == SignerRole.Guardian ? Relation : null,
                Typed = !HandwrittenName && string.IsNullOrEmpty(Mark),
                Signature = string.IsNullOrEmpty(Strokes) ? null : Strokes,
                Mark = !HandwrittenName && !string.IsNullOrEmpty(Mark),
                HandwrittenName = HandwrittenName,
            },
        ],
        Consents = new ConsentsRequest { Guardian = Role == SignerRole.Student && HoldsGuardianConsent },
        Witness = Witness,
        Child = HandwrittenName ? Child : null,
    };

    /// <summary>The field that a path of the request came from; empty where from none in particular.</summary>
    internal string FieldOf(string path) => path switch
    {
        "classId" or "signers[0].classId" => nameof(Class),
        "signers" => nameof(HoldsGuardianConsent),
        "signers[0].name" => nameof(Name),
        "signers[0].relation" => nameof(Relation),
        "signers[0].signature" => HandwrittenName ? nameof(Handwriting) : nameof(Mark),
        "child" => nameof(Child),
        "witness" => nameof(Witness),
        _ => "",
    };
}
