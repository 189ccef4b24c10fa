using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Lists;

/// <summary>The words of the lists, in the language of whoever takes them out.</summary>
public sealed class ListWording(
    IStringLocalizer<ListsText> localizer, IStringLocalizer<DeskText> desk, IStringLocalizer<LayoutText> shared)
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
    /// <param name="filter">Which pledges it holds; null for all.</param>
    public IReadOnlyList<string> Notes(PublishedEvent e, DateTimeOffset now, bool hasNames, SignerFilter? filter = null)
    {
        List<string> notes =
        [
            localizer["Note.Event", e.Title, e.Place, e.Local(e.StartsAt)],
            localizer["Note.Taken", e.Local(now)],
            localizer["Note.Counting"],
        ];
        if (filter is { IsEmpty: false })
            notes.Add(localizer["Note.Filter", string.Join(" · ", Asked(filter, e))]);
        if (hasNames)
            notes.Add(localizer["Note.DeleteBy", e.Rules[0].Settings.EraseOn]);
        return notes;
    }

    /// <summary>What a filter asks for, as far as it can be read: classes, roles, channels and states, no names of people.</summary>
    public IEnumerable<string> Asked(SignerFilter filter, PublishedEvent e)
    {
        if (filter.Class == SignerFilter.NoClass)
            yield return localizer["NoClass"];
        else if (e.ClassOf(filter.ClassId) is { } group)
            yield return group.LocalizedFullName();
        if (filter.InRole is { } role)
            yield return Role(role);
        if (filter.ByChannel is { } channel)
            yield return Channel(channel);
        if (filter.InState is { } state)
            yield return desk[$"SignerState.{state}"];
    }
}
