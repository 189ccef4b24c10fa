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

    public string? Name { get; set; }

    public string? Relation { get; set; }

    /// <summary>Strokes as they travel, of a mark that the person made; empty where it gave its word alone.</summary>
    public string? Mark { get; set; }

    public string? Witness { get; set; }

    /// <summary>The words were read out, and the person said yes.</summary>
    public bool Willing { get; set; }

    /// <summary>A guardian of the pupil has agreed, or the school holds its consent.</summary>
    public bool HoldsGuardianConsent { get; set; }

    /// <summary>The versions that stood on the page, by role.</summary>
    public Dictionary<SignerRole, int> Versions { get; set; } = [];

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
                Typed = string.IsNullOrEmpty(Mark),
                Signature = string.IsNullOrEmpty(Mark) ? null : Mark,
                Mark = !string.IsNullOrEmpty(Mark),
            },
        ],
        Consents = new ConsentsRequest { Guardian = Role == SignerRole.Student && HoldsGuardianConsent },
        Witness = Witness,
    };

    /// <summary>The field that a path of the request came from; empty where from none in particular.</summary>
    internal static string FieldOf(string path) => path switch
    {
        "classId" or "signers[0].classId" => nameof(Class),
        "signers" => nameof(HoldsGuardianConsent),
        "signers[0].name" => nameof(Name),
        "signers[0].relation" => nameof(Relation),
        "signers[0].signature" => nameof(Mark),
        "witness" => nameof(Witness),
        _ => "",
    };
}
