using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;

namespace SafetyCampaign.Organizing.Events;

/// <summary>How the desk's lists of events are searched.</summary>
internal static class EventSearch
{
    /// <summary>
    /// Those that have what was typed in their title, their place or their organization's name, in any of their languages, or as their
    /// code.
    /// </summary>
    public static IQueryable<CampaignEvent> Matching(this IQueryable<CampaignEvent> events, string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return events;
        var (part, other) = TypedPart.Of(typed);
        EventCode.TryParse(typed, out var code);
        return events.Where(e => e.Title.ToLower().Contains(part) || e.Title.ToLower().Contains(other)
            || e.Place.ToLower().Contains(part) || e.Place.ToLower().Contains(other)
            || e.Translations.Any(t => t.Title!.ToLower().Contains(part) || t.Title!.ToLower().Contains(other)
                || t.Place!.ToLower().Contains(part) || t.Place!.ToLower().Contains(other))
            || e.Organization.Name.ToLower().Contains(part) || e.Organization.Name.ToLower().Contains(other)
            || e.Organization.Translations.Any(t => t.Name.ToLower().Contains(part) || t.Name.ToLower().Contains(other))
            || e.Code == code);
    }
}
