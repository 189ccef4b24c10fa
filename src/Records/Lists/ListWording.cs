using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Layout;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Lists;

/// <summary>The words of the lists, in the language of whoever takes them out.</summary>
public sealed class ListWording(IStringLocalizer<ListsText> localizer, IStringLocalizer<LayoutText> shared)
{
    public string this[string key] => localizer[key];

    public ListColumn Column(string key, double width) => new(localizer[$"Col.{key}"], width);

    public string Role(SignerRole role) => shared[$"Role.{role}"];

    public string Channel(SigningChannel channel) => shared[$"Channel.{channel}"];

    public string? Relation(GuardianRelation? relation) => relation is { } its ? shared[$"Relation.{its}"].Value : null;

    /// <summary>What a list says of itself.</summary>
    /// <param name="e">The event.</param>
    /// <param name="now">When the list is taken out.</param>
    /// <param name="hasNames">It holds names, which go on the promised day.</param>
    public IReadOnlyList<string> Notes(PublishedEvent e, DateTimeOffset now, bool hasNames)
    {
        List<string> notes =
        [
            localizer["Note.Event", e.Title, e.Place, e.Local(e.StartsAt)],
            localizer["Note.Taken", e.Local(now)],
            localizer["Note.Counting"],
        ];
        if (hasNames)
            notes.Add(localizer["Note.DeleteBy", e.Rules[0].Settings.EraseOn]);
        return notes;
    }
}
