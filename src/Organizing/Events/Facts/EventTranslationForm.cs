using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;

namespace SafetyCampaign.Organizing.Events.Facts;

/// <summary>What an event is called in one further language, as it is typed; whatever is left empty is read in the original.</summary>
public sealed record EventTranslationForm
{
    /// <summary>The tag of a language of the program.</summary>
    public string? Language { get; init; }

    public string? Title { get; init; }

    public string? Place { get; init; }

    /// <summary>A line for each of the event's hosts, in their order; empty for one without a translation.</summary>
    public string? Hosts { get; init; }

    /// <summary>The same of the partners.</summary>
    public string? Partners { get; init; }

    public bool IsEmpty => ((string?[])[Title, Place, Hosts, Partners]).All(string.IsNullOrWhiteSpace);

    public static EventTranslationForm Of(CampaignEvent e, InterfaceLanguage language)
    {
        var known = e.Translations.Find(t => t.Language == language.Tag);
        return new EventTranslationForm
        {
            Language = language.Tag,
            Title = known?.Title,
            Place = known?.Place,
            Hosts = Lines(e.Hosts),
            Partners = Lines(e.Partners),
        };

        string Lines(List<string> partners) =>
            string.Join('\n', partners.Select(partner => known?.Partners.GetValueOrDefault(partner) ?? "")).TrimEnd('\n');
    }

    /// <summary>The translation that was typed; what does not fit has been said at its field.</summary>
    /// <param name="read">Of this part of the form.</param>
    /// <param name="hosts">As they were typed beside it.</param>
    /// <param name="partners">The same.</param>
    public TypedTranslation Read(FormReader read, List<string> hosts, List<string> partners) => new(
        Language!,
        read.Line(nameof(Title), Title, CampaignEvent.TitleMaxLength, required: false),
        read.Line(nameof(Place), Place, CampaignEvent.PlaceMaxLength, required: false),
        hosts.Zip(read.LinesBeside(nameof(Hosts), Hosts, CampaignEvent.PartnerMaxLength, hosts.Count))
            .Concat(partners.Zip(read.LinesBeside(nameof(Partners), Partners, CampaignEvent.PartnerMaxLength, partners.Count)))
            .DistinctBy(name => name.First).ToDictionary(name => name.First, name => name.Second));
}

/// <summary>One that was read.</summary>
public sealed record TypedTranslation(string Language, string Title, string Place, Dictionary<string, string> Partners);
