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
    /// The event with title, place, hosts, partners, names of logos, of its organization and of schools in a reader's language, and
    /// with what its scenes say in it, each as the organizer wrote it first where it has no translation. Everything else is the same.
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
    /// <param name="translations">Of the event.</param>
    /// <param name="nameIn">What its own organization is called in a language.</param>
    /// <param name="scenesIn">Its scenes with what they say in a language, in the same order.</param>
    /// <param name="classesIn">Its classes with their schools' names in a language, in the same order.</param>
    internal PublishedEvent With(IReadOnlyCollection<EventTranslation> translations, Func<CultureInfo, string> nameIn,
        Func<CultureInfo, IReadOnlyList<PublishedScene>> scenesIn, Func<CultureInfo, IReadOnlyList<PublishedClass>> classesIn)
    {
        var original = this with { }; // which the translated ones lead back to
        var readers = from language in InterfaceLanguages.OfTheProduct
                      let translation = translations.For(language.Culture)
                      let scenes = scenesIn(language.Culture)
                      let organization = nameIn(language.Culture)
                      let classes = classesIn(language.Culture)
                      where translation is not null || organization != original.Organization
                          || !scenes.SequenceEqual(original.Scenes) || !classes.SequenceEqual(original.Classes)
                      select (language.Tag, Event: original.TranslatedBy(translation, organization) with
                      {
                          Scenes = scenes,
                          Classes = classes,
                      });
        original.ByLanguage = readers.ToFrozenDictionary(reader => reader.Tag, reader => reader.Event, StringComparer.OrdinalIgnoreCase);
        return original;
    }

    private PublishedEvent TranslatedBy(EventTranslation? translation, string organization)
    {
        return this with
        {
            Original = this,
            Organization = organization,
            Title = translation?.Title ?? Title,
            Place = translation?.Place ?? Place,
            Hosts = [.. Hosts.Select(NameOf)],
            Partners = [.. Partners.Select(NameOf)],
            // A logo is found by the name of whose it is.
            Pictures = [.. Pictures.Select(picture => picture is { Kind: EventPictureKind.Logo, Subject: { } partner }
                ? picture with { Subject = NameOf(partner) }
                : picture)],
        };

        // As CampaignEvent.PartnerIn.
        string NameOf(string partner) =>
            translation?.Partners.GetValueOrDefault(partner) ?? (partner == Organization ? organization : partner);
    }
}
