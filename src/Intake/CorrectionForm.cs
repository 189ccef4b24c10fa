using System.Globalization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;

namespace SafetyCampaign.Intake;

/// <summary>The form of a correction: a part for each signer, in their order.</summary>
public sealed class CorrectionForm
{
    /// <summary>What a class picker says for "none of these"; nothing at all means not chosen yet.</summary>
    public const string NoClass = "none";

    /// <summary>One for each signer of the request.</summary>
    public List<CorrectedSigner> Signers { get; set; } = [];

    /// <summary>The name of a signer's part among the fields of a page.</summary>
    /// <param name="signer">Which of the signers, from 0.</param>
    public static string FieldOf(int signer) => $"Form.{nameof(Signers)}[{signer}]";

    /// <summary>The form as it is before anything is corrected.</summary>
    /// <param name="signed">What was signed.</param>
    public static CorrectionForm Of(SignedReceipt signed) => new()
    {
        Signers = [.. signed.Signers.Select(s => new CorrectedSigner
        {
            Name = s.SignatureKind == SignatureKind.HandwrittenName ? null : s.Name,
            Relation = s.Relation?.ToString(),
            Class = s.ClassId?.ToString(CultureInfo.InvariantCulture) ?? NoClass,
        })],
    };
}

/// <summary>One signer's part of the form.</summary>
public sealed class CorrectedSigner
{
    /// <summary>As it was typed; empty for a guardian whose name stays in the handwriting alone.</summary>
    public string? Name { get; set; }

    /// <summary>A guardian's; empty where it is not said.</summary>
    public string? Relation { get; set; }

    /// <summary>The class's id, or <see cref="CorrectionForm.NoClass"/>.</summary>
    public string? Class { get; set; }
}
