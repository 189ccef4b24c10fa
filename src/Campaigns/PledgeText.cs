namespace SafetyCampaign.Campaigns;

/// <summary>The words of a pledge: a title, numbered clauses, and the closing line above the signature.</summary>
public sealed record PledgeWording(string Title, IReadOnlyList<string> Clauses, string Closing)
{
    public const int TitleMaxLength = 60;
    public const int ClauseMaxLength = 200;
    public const int ClosingMaxLength = 300;
    public const int MaxClauses = 20;

    public bool SameAs(PledgeWording other) =>
        Title == other.Title && Closing == other.Closing && Clauses.SequenceEqual(other.Clauses);
}

/// <summary>
/// One version of the wording for one role of a campaign. Versions are written once and never edited; the first
/// signature freezes a version for good: it can then not be removed either.
/// </summary>
public sealed class PledgeText
{
    private PledgeText() => (Title, Closing) = ("", "");

    internal PledgeText(SignerRole role, int version, PledgeWording wording, DateTimeOffset now)
    {
        Role = role;
        Version = version;
        Title = wording.Title;
        Clauses = [.. wording.Clauses];
        Closing = wording.Closing;
        WrittenAt = now;
    }

    public int Id { get; private set; }
    public int CampaignId { get; private set; }
    public Campaign Campaign { get; private set; } = null!;
    public SignerRole Role { get; private set; }

    /// <summary>From 1, without gaps within a role.</summary>
    public int Version { get; private set; }

    public string Title { get; private set; }
    public List<string> Clauses { get; private set; } = [];
    public string Closing { get; private set; }
    public DateTimeOffset WrittenAt { get; private set; }

    /// <summary>When the first person signed this version; set by the ledger, in the transaction of that signature.</summary>
    public DateTimeOffset? FrozenAt { get; private set; }

    public PledgeWording Wording => new(Title, Clauses, Closing);
}
