using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;

namespace SafetyCampaign.Organizing.Events;

/// <summary>The times of an event as typed, in an order that <see cref="CampaignEvent.Schedule"/> accepts.</summary>
internal sealed record TypedSchedule(DateTimeOffset StartsAt, DateTimeOffset EndsAt, DateTimeOffset? HomeSigningUntil)
{
    /// <summary>Refuses an event after its campaign's end: its pledges would be erased too soon, perhaps at once.</summary>
    public void FitInto(Campaign campaign, FormReader read, TimeZoneInfo zone, DateTimeOffset now)
    {
        if (!campaign.MakeRoomFor(EndsAt.DayIn(zone), now))
            read.Refuse(nameof(EndsAt), "Error.AfterCampaign", campaign.RulesInForce.EndsOn);
    }

    /// <summary>Null when a time is missing or comes too early; the field has its line then.</summary>
    public static TypedSchedule? Read(FormReader read, string? startsAt, string? endsAt, string? homeSigningUntil, TimeZoneInfo zone)
    {
        var starts = read.Moment(nameof(StartsAt), startsAt, zone);
        var ends = read.Moment(nameof(EndsAt), endsAt, zone);
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
