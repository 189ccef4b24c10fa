using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>Who signs together at one phone.</summary>
public enum SigningParty
{
    /// <summary>A guardian with a child: what the event is for, so it comes first.</summary>
    Family,
    Guardian,
    Student,
    Teacher,
    Volunteer,
}

/// <summary>The phone page's form, as it is posted without a script: names are typed.</summary>
public sealed class SignForm
{
    /// <summary>What the class picker says for "none of these"; nothing at all means not chosen yet.</summary>
    public const string NoClass = "none";

    public Guid? Key { get; set; }
    public SigningParty Party { get; set; }
    public string? Class { get; set; }
    public Dictionary<SignerRole, SignerForm> Signers { get; set; } = [];
    public bool GuardianConsent { get; set; }

    /// <summary>The roles that sign, in the order of the request.</summary>
    public IReadOnlyList<SignerRole> Roles => RolesOf(Party);

    /// <summary>Pupils and their families name the class; teachers and volunteers sign for the whole event.</summary>
    public bool AsksForClass => Party is SigningParty.Family or SigningParty.Guardian or SigningParty.Student;

    public static IReadOnlyList<SignerRole> RolesOf(SigningParty party) => party switch
    {
        SigningParty.Guardian => [SignerRole.Guardian],
        SigningParty.Student => [SignerRole.Student],
        SigningParty.Teacher => [SignerRole.Teacher],
        SigningParty.Volunteer => [SignerRole.Volunteer],
        _ => [SignerRole.Student, SignerRole.Guardian],
    };

    /// <summary>The role's part; an empty one where nothing was posted.</summary>
    public SignerForm Of(SignerRole role) => Signers.TryGetValue(role, out var signer) ? signer : Signers[role] = new SignerForm();

    public SignRequest ToRequest(PublishedEvent e) => new()
    {
        Key = Key,
        TextVersions = Roles.ToDictionary(NameOf, role => Of(role).Version),
        ClassId = ClassIdAmong(e.Classes),
        Signers = [.. Roles.Select(role => new SignerRequest
        {
            Role = NameOf(role),
            Name = Of(role).Name,
            Relation = role == SignerRole.Guardian ? Of(role).Relation : null,
            Typed = true,
        })],
        Consents = new ConsentsRequest { Guardian = Party == SigningParty.Family && GuardianConsent },
    };

    /// <summary>Nothing chosen becomes a class that no event has, so that it is answered together with whatever else is wrong.</summary>
    private int? ClassIdAmong(IReadOnlyList<PublishedClass> classes) =>
        classes.Count == 0 || !AsksForClass || Class == NoClass ? null
        : int.TryParse(Class, out var id) ? id
        : 0;

    /// <summary>Which role a path of the request (<c>signers[0].name</c>) speaks of; null where of none in particular.</summary>
    public SignerRole? RoleOf(string path) =>
        Enumerable.Range(0, Roles.Count).Where(i => path.StartsWith($"signers[{i}].", StringComparison.Ordinal)).Select(i => (SignerRole?)Roles[i]).FirstOrDefault();

    /// <summary>The field of this form that a path of the request came from; empty where from none in particular.</summary>
    public string FieldOf(string path) => path switch
    {
        _ when RoleOf(path) is { } role => $"Form.Signers[{role}].{(path.EndsWith(".relation", StringComparison.Ordinal) ? nameof(SignerForm.Relation) : nameof(SignerForm.Name))}",
        "classId" => $"Form.{nameof(Class)}",
        "signers" => $"Form.{nameof(Party)}",
        "consents.guardian" => $"Form.{nameof(GuardianConsent)}",
        _ => "",
    };

    private static string NameOf(SignerRole role) => role.ToString().ToLowerInvariant();
}

/// <summary>One person's part of the form.</summary>
public sealed class SignerForm
{
    public string? Name { get; set; }
    public string? Relation { get; set; }

    /// <summary>The version of the text that stood on the page.</summary>
    public int Version { get; set; }
}
