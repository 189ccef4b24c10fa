using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>
/// Which consents the phone page shows, and their record: the page says with the request which version of the rules and which
/// language stood on it, and the record is the hash of those very sentences.
/// </summary>
public sealed class ConsentWording(InterfaceLanguages languages, IStringLocalizer<PledgingText> localizer)
{
    /// <summary>Where names are not shown on the screen, nobody is asked about masked ones.</summary>
    private const string GuardianAlone = "guardian";

    /// <summary>Few: a version of the rules of a campaign, by the day that it promises, in one of the program's languages.</summary>
    private readonly ConcurrentDictionary<(InterfaceLanguage Language, int Version, DateOnly EraseOn, bool Masked), ShownConsent> known =
        new();

    /// <summary>
    /// What the page sends back: the version of the rules, the language of the request that is being answered, and whether both consents
    /// were asked for or a guardian's alone.
    /// </summary>
    public string TokenOf(PublishedEvent e) => string.Create(
        CultureInfo.InvariantCulture, $"{e.Rules[0].Version}.{languages.Current.Tag}{(e.ShowsNames ? "" : $".{GuardianAlone}")}");

    /// <summary>
    /// What stood before the signer. A token that is missing or unknown refuses nobody: then it is the rules in force, in a
    /// language that is not known.
    /// </summary>
    internal ShownConsent Of(PublishedEvent e, string? token)
    {
        Span<Range> parts = stackalloc Range[4];
        var count = token.AsSpan().Split(parts, '.');
        if (count is 2 or 3 && int.TryParse(token.AsSpan(parts[0]), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            && (count == 2 || token.AsSpan(parts[2]).SequenceEqual(GuardianAlone)))
            foreach (var rules in e.Rules)
                foreach (var language in languages.All)
                    if (rules.Version == version && token.AsSpan(parts[1]).SequenceEqual(language.Tag))
                        return known.GetOrAdd((language, version, rules.Settings.EraseOn, Masked: count == 2), Hash);
        return new ShownConsent(e.Rules[0].Version, null);
    }

    /// <summary>The sentences of the consents in the language of the current request, in the order of the page.</summary>
    /// <param name="eraseOn">The day that the rules promise.</param>
    /// <param name="masked">A masked name on the screen is asked about as well.</param>
    private List<string> Sentences(DateOnly eraseOn, bool masked)
    {
        List<string> sentences = [localizer["Consent.Words", eraseOn]];
        if (masked)
            sentences.AddRange(
                localizer["Masked"], localizer["Masked.Words", localizer["Masked.Name"].Value, PersonName.Mask(localizer["Masked.Name"])]);
        return sentences;
    }

    private ShownConsent Hash((InterfaceLanguage Language, int Version, DateOnly EraseOn, bool Masked) shown)
    {
        var (culture, ui) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = shown.Language.Culture;
            return ShownConsent.Of(shown.Version, Sentences(shown.EraseOn, shown.Masked));
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, ui);
        }
    }
}
