using System.Globalization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Intake;

/// <summary>
/// Reads a correction, by the checks that a signature passes: on the receipt, and at the desk for a family that has lost it.
/// </summary>
/// <param name="e">The event that was signed at.</param>
/// <param name="signed">What was signed.</param>
public sealed class CorrectionValidator(PublishedEvent e, SignedReceipt signed)
{
    private readonly int firstStudent = signed.Signers.ToList().FindIndex(s => s.Role == SignerRole.Student);

    /// <summary>A student is of a class, and a guardian who signed alone; the others stand where they stood or go with the child.</summary>
    /// <param name="signer">Which of the signers, from 0.</param>
    public bool AsksForClass(int signer) => e.Classes.Count > 0
        && (signed.Signers[signer].Role == SignerRole.Student
            || (signed.Signers[signer].Role == SignerRole.Guardian && firstStudent < 0));

    /// <summary>Reads the form.</summary>
    /// <param name="form">One part for each signer.</param>
    /// <param name="wrong">Told of each field that is wrong: its path in the form (<c>Signers[0].Name</c>), and the name of a line
    /// in <see cref="IntakeText"/>.</param>
    /// <returns>Null where a field is wrong.</returns>
    public IReadOnlyList<SignerCorrection>? Read(CorrectionForm form, Action<string, string> wrong)
    {
        var isRight = true;
        var corrections = new List<SignerCorrection>();
        for (var i = 0; i < signed.Signers.Count; i++)
        {
            var part = form.Signers[i];
            var staysHandwritten = signed.Signers[i].SignatureKind == SignatureKind.HandwrittenName && string.IsNullOrWhiteSpace(part.Name);
            var name = "";
            var nameLine = staysHandwritten ? null : SignerRules.ReadName(part.Name, out name);
            // The form asks nobody but guardians for a relation.
            var typed = signed.Signers[i].Role == SignerRole.Guardian ? part.Relation : null;
            var relationLine = SignerRules.ReadRelation(signed.Signers[i].Role, typed, out var relation);
            var classLine = ReadClass(i, part.Class, out var classId);
            if (staysHandwritten && relation is null)
                relationLine = "Error.Relation"; // nothing else says who it is
            Say(i, nameof(CorrectedSigner.Name), nameLine);
            Say(i, nameof(CorrectedSigner.Relation), relationLine);
            Say(i, nameof(CorrectedSigner.Class), classLine);
            corrections.Add(new SignerCorrection(name, classId, relation) { HandwrittenName = staysHandwritten });
        }
        for (var i = 0; i < corrections.Count; i++)
            if (!AsksForClass(i) && signed.Signers[i].Role == SignerRole.Guardian && firstStudent >= 0)
                corrections[i] = corrections[i] with { ClassId = corrections[firstStudent].ClassId };
        // Called after the child, by the name that the child has now.
        for (var i = 0; i < corrections.Count; i++)
            if (corrections[i].HandwrittenName)
                corrections[i] = corrections[i] with
                {
                    Name = firstStudent >= 0 ? corrections[firstStudent].Name : signed.Signers[i].Name!,
                };
        return isRight ? corrections : null;

        void Say(int signer, string field, string? line)
        {
            if (line is null)
                return;
            isRight = false;
            wrong($"{nameof(form.Signers)}[{signer}].{field}", line);
        }
    }

    private string? ReadClass(int signer, string? typed, out int? classId)
    {
        classId = signed.Signers[signer].ClassId;
        if (!AsksForClass(signer))
            return null;
        var found = int.TryParse(typed, CultureInfo.InvariantCulture, out var id) ? e.ClassOf(id) : null;
        classId = found?.Id;
        if (found is null && typed != CorrectionForm.NoClass)
            return string.IsNullOrEmpty(typed) ? "Error.ClassMissing" : "Error.Class";
        return SignerRules.NeedsGuardian(e, signed.Signers[signer].Role, classId) && !signed.HoldsGuardianConsent
            ? "Error.CorrectionNeedsGuardian"
            : null;
    }
}
