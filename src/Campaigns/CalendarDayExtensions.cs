namespace SafetyCampaign.Campaigns;

/// <summary>The calendar day of a moment in a time zone.</summary>
public static class CalendarDayExtensions
{
    /// <summary>The calendar day on which a moment falls in a zone.</summary>
    public static DateOnly DayIn(this DateTimeOffset moment, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    /// <summary>The same, for a zone that is stored by name.</summary>
    /// <param name="moment">Any moment.</param>
    /// <param name="zone">IANA name.</param>
    /// <exception cref="TimeZoneNotFoundException">The system knows no such zone.</exception>
    public static DateOnly DayIn(this DateTimeOffset moment, string zone) => moment.DayIn(TimeZoneInfo.FindSystemTimeZoneById(zone));
}
