using System.Globalization;

namespace SafetyCampaign.Campaigns;

/// <summary>What a scene says to readers of other languages.</summary>
public sealed partial class Scene
{
    /// <summary>At most one a language; none that is empty.</summary>
    public IReadOnlyList<SceneTranslation> Translations { get; private set; } = [];

    /// <summary>The title as a reader of a language is told it: what the template wrote is read in each.</summary>
    public string TitleIn(CultureInfo culture) => Translations.For(culture) is { Title: not "" } translation && Title != ""
        ? translation.Title
        : EventTemplate.TitleIn(culture, Kind, Title);

    /// <summary>The same of the host's notes, which change where the template wrote them and signing has ended.</summary>
    public string NotesIn(CultureInfo culture, bool signingEnded = false) =>
        Translations.For(culture) is { Notes: not "" } translation && Notes != ""
        ? translation.Notes
        : EventTemplate.NotesIn(culture, Kind, Notes, signingEnded);

    /// <summary>The same of the texts among the settings.</summary>
    public SceneSettings SettingsIn(CultureInfo culture)
    {
        var settings = EventTemplate.SettingsIn(culture, Kind, Settings);
        return Translations.For(culture) is { } translation ? settings.InWordsOf(translation.Words) : settings;
    }

    /// <summary>Sets what it says in a language; the caller has checked lengths.</summary>
    /// <param name="translation">In a language of <see cref="InterfaceLanguages"/>; one that says nothing is left out.</param>
    public void Translate(SceneTranslation translation)
    {
        var others = Translations.Where(known => known.Language != translation.Language);
        Translations = [.. translation.IsEmpty ? others : others.Append(translation).OrderBy(t => t.Language, StringComparer.Ordinal)];
    }

    /// <summary>Sets what one of its cards says in a language; the rest of what it says there stays.</summary>
    /// <param name="language">A tag of <see cref="InterfaceLanguages"/>.</param>
    /// <param name="key">Of a card with the organizer's own words.</param>
    /// <param name="words">Points beside those of the card; empty where there is no translation.</param>
    public void TranslateCard(string language, string key, LectureCardWords words)
    {
        var known = Translations.FirstOrDefault(t => t.Language == language) ?? new SceneTranslation { Language = language };
        var card = new LectureCardContent { Key = key, Title = words.Title, Points = words.Points, Source = words.Source };
        var others = known.Words.Cards.Where(other => other.Key != key);
        Translate(known with { Words = known.Words with { Cards = [.. card.SaysSomething ? others.Append(card) : others] } });
    }
}
