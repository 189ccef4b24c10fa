using System.Text.RegularExpressions;

namespace SafetyCampaign.Campaigns;

/// <summary>
/// What in a pledge reads like a waiver, the one rule for all pages. It is advice, nothing is refused: a pledge teaches, and releases
/// nobody from a legal duty.
/// </summary>
public static class LiabilityWording
{
    /// <summary>Texts are short; whatever takes longer is no wording.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    /// <summary>Texts and translations stand side by side, so the words of every language are looked for in each.</summary>
    private static readonly Regex Words = new(
        string.Join('|', InterfaceLanguages.OfTheProduct.Select(language => CampaignsText.In(language.Culture, "Liability.Words"))),
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Timeout);

    /// <summary>The words in a text that shift responsibility, as they stand there, each once, in their order.</summary>
    public static IReadOnlyList<string> In(string? text) =>
        [.. Words.Matches(text ?? "").Select(match => match.Value).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The same of a whole wording.</summary>
    public static IReadOnlyList<string> In(PledgeWording wording) =>
        In(string.Join('\n', [wording.Title, .. wording.Clauses, wording.Closing]));

    /// <summary>Whether it says that it releases nobody from a legal duty: <see cref="OfficialTexts.LiabilityLine"/>.</summary>
    public static bool IsDisclaimedIn(PledgeWording wording) =>
        wording.Closing.Contains(OfficialTexts.LiabilityLine, StringComparison.Ordinal)
        || wording.Clauses.Any(clause => clause.Contains(OfficialTexts.LiabilityLine, StringComparison.Ordinal));
}
