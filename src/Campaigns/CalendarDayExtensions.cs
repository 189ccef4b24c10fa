namespace SafetyCampaign.Campaigns;

/// <summary>The calendar day of a moment in a time zone.</summary>
public static class CalendarDayExtensions
{
    public static DateOnly DayIn(this DateTimeOffset moment, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    /// <param name="zone">IANA name.</param>
    public static DateOnly DayIn(this DateTimeOffset moment, string zone) => moment.DayIn(TimeZoneInfo.FindSystemTimeZoneById(zone));
}
