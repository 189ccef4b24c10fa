using System.Globalization;
using System.Resources;

namespace SafetyCampaign.Campaigns;

/// <summary>The words of the domain that differ by language: the names of classes, and what a new event begins with.</summary>
public static class CampaignsText
{
    private static readonly ResourceManager Resources = new(typeof(CampaignsText));

    /// <param name="language">A language without a resource file of its own is answered in the default one.</param>
    /// <param name="key">In every language of the list.</param>
    /// <exception cref="MissingManifestResourceException">There is no such key.</exception>
    internal static string In(CultureInfo language, string key) =>
        Find(language, key) ?? throw new MissingManifestResourceException($"There is no word for {key}.");

    /// <summary>Null where there is no such key.</summary>
    /// <param name="language">As above.</param>
    /// <param name="key">Perhaps of none.</param>
    internal static string? Find(CultureInfo language, string key) => Resources.GetString(key, language);
}
