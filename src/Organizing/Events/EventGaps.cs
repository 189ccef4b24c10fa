using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events;

/// <summary>What an event still lacks, each with the page on which it is mended: <c>MissingParts.cshtml</c>.</summary>
/// <param name="Missing">In the order of the work.</param>
/// <param name="IsAsked">Before signing is opened for the first time, when a page says that nothing is missing.</param>
public sealed record EventGaps(IReadOnlyList<(ReadinessGap Gap, string Address)> Missing, bool IsAsked)
{
    /// <summary>Of an event whose names have been erased: nothing is to be done any more.</summary>
    public static EventGaps None { get; } = new([], false);

    public static EventGaps Of(PublishedEvent e, int campaign, DateTimeOffset now) => new(
        [.. e.Readiness.GapsAt(now).Select(gap => (gap, AddressOf(gap, e, campaign)))], e.OpenedAt is null);

    private static string AddressOf(ReadinessGap gap, PublishedEvent e, int campaign) => gap switch
    {
        ReadinessGap.Classes => DeskRoutes.EventClasses(e.Code),
        ReadinessGap.Scenes => DeskRoutes.EventScenes(e.Code),
        ReadinessGap.Film => DeskRoutes.SceneFilm(e.Code,
            e.Scenes.First(s => s.Kind == SceneKind.Film && !EventReadiness.HasFilm(s.Settings)).Id),
        ReadinessGap.Texts => DeskRoutes.CampaignTexts(campaign, e.Code),
        ReadinessGap.Contact => DeskRoutes.CampaignRules(campaign, e.Code),
        ReadinessGap.Publication => DeskRoutes.Publish(e.Code),
        ReadinessGap.Rehearsal => DeskRoutes.Rehearse(e.Code),
        _ => DeskRoutes.EventFacts(e.Code),
    };
}
