using System.Text.Json.Serialization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Intake;

/// <summary>What a phone sends to sign.</summary>
// Everything may be missing or wrong: PledgeIntake tells which, line by line. Set, not init: the generated reader fills
// init properties by way of an array of boxes.
public record SignRequest
{
    /// <summary>A UUID, issued with the page (version 7) or made by the phone; the same key is stored once.</summary>
    public Guid? Key { get; set; }

    /// <summary>The version read, for each role that signs: <c>{"student": 3, "guardian": 2}</c>.</summary>
    public Dictionary<string, int>? TextVersions { get; set; }

    /// <summary>One of the event's classes, of all who sign; null where they belong to none.</summary>
    public int? ClassId { get; set; }

    /// <summary>One to four people, who sign together or not at all.</summary>
    public List<SignerRequest>? Signers { get; set; }

    /// <summary>May be missing where nobody consents to anything.</summary>
    public ConsentsRequest? Consents { get; set; }

    /// <summary>
    /// The code of the pupil's take-home slip, on which class and pupil depend then; missing where a family signs without one, and not
    /// read from a class's device.
    /// </summary>
    public string? Slip { get; set; }

    /// <summary>
    /// The pupil on the list of the class, <see cref="Campaigns.RosterEntry.Id"/>: of the first student, or of a guardian who signs alone
    /// by a slip or with help. Read from JSON by the class channel alone; one that is not on the list is as good as none.
    /// </summary>
    [JsonIgnore]
    public int? Seat { get; set; }

    /// <summary>
    /// The seat of the pupil of the slip, after whom a guardian is called who signs alone and types no name. Set by the endpoint of that
    /// channel; null where the school gives no seats.
    /// </summary>
    [JsonIgnore]
    public int? SeatNumber { get; set; }

    /// <summary>When it was signed, by a device that may have had no network. Read from JSON by the class channel alone.</summary>
    [JsonIgnore]
    public DateTimeOffset? SignedAt { get; set; }

    /// <summary>
    /// It was signed on a page of the rehearsal, as a class's device says, whose keys tell no time. Read from JSON by the class channel
    /// alone.
    /// </summary>
    [JsonIgnore]
    public bool IsOfRehearsal { get; set; }

    /// <summary>
    /// Who was there, by name, where somebody signs with help. Set by the endpoint of that channel; nothing that is read from JSON.
    /// </summary>
    [JsonIgnore]
    public string? Witness { get; set; }

    /// <summary>
    /// The name of the child of a guardian who signs alone with help: whose family it is, and after whom a guardian is called who signs by
    /// handwriting alone. Set by the endpoint of that channel; nothing that is read from JSON.
    /// </summary>
    [JsonIgnore]
    public string? Child { get; set; }

    /// <summary>
    /// The texts that were printed on the paper which was signed, perhaps older versions than the event's present ones; null for what
    /// was signed on a screen. Set by the endpoint.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<PublishedText>? PrintedTexts { get; set; }

    /// <summary>What was noticed when it came in; nothing that is read from JSON.</summary>
    [JsonIgnore]
    public SigningFlags Flags { get; set; }

    /// <summary>What the page showed of the consents. Set by the endpoint, which knows its pages; nothing that is read from JSON.</summary>
    [JsonIgnore]
    public ShownConsent? ShownConsent { get; set; }
}

/// <summary>One person who signs.</summary>
public sealed record SignerRequest
{
    /// <summary><c>student</c>, <c>guardian</c>, <c>teacher</c> or <c>volunteer</c>.</summary>
    public string? Role { get; set; }

    /// <summary>
    /// At most 60 characters as a reader counts them; no control characters, no emoji. Missing with <c>handwrittenName</c>.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>Where this one belongs to another class than the request names; may be missing.</summary>
    public int? ClassId { get; set; }

    /// <summary>
    /// A guardian's: <c>mother</c>, <c>father</c>, <c>grandmother</c>, <c>grandfather</c> or <c>other</c>; may be missing, but not with
    /// <c>handwrittenName</c>.
    /// </summary>
    public string? Relation { get; set; }

    /// <summary>Strokes, version 1, in base64url without padding; or <c>typed</c>.</summary>
    public string? Signature { get; set; }

    /// <summary>The typed name is the signature.</summary>
    public bool Typed { get; set; }

    /// <summary>
    /// Of a guardian who can write and not type: the name stands in the strokes alone, and the guardian is called after the child that
    /// signs in the same request (王小明的奶奶).
    /// </summary>
    public bool HandwrittenName { get; set; }

    /// <summary>
    /// The strokes are a mark, made by somebody who cannot write. Set by the endpoint of a channel that takes marks; nothing
    /// that is read from JSON.
    /// </summary>
    [JsonIgnore]
    public bool Mark { get; set; }

    /// <summary>What stands for the signature; neither strokes nor a typed name means that it stands on paper.</summary>
    [JsonIgnore]
    public SignatureKind SignatureKind => Typed ? SignatureKind.Typed
        : Signature is null ? SignatureKind.OnPaper
        : Mark ? SignatureKind.Mark
        : HandwrittenName ? SignatureKind.HandwrittenName
        : SignatureKind.Handwritten;
}

/// <summary>Consents, each of its own.</summary>
public sealed record ConsentsRequest
{
    /// <summary>The guardian agrees that the child's name and signature are kept.</summary>
    public bool Guardian { get; set; }

    /// <summary>The family agrees that a masked name may appear on the stage.</summary>
    public bool ShowMaskedName { get; set; }

    /// <summary>
    /// Which wording was read, as the phone page gives it: the version of the rules on children's data and a language tag, for
    /// example <c>3.zh-CN</c>. May be missing.
    /// </summary>
    public string? Wording { get; set; }
}

/// <summary>The answer once the pledges are on disk.</summary>
/// <param name="Receipt">The secret part of <c>/r/{receipt}</c>.</param>
/// <param name="Number">The first signer's place among the people of the event; the others follow it.</param>
/// <param name="SignedAt">When they were stored, in UTC.</param>
/// <param name="Verification">A code to check a certificate by.</param>
public sealed record SignAnswer(string Receipt, int Number, DateTimeOffset SignedAt, string Verification)
{
    /// <summary>The answer that tells a receipt.</summary>
    public static SignAnswer Of(Receipt receipt) => new(receipt.Address, receipt.Number, receipt.SignedAt, receipt.Verification);
}
