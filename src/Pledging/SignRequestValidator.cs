using System.Buffers.Text;
using System.Collections.Frozen;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>
/// Turns one request into a draft, or into a line per field that is wrong. Used once, for one request.
/// </summary>
internal sealed class SignRequestValidator(PublishedEvent e, SignRequest request)
{
    public const int MaxSigners = 4;

    private Dictionary<string, List<string>>? errors;

    /// <summary>Field path to the names of the lines (<see cref="PledgingText"/>) that say what is wrong with it.</summary>
    public IReadOnlyDictionary<string, List<string>> Errors => errors ?? [];

    /// <summary>Null where <see cref="Errors"/> has lines.</summary>
    public PledgeDraft? Draft(SigningChannel channel, byte[] contentHash)
    {
        if (request.Key is null || request.Key == Guid.Empty)
            Wrong("key", "Error.Key");
        CheckClass("classId", request.ClassId);
        var signers = Signers();
        Consent(signers);
        return errors is not null
            ? null
            : new PledgeDraft(request.Key!.Value, e.Id, e.State == EventState.Rehearsal, channel,
                request.Consents?.Guardian ?? false, request.Consents?.ShowMaskedName ?? false, contentHash, signers);
    }

    private List<SignerDraft> Signers()
    {
        var asked = request.Signers ?? [];
        if (asked.Count is 0 or > MaxSigners)
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
        if (!TryReadName<SignerRole>(signer?.Role, out var role))
        {
            Wrong($"signers[{i}].role", "Error.Role");
            return null;
        }
        CheckClass($"signers[{i}].classId", signer!.ClassId);
        var name = Name(i, signer.Name);
        var relation = Relation(i, signer.Relation, role);
        var strokes = Signature(i, signer);
        var text = Text(role);
        return text is null ? null : new SignerDraft(role, text.Id, ClassOf(signer), name, relation, strokes);
    }

    /// <summary>Siblings sign together and are mostly of different classes.</summary>
    private int? ClassOf(SignerRequest? signer) => signer?.ClassId ?? request.ClassId;

    private void CheckClass(string path, int? classId)
    {
        if (classId is not null && e.ClassOf(classId) is null)
            Wrong(path, "Error.Class");
    }

    private string Name(int i, string? typed)
    {
        var problem = PersonName.TryRead(typed, out var name);
        if (problem != NameProblem.None)
            Wrong($"signers[{i}].name", $"Error.Name.{problem}");
        return name;
    }

    private GuardianRelation? Relation(int i, string? relation, SignerRole role)
    {
        if (string.IsNullOrEmpty(relation))
            return null;
        if (role != SignerRole.Guardian || !TryReadName<GuardianRelation>(relation, out var read))
        {
            Wrong($"signers[{i}].relation", "Error.Relation");
            return null;
        }
        return read;
    }

    private byte[]? Signature(int i, SignerRequest signer)
    {
        if (signer.Typed == (signer.Signature is not null))
        {
            Wrong($"signers[{i}].signature", signer.Typed ? "Error.Signature.Both" : "Error.Signature.Missing");
            return null;
        }
        if (signer.Typed)
            return null;
        var bytes = Bytes(signer.Signature!);
        var problem = bytes is null ? StrokesProblem.Malformed : Strokes.Check(bytes);
        if (problem != StrokesProblem.None)
            Wrong($"signers[{i}].signature", $"Error.Signature.{problem}");
        return bytes;
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
        var current = e.TextFor(role);
        var version = 0;
        var wrong = current is null ? "Error.NoText"
            : request.TextVersions?.TryGetValue(Names<SignerRole>.Of(role), out version) != true ? "Error.TextMissing"
            : version != current.Version ? "Error.TextChanged"
            : null;
        if (wrong is not null)
            Wrong($"textVersions.{Names<SignerRole>.Of(role)}", wrong);
        return current;
    }

    /// <summary>
    /// Pupils up to grade 9 count as under 14 and need a guardian who signs with them and consents (domain-facts 6).
    /// A student without a class has no known grade, so it needs a guardian as well.
    /// </summary>
    private void Consent(List<SignerDraft> signers)
    {
        if (!signers.Any(s => s.Role == SignerRole.Student && e.ClassOf(s.ClassId) is not { NeedsGuardian: false }))
            return;
        if (!signers.Any(s => s.Role == SignerRole.Guardian))
            Wrong("signers", "Error.GuardianNeeded");
        if (request.Consents?.Guardian != true)
            Wrong("consents.guardian", "Error.ConsentNeeded");
    }

    /// <summary>By name alone: <c>Enum.TryParse</c> would take numbers and lists as well.</summary>
    internal static bool TryReadName<T>(string? text, out T value) where T : struct, Enum
    {
        value = default;
        return text is not null && Names<T>.All.TryGetValue(text, out value);
    }

    private void Wrong(string path, string line)
    {
        errors ??= [];
        if (!errors.TryGetValue(path, out var lines))
            errors[path] = lines = [];
        if (!lines.Contains(line))
            lines.Add(line);
    }

    /// <summary>How the API writes the values of an enumeration.</summary>
    private static class Names<T> where T : struct, Enum
    {
        private static readonly FrozenDictionary<T, string> Written = Enum.GetValues<T>().ToFrozenDictionary(value => value, value => value.ToString().ToLowerInvariant());

        public static readonly FrozenDictionary<string, T> All = Written.ToFrozenDictionary(name => name.Value, name => name.Key, StringComparer.OrdinalIgnoreCase);

        public static string Of(T value) => Written[value];
    }
}
