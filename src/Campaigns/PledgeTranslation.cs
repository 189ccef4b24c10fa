namespace SafetyCampaign.Campaigns;

/// <summary>
/// A pledge's wording in another language, to be read beside the wording that is signed. It belongs to the version of the
/// text: it is frozen and hashed with it.
/// </summary>
/// <param name="Language">A BCP 47 tag in canonical letters, see <see cref="TranslationLanguages.TryReadTag"/>.</param>
/// <param name="Direction">How its script is written.</param>
/// <param name="Wording">As many clauses as the wording that is signed, in the same order.</param>
/// <param name="Official">Comes with the product, for an official wording; otherwise an organizer has added it.</param>
public sealed record PledgeTranslation(string Language, TextDirection Direction, PledgeWording Wording, bool Official)
{
    /// <summary>Of the title, in UTF-16 code units. Other scripts need up to three times the letters of Chinese.</summary>
    public const int TitleMaxLength = 3 * PledgeWording.TitleMaxLength;

    /// <summary>Of each clause, in UTF-16 code units.</summary>
    public const int ClauseMaxLength = 3 * PledgeWording.ClauseMaxLength;

    /// <summary>Of the closing, in UTF-16 code units.</summary>
    public const int ClosingMaxLength = 3 * PledgeWording.ClosingMaxLength;

    /// <summary>How many translations one version may carry.</summary>
    public const int MaxTranslations = 12;

    /// <summary>Whether both say the same in the same language: such a translation makes no new version.</summary>
    public bool SameAs(PledgeTranslation other) =>
        Language == other.Language && Direction == other.Direction && Official == other.Official && Wording.SameAs(other.Wording);

    /// <summary>The translation for a reader of a language; null where there is none.</summary>
    /// <param name="translations">Those of one text version.</param>
    /// <param name="tag">Answered by the translation of that very tag, else by one of the same language (<c>en</c>: <c>en-GB</c>).</param>
    public static PledgeTranslation? For(IReadOnlyList<PledgeTranslation> translations, string tag)
    {
        PledgeTranslation? near = null;
        foreach (var translation in translations)
        {
            if (string.Equals(translation.Language, tag, StringComparison.OrdinalIgnoreCase))
                return translation;
            if (near is null && TranslationLanguages.AreOfOneLanguage(translation.Language, tag))
                near = translation;
        }
        return near;
    }

    /// <summary>In the order in which they are stored, hashed and compared: by tag.</summary>
    /// <exception cref="ArgumentException">Two of one language, or other clauses than the wording that is signed.</exception>
    internal static IReadOnlyList<PledgeTranslation> InOrder(PledgeWording signed, IReadOnlyList<PledgeTranslation> translations)
    {
        if (translations.Count > MaxTranslations)
            throw new ArgumentException($"A text has at most {MaxTranslations} translations.", nameof(translations));
        if (translations.DistinctBy(t => t.Language, StringComparer.OrdinalIgnoreCase).Count() != translations.Count)
            throw new ArgumentException("There are two translations into one language.", nameof(translations));
        if (translations.Any(t => t.Wording.Clauses.Count != signed.Clauses.Count))
            throw new ArgumentException("A translation has as many clauses as the wording that is signed.", nameof(translations));
        return [.. translations.OrderBy(t => t.Language, StringComparer.Ordinal)];
    }
}
