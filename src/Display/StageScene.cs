using SafetyCampaign.Storage;

namespace SafetyCampaign.Display;

/// <summary>What a stage shows besides the counts.</summary>
/// <param name="Version">Grows with every change of the event.</param>
/// <param name="Kind">The scene: <c>signing</c>, until a host leads through the others.</param>
/// <param name="StartsAt">In the event's own zone, like <paramref name="HomeSigningUntil"/>.</param>
/// <param name="State"><c>draft</c>, <c>rehearsal</c>, <c>open</c> or <c>closed</c>.</param>
public sealed record StageScene(
    string Code, long Version, string Kind, string Title, string Place,
    DateTimeOffset StartsAt, DateTimeOffset? HomeSigningUntil, string State)
{
    public static StageScene Of(PublishedEvent e, DateTimeOffset now) => new(
        e.Code, e.Revision, "signing", e.Title, e.Place,
        e.Local(e.StartsAt), e.HomeSigningUntil is { } until ? e.Local(until) : null, e.StateAt(now).ToString().ToLowerInvariant());
}
