using System.Globalization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Intake;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>Who signs together at one phone.</summary>
public enum SigningParty
{
    /// <summary>A guardian with a child: what the event is for, so it comes first.</summary>
    Family,
    TwoChildren,
    Guardian,
    Student,
    Teacher,
    Volunteer,
}

/// <summary>A person's place in the form; on the page and in its fields named like the role, but for the second child.</summary>
public enum Seat
{
    Student,
    Sibling,
    Guardian,
    Teacher,
    Volunteer,
}

/// <summary>The phone page's form, as it is posted without a script: names are typed.</summary>
public sealed class SignForm
{
    /// <inheritdoc cref="CorrectionForm.NoClass"/>
    public const string NoClass = CorrectionForm.NoClass;

    public Guid? Key { get; set; }
    public SigningParty Party { get; set; }
    public string? Class { get; set; }
    public Dictionary<Seat, SignerForm> Signers { get; set; } = [];
    public bool GuardianConsent { get; set; }
    public bool ShowMaskedName { get; set; }

    /// <summary>A honeypot: people do not see the field, programs that fill in forms do.</summary>
    public string? Website { get; set; }

    /// <summary>The code of the take-home slip that the page was opened with; null for none.</summary>
    public string? Slip { get; set; }

    /// <summary>See <see cref="ConsentWording.TokenOf"/>; the value of the button that submits.</summary>
    public string? Wording { get; set; }

    /// <summary>The seats that are taken, in the order of the request.</summary>
    public IReadOnlyList<Seat> Seats => SeatsOf(Party);

    /// <summary>Pupils and their families name the class; teachers and volunteers sign for the whole event.</summary>
    public bool AsksForClass => Party is not (SigningParty.Teacher or SigningParty.Volunteer);

    public static IReadOnlyList<Seat> SeatsOf(SigningParty party) => party switch
    {
        SigningParty.TwoChildren => [Seat.Student, Seat.Sibling, Seat.Guardian],
        SigningParty.Guardian => [Seat.Guardian],
        SigningParty.Student => [Seat.Student],
        SigningParty.Teacher => [Seat.Teacher],
        SigningParty.Volunteer => [Seat.Volunteer],
        _ => [Seat.Student, Seat.Guardian],
    };

    public static SignerRole RoleOf(Seat seat) => seat switch
    {
        Seat.Guardian => SignerRole.Guardian,
        Seat.Teacher => SignerRole.Teacher,
        Seat.Volunteer => SignerRole.Volunteer,
        _ => SignerRole.Student,
    };

    /// <summary>The seat's part; an empty one where nothing was posted.</summary>
    public SignerForm Of(Seat seat) => Signers.TryGetValue(seat, out var signer) ? signer : Signers[seat] = new SignerForm();

    /// <summary>The name of a seat's part among the form's fields.</summary>
    public static string FieldOf(Seat seat) => $"Form.{nameof(Signers)}[{seat}]";

    /// <summary>The class that was chosen for a seat; a second child has a picker of its own.</summary>
    public string? ClassOf(Seat? seat) => seat == Seat.Sibling ? Of(Seat.Sibling).Class : Class;

    public SignRequest ToRequest(PublishedEvent e)
    {
        // Two children may belong to two classes, or one of them to none: then each person says which.
        var each = Party == SigningParty.TwoChildren;
        return new()
        {
            Key = Key,
            Slip = string.IsNullOrEmpty(Slip) ? null : Slip,
            Flags = string.IsNullOrEmpty(Website) ? SigningFlags.None : SigningFlags.FilledHoneypot,
            TextVersions = Seats.DistinctBy(RoleOf).ToDictionary(NameOf, seat => Of(seat).Version),
            ClassId = each ? null : IdOf(Class, e.Classes),
            Signers = [.. Seats.Select(seat => new SignerRequest
            {
                Role = NameOf(seat),
                Name = Of(seat).Name,
                ClassId = each ? IdOf(ClassOf(seat), e.Classes) : null,
                Relation = seat == Seat.Guardian ? Of(seat).Relation : null,
                Typed = true,
            })],
            Consents = new ConsentsRequest
            {
                // By a slip also of a guardian who signs alone: it is for a child that has signed.
                Guardian = GuardianConsent
                    && (Party is SigningParty.Family or SigningParty.TwoChildren || (Party == SigningParty.Guardian && Slip is not null)),
                ShowMaskedName = ShowMaskedName,
                Wording = Wording,
            },
        };
    }

    /// <summary>Nothing chosen becomes a class that no event has, so that it is answered together with whatever else is wrong.</summary>
    private int? IdOf(string? chosen, IReadOnlyList<PublishedClass> classes) =>
        classes.Count == 0 || !AsksForClass || chosen == NoClass ? null
        : int.TryParse(chosen, CultureInfo.InvariantCulture, out var id) ? id
        : 0;

    /// <summary>Whose seat a path of the request (<c>signers[0].name</c>) speaks of; null where of nobody's in particular.</summary>
    public Seat? SeatOf(string path) =>
        Enumerable.Range(0, Seats.Count).Where(i => path.StartsWith($"signers[{i}].", StringComparison.Ordinal))
            .Select(i => (Seat?)Seats[i]).FirstOrDefault();

    /// <summary>The field of this form that a path of the request came from; empty where from none in particular.</summary>
    public string FieldOf(string path) => path switch
    {
        "classId" => $"Form.{nameof(Class)}",
        "signers" => $"Form.{nameof(Party)}",
        "consents.guardian" => $"Form.{nameof(GuardianConsent)}",
        _ => SeatOf(path) switch
        {
            null => "",
            not Seat.Sibling when path.EndsWith(".classId", StringComparison.Ordinal) => $"Form.{nameof(Class)}",
            { } seat => $"{FieldOf(seat)}.{FieldOfSigner(path)}",
        },
    };

    private static string FieldOfSigner(string path) => path[(path.LastIndexOf('.') + 1)..] switch
    {
        "classId" => nameof(SignerForm.Class),
        "relation" => nameof(SignerForm.Relation),
        _ => nameof(SignerForm.Name),
    };

    private static string NameOf(Seat seat) => RoleOf(seat).WireName();
}

/// <summary>One person's part of the form.</summary>
public sealed class SignerForm
{
    public string? Name { get; set; }
    public string? Relation { get; set; }

    /// <summary>A second child's; the others belong to the form's.</summary>
    public string? Class { get; set; }

    /// <summary>The version of the text that stood on the page.</summary>
    public int Version { get; set; }
}
