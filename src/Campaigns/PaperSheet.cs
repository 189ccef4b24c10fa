using System.Security.Cryptography;

namespace SafetyCampaign.Campaigns;

/// <summary>
/// One printed page of a class sheet: which rows stand on it, for whom, and which versions of the texts. It stays as it was printed,
/// whatever becomes of the class's list. Or a page that nobody printed, with a row for each slip that was signed on paper and handed in.
/// </summary>
public sealed class PaperSheet
{
    /// <summary>What every code begins with: tells a sheet's QR code from a poster's.</summary>
    public const string CodePrefix = "PB";

    /// <summary>Of <see cref="Code"/>, in characters: as many as the smallest QR code holds in upper case.</summary>
    public const int CodeLength = 20;

    private PaperSheet() => Code = "";

    /// <summary>A page that is printed now.</summary>
    /// <param name="eventId">The event.</param>
    /// <param name="classId">The class.</param>
    /// <param name="page">From 1.</param>
    /// <param name="pages">See <see cref="Pages"/>.</param>
    /// <param name="studentTextId">See <see cref="StudentTextId"/>.</param>
    /// <param name="guardianTextId">See <see cref="GuardianTextId"/>.</param>
    /// <param name="now">The moment.</param>
    /// <param name="consent">See <see cref="Consent"/>.</param>
    public PaperSheet(int eventId, int classId, int page, int pages, int studentTextId, int? guardianTextId, DateTimeOffset now,
        ShownConsent? consent = null)
    {
        (EventId, ClassId, Page, Pages, StudentTextId, GuardianTextId, PrintedAt) =
            (eventId, classId, page, pages, studentTextId, guardianTextId, now);
        (RulesVersion, ConsentHash) = (consent?.RulesVersion, consent?.WordingHash);
        Code = CodePrefix + RandomNumberGenerator.GetString(Crockford.Alphabet, CodeLength - CodePrefix.Length);
    }

    /// <summary>Given by the store.</summary>
    public int Id { get; private set; }

    /// <summary>The event at which it is signed.</summary>
    public int EventId { get; private set; }

    /// <summary>The class.</summary>
    public int ClassId { get; private set; }

    /// <summary>Which of the class's pages, from 1.</summary>
    public int Page { get; private set; }

    /// <summary>How many were printed together; 0 where it is no printed page (<see cref="IsOfSlips"/>).</summary>
    public int Pages { get; private set; }

    /// <summary>It holds what was signed on slips and was never printed.</summary>
    public bool IsOfSlips => Pages == 0;

    /// <summary>
    /// All that the page's QR code holds: 90 random bits. It opens nothing; it tells whoever may see the class anyway which page lies
    /// before a camera.
    /// </summary>
    public string Code { get; private set; }

    /// <summary>The version of the students' text that is printed on it: <see cref="PledgeText.Id"/>.</summary>
    public int StudentTextId { get; private set; }

    /// <summary>The guardians'; null where the campaign has none.</summary>
    public int? GuardianTextId { get; private set; }

    /// <summary>The version of the rules on children's data whose day the printed consent names; null where none is printed.</summary>
    public int? RulesVersion { get; private set; }

    /// <summary>
    /// See <see cref="ShownConsent.WordingHash"/>, of the consent that is printed on it, in the language in which it was first printed.
    /// </summary>
    public byte[]? ConsentHash { get; private set; }

    /// <summary>
    /// What a guardian agrees to who signs on it, or on the slips whose page it is; null where none is printed, and where it is from before
    /// this was kept.
    /// </summary>
    public ShownConsent? Consent => ShownConsent.Kept(RulesVersion, ConsentHash);

    /// <summary>UTC.</summary>
    public DateTimeOffset PrintedAt { get; private set; }

    /// <summary>Its rows, in the order in which they stand.</summary>
    public List<PaperRow> Rows { get; private set; } = [];
}
