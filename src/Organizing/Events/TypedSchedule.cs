using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;

namespace SafetyCampaign.Organizing.Events;

/// <summary>The times of an event as typed, in an order that <see cref="CampaignEvent.Schedule"/> accepts.</summary>
internal sealed record TypedSchedule(DateTimeOffset StartsAt, DateTimeOffset EndsAt, DateTimeOffset? HomeSigningUntil)
{
    /// <summary>The form's tick that a time in the past is meant: <c>PastQuestion.cshtml</c>.</summary>
    private const string PastIsMeant = nameof(PastIsMeant);

    /// <summary>Asks, once, whether an event that would be over already is meant so; a tick answers.</summary>
    public void AskAboutPast(FormReader read, bool isMeant, DateTimeOffset now)
    {
        if (EndsAt <= now && !isMeant)
            read.Refuse(PastIsMeant, "Error.Past");
    }

    /// <summary>Null when a time is missing or comes too early; the field has its line then.</summary>
    /// <param name="read">The form.</param>
    /// <param name="startsAt">As typed.</param>
    /// <param name="endsAt">As typed.</param>
    /// <param name="homeSigningUntil">As typed.</param>
    /// <param name="zone">On whose clocks.</param>
    /// <param name="usual">How long it lasts where no end is typed; null where one must be.</param>
    public static TypedSchedule? Read(
        FormReader read, string? startsAt, string? endsAt, string? homeSigningUntil, TimeZoneInfo zone, TimeSpan? usual = null)
    {
        var starts = read.Moment(nameof(StartsAt), startsAt, zone);
        var ends = read.Moment(nameof(EndsAt), endsAt, zone, required: usual is null);
        if (usual is not null && string.IsNullOrWhiteSpace(endsAt))
            ends = starts + usual;
        var home = read.Moment(nameof(HomeSigningUntil), homeSigningUntil, zone, required: false);
        if (ends < starts)
            read.Refuse(nameof(EndsAt), "Error.EndsBeforeStart");
        if (home < starts)
            read.Refuse(nameof(HomeSigningUntil), "Error.HomeBeforeStart");
        return starts is null || ends is null || ends < starts || home < starts
            ? null
            : new TypedSchedule(starts.Value, ends.Value, home);
    }
}
