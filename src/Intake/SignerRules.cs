using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Intake;

/// <summary>
/// What one person of a request may say, when it signs and when it is corrected later. Each check answers null, or the
/// name of the line in <see cref="IntakeText"/> that tells what is wrong.
/// </summary>
public static class SignerRules
{
    /// <summary>Reads a name as it was typed; see <see cref="PersonName.TryRead"/>.</summary>
    /// <param name="typed">As it was sent.</param>
    /// <param name="name">The name in its stored form; empty where it is refused.</param>
    public static string? ReadName(string? typed, out string name) =>
        PersonName.TryRead(typed, out name) is var problem && problem == NameProblem.None ? null : $"Error.Name.{problem}";

    /// <summary>Reads what a signer is to the child; only a guardian is anything, and may leave it unsaid.</summary>
    /// <param name="role">The signer's.</param>
    /// <param name="written">The name of a <see cref="GuardianRelation"/> in any case; null or empty where it is unsaid.</param>
    /// <param name="relation">Null where it is unsaid or refused.</param>
    public static string? ReadRelation(SignerRole role, string? written, out GuardianRelation? relation)
    {
        relation = null;
        if (string.IsNullOrEmpty(written))
            return null;
        if (role != SignerRole.Guardian || !WireNames.TryRead<GuardianRelation>(written, out var read))
            return "Error.Relation";
        relation = read;
        return null;
    }

    /// <summary>A class is one of the event's, or none.</summary>
    /// <param name="e">The event that is signed at.</param>
    /// <param name="classId">The class; null for none.</param>
    public static string? CheckClass(PublishedEvent e, int? classId) =>
        classId is not null && e.ClassOf(classId) is null ? "Error.Class" : null;

    /// <summary>
    /// Whether somebody needs a guardian's consent: pupils up to grade 9 count as under 14 (children's rules 8-10;
    /// docs/domain.md 6). A student without a class has no known grade, so the careful rule holds.
    /// </summary>
    /// <param name="e">The event that is signed at.</param>
    /// <param name="role">The signer's.</param>
    /// <param name="classId">The signer's class; null for none.</param>
    public static bool NeedsGuardian(PublishedEvent e, SignerRole role, int? classId) =>
        role == SignerRole.Student && e.ClassOf(classId) is not { NeedsGuardian: false };
}
