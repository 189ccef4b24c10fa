using System.Buffers.Text;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>
/// Turns one request into a draft, or into a line per field that is wrong. Used once, for one request.
/// </summary>
internal sealed class RequestCheck(PublishedEvent e, SignRequest request, IStringLocalizer<PledgingText> words)
{
    public const int MostSigners = 4;

    private readonly Dictionary<string, List<string>> errors = [];

    public IReadOnlyDictionary<string, string[]> Errors => errors.ToDictionary(line => line.Key, line => line.Value.ToArray());

    /// <summary>Null where <see cref="Errors"/> has lines.</summary>
    public PledgeDraft? Draft(SigningChannel channel, byte[] contentHash)
    {
        if (request.Key is null || request.Key == Guid.Empty)
            Wrong("key", "Error.Key");
        if (request.ClassId is not null && e.ClassOf(request.ClassId) is null)
            Wrong("classId", "Error.Class");
        var signers = Signers();
        Consent(signers);
        return errors.Count > 0
            ? null
            : new PledgeDraft(request.Key!.Value, e.Id, e.State == EventState.Rehearsal, request.ClassId, channel,
                request.Consents?.Guardian ?? false, request.Consents?.ShowMaskedName ?? false, contentHash, signers);
    }

    private List<SignerDraft> Signers()
    {
        var asked = request.Signers ?? [];
        if (asked.Count is 0 or > MostSigners)
        {
            Wrong("signers", asked.Count == 0 ? "Error.NoSigners" : "Error.TooManySigners");
            return [];
        }
        return [.. asked.Select((signer, i) => Signer($"signers[{i}]", signer)).OfType<SignerDraft>()];
    }

    private SignerDraft? Signer(string path, SignerRequest? signer)
    {
        if (signer is null || !TryReadName<SignerRole>(signer.Role, out var role))
        {
            Wrong($"{path}.role", "Error.Role");
            return null;
        }
        var name = Name($"{path}.name", signer.Name);
        var relation = Relation($"{path}.relation", signer.Relation, role);
        var strokes = Signature(path, signer);
        var text = Text(role);
        return text is null ? null : new SignerDraft(role, text.Id, name, relation, strokes);
    }

    private string Name(string path, string? typed)
    {
        var problem = PersonName.TryRead(typed, out var name);
        if (problem != NameProblem.None)
            Wrong(path, $"Error.Name.{problem}");
        return name;
    }

    private GuardianRelation? Relation(string path, string? relation, SignerRole role)
    {
        if (string.IsNullOrEmpty(relation))
            return null;
        if (role != SignerRole.Guardian || !TryReadName<GuardianRelation>(relation, out var read))
        {
            Wrong(path, "Error.Relation");
            return null;
        }
        return read;
    }

    private byte[]? Signature(string path, SignerRequest signer)
    {
        if (signer.Typed == (signer.Signature is not null))
        {
            Wrong($"{path}.signature", signer.Typed ? "Error.Signature.Both" : "Error.Signature.Missing");
            return null;
        }
        if (signer.Typed)
            return null;
        var bytes = Bytes(signer.Signature!);
        var problem = bytes is null ? StrokesProblem.Malformed : Strokes.Check(bytes);
        if (problem != StrokesProblem.None)
            Wrong($"{path}.signature", $"Error.Signature.{problem}");
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
        var path = $"textVersions.{role.ToString().ToLowerInvariant()}";
        var current = e.TextFor(role);
        if (current is null)
            Wrong(path, "Error.NoText");
        else if (request.TextVersions?.TryGetValue(role.ToString().ToLowerInvariant(), out var version) != true)
            Wrong(path, "Error.TextMissing");
        else if (version != current.Version)
            Wrong(path, "Error.TextChanged");
        return current;
    }

    /// <summary>
    /// Pupils up to grade 9 count as under 14 and need a guardian who signs with them and consents (domain-facts 6).
    /// A student without a class has no known grade, so the careful rule holds.
    /// </summary>
    private void Consent(List<SignerDraft> signers)
    {
        if (!signers.Any(s => s.Role == SignerRole.Student) || e.ClassOf(request.ClassId) is { NeedsGuardian: false })
            return;
        if (!signers.Any(s => s.Role == SignerRole.Guardian))
            Wrong("signers", "Error.GuardianNeeded");
        if (request.Consents?.Guardian != true)
            Wrong("consents.guardian", "Error.ConsentNeeded");
    }

    /// <summary>By name alone: <c>Enum.TryParse</c> would take numbers and lists as well.</summary>
    private static bool TryReadName<T>(string? text, out T value) where T : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<T>())
        {
            value = candidate;
            if (string.Equals(candidate.ToString(), text, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        value = default;
        return false;
    }

    private void Wrong(string path, string line)
    {
        if (!errors.TryGetValue(path, out var lines))
            errors[path] = lines = [];
        if (!lines.Contains(words[line]))
            lines.Add(words[line]);
    }
}
