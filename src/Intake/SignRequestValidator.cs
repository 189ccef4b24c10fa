using System.Buffers.Text;
using System.Globalization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Intake;

/// <summary>
/// Turns one request into a draft, or into a line per field that is wrong, by the rules of the channel that it came
/// through (<see cref="SigningChannelRules"/>). Used once, for one request.
/// </summary>
/// <param name="e">The event that is signed at.</param>
/// <param name="request">As it was sent; anything in it may be missing or wrong.</param>
/// <param name="channel">How it came.</param>
/// <param name="voucher">Who vouches for it; null where nobody does.</param>
internal sealed class SignRequestValidator(PublishedEvent e, SignRequest request, SigningChannel channel, Voucher? voucher)
{
    private readonly SigningChannelRules rules = SigningChannelRules.Of(channel);
    private Dictionary<string, List<string>>? errors;

    /// <summary>Field path to the names of the lines (<see cref="IntakeText"/>) that say what is wrong with it.</summary>
    public IReadOnlyDictionary<string, List<string>> Errors => errors ?? [];

    /// <summary>Null where <see cref="Errors"/> has lines.</summary>
    /// <param name="contentHash">See <see cref="ContentHash"/>.</param>
    public PledgeDraft? Draft(byte[] contentHash)
    {
        if (request.Key is null || request.Key == Guid.Empty)
            Wrong("key", "Error.Key");
        if (!rules.Takes(voucher))
            Wrong("voucher", "Error.Voucher");
        var witness = Witness();
        CheckClass("classId", request.ClassId);
        var signers = Signers();
        var consent = Consent(signers);
        return errors is not null
            ? null
            : new PledgeDraft(request.Key!.Value, e.Id, e.State == EventState.Rehearsal, channel,
                consent, request.Consents?.ShowMaskedName ?? false, contentHash, signers)
            { Voucher = voucher, Witness = witness, Flags = request.Flags, ShownConsent = request.ShownConsent };
    }

    /// <summary>Whoever signs with help does so before somebody, who is named.</summary>
    private string? Witness()
    {
        if (channel != SigningChannel.Assisted)
            return null;
        if (SignerRules.ReadName(request.Witness, out var name) is { } line)
            Wrong("witness", line);
        return name;
    }

    private List<SignerDraft> Signers()
    {
        var asked = request.Signers ?? [];
        if (asked.Count is 0 or > Pledge.MaxSigners)
        {
            Wrong("signers", asked.Count == 0 ? "Error.NoSigners" : "Error.TooManySigners");
            return [];
        }
        var signers = new List<SignerDraft>(asked.Count);
        for (var i = 0; i < asked.Count; i++)
            if (Signer(i, asked[i]) is { } signer)
                signers.Add(signer);
        return signers;
    }

    private SignerDraft? Signer(int i, SignerRequest? signer)
    {
        if (!WireNames.TryRead<SignerRole>(signer?.Role, out var role))
        {
            Wrong($"signers[{i}].role", "Error.Role");
            return null;
        }
        CheckClass($"signers[{i}].classId", signer!.ClassId);
        if (ReadName(role, signer, out var name) is { } nameLine)
            Wrong($"signers[{i}].name", nameLine);
        if (SignerRules.ReadRelation(role, signer.Relation, out var relation) is { } relationLine)
            Wrong($"signers[{i}].relation", relationLine);
        else if (signer.HandwrittenName && role == SignerRole.Guardian && relation is null)
            Wrong($"signers[{i}].relation", "Error.Relation");
        var kind = signer.SignatureKind;
        if (Signature(kind, signer, out var strokes) is { } signatureLine)
            Wrong($"signers[{i}].signature", signatureLine);
        var text = Text(role);
        return text is null
            ? null
            : new SignerDraft(role, text.Id, ClassOf(signer), name, relation, kind, strokes) { TextHash = text.ContentHash };
    }

    /// <summary>
    /// A guardian may leave the name to the handwriting, and is called after the first child of the request; who signs alone with help,
    /// after the child that whoever helps has named; by a slip after the seat of the pupil, since a slip does not tell a name.
    /// </summary>
    private string? ReadName(SignerRole role, SignerRequest signer, out string name)
    {
        if (!signer.HandwrittenName)
            return SignerRules.ReadName(signer.Name, out name);
        name = "";
        if (role != SignerRole.Guardian)
            return "Error.HandwrittenName.Role";
        if (!string.IsNullOrEmpty(signer.Name))
            return "Error.HandwrittenName.Both";
        var child = request.Signers?.Find(s => WireNames.TryRead<SignerRole>(s?.Role, out var its) && its == SignerRole.Student);
        if (child is not null)
            SignerRules.ReadName(child.Name, out name); // what is wrong with it is told at the child
        else if (channel != SigningChannel.Assisted)
            name = request.SeatNumber?.ToString(CultureInfo.InvariantCulture) ?? "";
        else if (SignerRules.ReadName(request.Child, out name) is { } line)
            Wrong("child", line);
        return null;
    }

    /// <summary>Siblings sign together and are mostly of different classes.</summary>
    private int? ClassOf(SignerRequest? signer) => (signer?.ClassId ?? request.ClassId) is { } asked ? e.ClassOf(asked)?.Id ?? asked : null;

    private void CheckClass(string path, int? classId)
    {
        if (SignerRules.CheckClass(e, classId) is { } line)
            Wrong(path, line);
    }

    /// <summary>The line that tells what is wrong with a signature; null where nothing is.</summary>
    private string? Signature(SignatureKind kind, SignerRequest signer, out byte[]? strokes)
    {
        strokes = null;
        if (signer is { Typed: true, Signature: not null })
            return "Error.Signature.Both";
        if (signer is { HandwrittenName: true, Signature: null })
            return "Error.HandwrittenName.Ink";
        if (!rules.Takes(kind))
            return kind == SignatureKind.OnPaper ? "Error.Signature.Missing" : "Error.Signature.Kind";
        if (signer.Signature is null)
            return null;
        strokes = Bytes(signer.Signature);
        var problem = strokes is null ? StrokesProblem.Malformed : Strokes.Check(strokes);
        return problem == StrokesProblem.None ? null : $"Error.Signature.{problem}";
    }

    /// <summary>Null for what is not base64url without padding.</summary>
    private static byte[]? Bytes(string text)
    {
        // The decoder skips blanks and padding; the format has neither.
        if (text.AsSpan().ContainsAny(" \t\r\n=") || !Base64Url.IsValid(text))
            return null;
        return Base64Url.DecodeFromChars(text);
    }

    private PublishedText? Text(SignerRole role)
    {
        var current = request.PrintedTexts is { } printed ? printed.FirstOrDefault(text => text.Role == role) : e.TextFor(role);
        var version = 0;
        var wrong = current is null ? "Error.NoText"
            : request.TextVersions?.TryGetValue(role.WireName(), out version) != true ? "Error.TextMissing"
            : version != current.Version ? "Error.TextChanged"
            : null;
        if (wrong is not null)
            Wrong($"textVersions.{role.WireName()}", wrong);
        return current;
    }

    /// <summary>
    /// Pupils who need a guardian sign with one who consents, or come through a channel for which the school holds the
    /// consent. A guardian who signs with them is asked itself, whatever the school holds.
    /// </summary>
    /// <returns>Whether the consent is given.</returns>
    private bool Consent(List<SignerDraft> signers)
    {
        var given = request.Consents?.Guardian == true;
        if (!signers.Exists(s => SignerRules.NeedsGuardian(e, s.Role, s.ClassId)))
            return given;
        var withGuardian = signers.Exists(s => s.Role == SignerRole.Guardian);
        if (!withGuardian && rules.TakesWithoutGuardian(voucher))
            return true;
        if (!withGuardian)
            Wrong("signers", "Error.GuardianNeeded");
        if (!given)
            Wrong("consents.guardian", "Error.ConsentNeeded");
        return given;
    }

    private void Wrong(string path, string line)
    {
        errors ??= [];
        if (!errors.TryGetValue(path, out var lines))
            errors[path] = lines = [];
        if (!lines.Contains(line))
            lines.Add(line);
    }
}
