using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Storage;

/// <summary>Who acts: an account, a helper with a host link, or with neither the program itself.</summary>
public sealed record AuditActor(int? AccountId, string? AccountName, int? HostLinkId = null)
{
    public static AuditActor Program { get; } = new(null, null);
}

/// <summary>
/// A line of the audit log. It holds no signer's name, signature, secret or address: those who act are named, what they act on
/// is named by code and number. Written once by <see cref="AuditAppender"/>; the database refuses to change it.
/// </summary>
public sealed class AuditEntry
{
    /// <summary>
    /// The <see cref="Detail"/> of an <see cref="AuditAction.EventEdited"/> that ended a rehearsal without opening signing: there is a line
    /// of <see cref="AuditAction.RehearsalWiped"/> only where something was signed.
    /// </summary>
    public const string RehearsalEnded = "RehearsalEnded";

    /// <summary>Its place in the chain, from 1, without gaps over all nodes.</summary>
    public long Sequence { get; internal set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset At { get; internal set; }

    public AuditAction Action { get; init; }

    public int? AccountId { get; init; }

    /// <summary>As the account was called then.</summary>
    public string? AccountName { get; init; }

    /// <summary>The number of the host link with which somebody without an account acted.</summary>
    public int? HostLinkId { get; init; }

    /// <summary>Of the organization that it happened in; null where it concerns the whole program.</summary>
    public string? OrganizationPath { get; internal set; }

    /// <summary>As the organization was called then.</summary>
    public string? OrganizationName { get; internal set; }

    public string? EventCode { get; internal set; }

    public int? CampaignId { get; internal set; }

    public int? ClassId { get; set; }

    /// <summary>The name of the account or organization that was changed; the role of a text.</summary>
    public string? Subject { get; set; }

    /// <summary>A word or number of the program's own: the role given, an <see cref="AuditedScene"/>, the day until which.</summary>
    public string? Detail { get; set; }

    /// <summary>How many: names shown, rows exported, pledges changed, failures counted; of a text the version.</summary>
    public int? Count { get; set; }

    public AuditReason? Reason { get; set; }

    /// <summary>SHA-256 over the previous line's hash and this line's content.</summary>
    public byte[] Hash { get; internal set; } = [];

    /// <summary>What it is about; event, campaign and organization are read from it once the rest is saved.</summary>
    internal object? About { get; init; }

    /// <summary>A line about an event, for what is written without a save of EF: the event's organization must be loaded.</summary>
    public static AuditEntry Of(AuditAction action, CampaignEvent e, AuditActor by, AuditReason? reason = null, int? count = null) => new()
    {
        Action = action,
        AccountId = by.AccountId,
        AccountName = by.AccountName,
        HostLinkId = by.HostLinkId,
        EventCode = e.Code,
        CampaignId = e.CampaignId,
        OrganizationPath = e.Organization.Path,
        OrganizationName = e.Organization.Name,
        Reason = reason,
        Count = count,
    };

    /// <summary>Another line with the same content but this number.</summary>
    internal AuditEntry WithCount(int count)
    {
        var copy = (AuditEntry)MemberwiseClone();
        copy.Count = count;
        return copy;
    }

    /// <summary>
    /// What <see cref="Hash"/> must be after the line before. Each value is written as its length, a colon and itself, a missing
    /// one as a dash, so that no two contents are written alike.
    /// </summary>
    internal byte[] HashAfter(ReadOnlySpan<byte> previous)
    {
        object?[] values =
        [
            Sequence, At.UtcTicks, (int)Action, AccountId, AccountName, HostLinkId, OrganizationPath, OrganizationName, EventCode,
            CampaignId, ClassId, Subject, Detail, Count, (int?)Reason,
        ];
        var content = new StringBuilder();
        foreach (var value in values)
            if (Convert.ToString(value, CultureInfo.InvariantCulture) is { } text && value is not null)
                content.Append(CultureInfo.InvariantCulture, $"{text.Length}:{text}");
            else
                content.Append('-');
        return SHA256.HashData([.. previous, .. Encoding.UTF8.GetBytes(content.ToString())]);
    }
}

/// <summary>
/// The ends of the chain, one row. Whoever appends changes it first and so holds its lock until the commit, on every node.
/// </summary>
public sealed class AuditChain
{
    public int Id { get; private set; }

    /// <summary>The newest line; 0 where there is none.</summary>
    public long LastSequence { get; private set; }

    public byte[] LastHash { get; private set; } = [];

    /// <summary>The last line that was deleted after its time; 0 where none was. The chain is checked from the one after it.</summary>
    public long AnchorSequence { get; private set; }

    public byte[] AnchorHash { get; private set; } = [];
}
