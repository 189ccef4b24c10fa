using System.Collections.Frozen;
using System.Globalization;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Storage;

/// <summary>The event as readers of another language are told of it.</summary>
public sealed partial record PublishedEvent
{
    /// <summary>As the organizer wrote it first; null in that one itself.</summary>
    private PublishedEvent? Original { get; init; }

    /// <summary>Made once, since caches hold what was made from the very object.</summary>
    private FrozenDictionary<string, PublishedEvent> ByLanguage { get; set; } = FrozenDictionary<string, PublishedEvent>.Empty;

    /// <summary>
    /// The event with title, place, hosts, partners and the names of logos in a reader's language, each as the organizer wrote it first
    /// where it has no translation, and with what the template wrote of its scenes in that language. Everything else is the same.
    /// </summary>
    /// <param name="culture">Answered by its own language or one of its parents' (<c>en-GB</c>: <c>en</c>).</param>
    public PublishedEvent In(CultureInfo culture)
    {
        var original = Original ?? this;
        for (var asked = culture; asked.Name.Length > 0 && original.ByLanguage.Count > 0; asked = asked.Parent)
            if (original.ByLanguage.TryGetValue(asked.Name, out var translated))
                return translated;
        return original;
    }

    /// <summary>With what readers of other languages are told of it.</summary>
    internal PublishedEvent With(IReadOnlyCollection<EventTranslation> translations)
    {
        var original = this with { }; // which the translated ones lead back to
        var readers = from language in InterfaceLanguages.OfTheProduct
                      let translation = EventTranslation.For(translations, language.Culture)
                      let scenes = original.ScenesIn(language.Culture)
                      where translation is not null || !scenes.SequenceEqual(original.Scenes)
                      select (language.Tag, Event: original.TranslatedBy(translation) with { Scenes = scenes });
        original.ByLanguage = readers.ToFrozenDictionary(reader => reader.Tag, reader => reader.Event, StringComparer.OrdinalIgnoreCase);
        return original;
    }

    private List<PublishedScene> ScenesIn(CultureInfo culture) =>
    [
        .. Scenes.Select(scene => scene with
        {
            Title = EventTemplate.TitleIn(culture, scene.Kind, scene.Title),
            Settings = EventTemplate.SettingsIn(culture, scene.Kind, scene.Settings),
        }),
    ];

    private PublishedEvent TranslatedBy(EventTranslation? translation) => translation is null ? this with { Original = this } : this with
    {
        Original = this,
        Title = translation.Title ?? Title,
        Place = translation.Place ?? Place,
        Hosts = [.. Hosts.Select(translation.NameOf)],
        Partners = [.. Partners.Select(translation.NameOf)],
        // A logo is found by the name of whose it is.
        Pictures = [.. Pictures.Select(picture => picture is { Kind: EventPictureKind.Logo, Subject: { } partner }
            ? picture with { Subject = translation.NameOf(partner) }
            : picture)],
    };
}
