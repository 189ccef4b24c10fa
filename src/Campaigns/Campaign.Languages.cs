using System.Globalization;

namespace SafetyCampaign.Campaigns;

/// <summary>How a campaign is called, also for readers of other languages.</summary>
public sealed partial class Campaign
{
    /// <summary>At most one a language; none that is empty.</summary>
    public List<CampaignTranslation> Translations { get; private set; } = [];

    /// <summary>Grows with every change of what it is called; the second of two who save at once is told.</summary>
    public long Revision { get; private set; }

    /// <summary>The title as a reader of a language is told it: one that nobody has given is read in each.</summary>
    public string TitleIn(CultureInfo culture) =>
        Translations.For(culture)?.Title ?? EventTemplate.CampaignTitleIn(culture, Title);

    /// <summary>Gives it a title, of at most <see cref="TitleMaxLength"/>. Another title loses its translations.</summary>
    public void Rename(string title)
    {
        if (title != Title)
            Translations.Clear();
        Title = title;
        Revision++;
    }

    /// <summary>Sets what it is called in a language; the caller has checked the length.</summary>
    /// <param name="language">A tag of <see cref="InterfaceLanguages"/>.</param>
    /// <param name="title">Null or empty for none.</param>
    public void Translate(string language, string? title)
    {
        var translation = Translations.Find(known => known.Language == language);
        if (string.IsNullOrEmpty(title))
            Translations.RemoveAll(known => known == translation);
        else
        {
            if (translation is null)
                Translations.Add(translation = new CampaignTranslation(language));
            translation.Title = title;
        }
    }
}
