using SafetyCampaign.Campaigns;

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
        var part = typed.Trim().ToLowerInvariant();
        EventCode.TryParse(typed, out var code);
        return events.Where(e => e.Title.ToLower().Contains(part) || e.Place.ToLower().Contains(part)
            || e.Translations.Any(t => t.Title!.ToLower().Contains(part) || t.Place!.ToLower().Contains(part))
            || e.Organization.Name.ToLower().Contains(part) || e.Organization.Translations.Any(t => t.Name.ToLower().Contains(part))
            || e.Code == code);
    }
}
