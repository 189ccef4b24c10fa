using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Intake;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>The form of a correction: a part for each signer, in their order.</summary>
public sealed class CorrectionForm
{
    public List<CorrectedSigner> Signers { get; set; } = [];

    /// <summary>The name of a signer's part among the form's fields.</summary>
    public static string FieldOf(int signer) => $"Form.{nameof(Signers)}[{signer}]";

    public static CorrectionForm Of(SignedReceipt signed) => new()
    {
        Signers = [.. signed.Signers.Select(s => new CorrectedSigner
        {
            Name = s.Name,
            Relation = s.Relation?.ToString(),
            Class = s.ClassId?.ToString() ?? SignForm.NoClass,
        })],
    };
}

/// <summary>One signer's part of the form.</summary>
public sealed class CorrectedSigner
{
    public string? Name { get; set; }
    public string? Relation { get; set; }
    public string? Class { get; set; }
}

/// <summary>Reads a correction, by the checks that a signature passes; a line at each field that does not.</summary>
internal sealed class CorrectionValidator(
    PublishedEvent e, SignedReceipt signed, ModelStateDictionary state, IStringLocalizer<IntakeText> lines,
    IStringLocalizer<PledgingText> localizer, IStringLocalizer<ReceiptText> receiptLocalizer)
{
    /// <summary>Null where a field is wrong.</summary>
    public IReadOnlyList<SignerCorrection>? Read(CorrectionForm form)
    {
        var corrections = new List<SignerCorrection>();
        for (var i = 0; i < signed.Signers.Count; i++)
            corrections.Add(new SignerCorrection(Name(i, form.Signers[i].Name), Class(i, form.Signers[i].Class),
                Relation(i, form.Signers[i].Relation)));
        for (var i = 0; i < corrections.Count; i++)
            if (!AsksForClass(i) && signed.Signers[i].Role == SignerRole.Guardian)
                corrections[i] = corrections[i] with { ClassId = corrections[FirstStudent].ClassId };
        return state.IsValid ? corrections : null;
    }

    /// <summary>A student is of a class, and a guardian who signed alone; the others stand where they stood or go with the child.</summary>
    public bool AsksForClass(int i) => e.Classes.Count > 0
        && (signed.Signers[i].Role == SignerRole.Student || (signed.Signers[i].Role == SignerRole.Guardian && FirstStudent < 0));

    private int FirstStudent { get; } = signed.Signers.ToList().FindIndex(s => s.Role == SignerRole.Student);

    private string Name(int i, string? typed)
    {
        if (SignerRules.ReadName(typed, out var name) is { } line)
            Wrong(i, nameof(CorrectedSigner.Name), lines[line]);
        return name;
    }

    private GuardianRelation? Relation(int i, string? typed)
    {
        var role = signed.Signers[i].Role;
        if (role != SignerRole.Guardian) // the form does not ask for it
            return null;
        if (SignerRules.ReadRelation(role, typed, out var relation) is { } line)
            Wrong(i, nameof(CorrectedSigner.Relation), lines[line]);
        return relation;
    }

    private int? Class(int i, string? typed)
    {
        if (!AsksForClass(i))
            return signed.Signers[i].ClassId;
        var found = int.TryParse(typed, out var id) ? e.ClassOf(id) : null;
        if (found is null && typed != SignForm.NoClass)
            Wrong(i, nameof(CorrectedSigner.Class), string.IsNullOrEmpty(typed) ? localizer["Error.ClassMissing"] : lines["Error.Class"]);
        else if (SignerRules.NeedsGuardian(e, signed.Signers[i].Role, found?.Id) && !signed.HoldsGuardianConsent)
            Wrong(i, nameof(CorrectedSigner.Class), receiptLocalizer["Correct.GuardianNeeded"]);
        return found?.Id;
    }

    private void Wrong(int i, string field, string line) => state.AddModelError($"{CorrectionForm.FieldOf(i)}.{field}", line);
}
