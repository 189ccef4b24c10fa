using System.Globalization;

namespace SafetyCampaign.Campaigns;

/// <summary>Which of some translations a reader is given.</summary>
public static class TranslationExtensions
{
    /// <summary>The translation for a reader; null where there is none.</summary>
    /// <param name="translations">Those of one thing.</param>
    /// <param name="culture">Answered by its own language or one of its parents' (<c>en-GB</c>: <c>en</c>).</param>
    public static T? For<T>(this IReadOnlyCollection<T> translations, CultureInfo culture)
        where T : class, ITranslation
    {
        if (translations.Count > 0)
            for (var asked = culture; asked.Name.Length > 0; asked = asked.Parent)
                foreach (var translation in translations)
                    if (string.Equals(translation.Language, asked.Name, StringComparison.OrdinalIgnoreCase))
                        return translation;
        return null;
    }
}
