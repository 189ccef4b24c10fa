namespace SafetyCampaign.Campaigns;

/// <summary>The words of a pledge: a title, numbered clauses, and the closing line above the signature.</summary>
public sealed record PledgeWording(string Title, IReadOnlyList<string> Clauses, string Closing)
{
    /// <summary>Longest title, in UTF-16 units.</summary>
    public const int TitleMaxLength = 60;

    /// <summary>Longest clause, in UTF-16 units.</summary>
    public const int ClauseMaxLength = 200;

    /// <summary>Longest closing line, in UTF-16 units without line breaks.</summary>
    public const int ClosingMaxLength = 300;

    /// <summary>Most clauses of one text.</summary>
    public const int MaxClauses = 20;

    /// <summary>Whether both say the same, letter by letter; a record's own equality compares lists by reference.</summary>
    public bool SameAs(PledgeWording other) =>
        Title == other.Title && Closing == other.Closing && Clauses.SequenceEqual(other.Clauses);

    /// <summary>The clauses, numbered, and the closing as one paragraph: for paper, where room is short.</summary>
    public string AsParagraph() => string.Join(" ", Clauses.Select((clause, i) => $"{i + 1}. {clause}")) + " " + Closing;

    /// <summary>
    /// The language of a wording that is signed, as a BCP 47 tag: the product's first one; null where an organizer has
    /// written the text in letters of another (a screen reader then reads it in the language of the page).
    /// </summary>
    public string? SignedLanguage() => TextLanguage.Of(Title);
}

/// <summary>
/// One version of the wording for one role of a campaign, with its translations. Versions are written once and never
/// edited; the first signature freezes a version for good: it can then not be removed either. The store refuses both.
/// </summary>
public sealed class PledgeText
{
    private PledgeText() => (Title, Closing) = ("", "");

    internal PledgeText(
        SignerRole role, int version, PledgeWording wording, IReadOnlyList<PledgeTranslation> translations, DateTimeOffset now)
    {
        Role = role;
        Version = version;
        Title = wording.Title;
        Clauses = [.. wording.Clauses];
        Closing = wording.Closing;
        Translations = PledgeTranslation.InOrder(wording, translations);
        WrittenAt = now;
    }

    /// <summary>Given by the store.</summary>
    public int Id { get; private set; }

    /// <summary>Of <see cref="Campaign"/>.</summary>
    public int CampaignId { get; private set; }

    /// <summary>Whose events it is signed at.</summary>
    public Campaign Campaign { get; private set; } = null!;

    /// <summary>Who signs it.</summary>
    public SignerRole Role { get; private set; }

    /// <summary>From 1, without gaps within a role.</summary>
    public int Version { get; private set; }

    /// <summary>At most <see cref="PledgeWording.TitleMaxLength"/>.</summary>
    public string Title { get; private set; }

    /// <summary>In their order, without numbers.</summary>
    public List<string> Clauses { get; private set; } = [];

    /// <summary>What stands above the signature.</summary>
    public string Closing { get; private set; }

    /// <summary>In order of their tags; none for a text written before there were any.</summary>
    public IReadOnlyList<PledgeTranslation> Translations { get; private set; } = [];

    /// <summary>UTC.</summary>
    public DateTimeOffset WrittenAt { get; private set; }

    /// <summary>When the first person signed this version; set by the ledger, in the transaction of that signature.</summary>
    public DateTimeOffset? FrozenAt { get; private set; }

    /// <summary>What is signed.</summary>
    public PledgeWording Wording => new(Title, Clauses, Closing);

    /// <summary>SHA-256 over the wording and its translations, 32 bytes; see <see cref="PledgeTextHash"/>.</summary>
    public byte[] ContentHash() => PledgeTextHash.Of(Wording, Translations);

    internal bool SameAs(PledgeWording wording, IReadOnlyList<PledgeTranslation> translations) =>
        Wording.SameAs(wording) && Translations.Count == translations.Count
        && Translations.Zip(translations.OrderBy(t => t.Language, StringComparer.Ordinal)).All(pair => pair.First.SameAs(pair.Second));
}
