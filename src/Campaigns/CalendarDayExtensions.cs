namespace SafetyCampaign.Campaigns;

/// <summary>The calendar day of a moment in a time zone, and the moment at which a day begins.</summary>
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

    /// <summary>Whether the calendar day of a moment is over in a zone.</summary>
    /// <param name="moment">Any moment.</param>
    /// <param name="zone">The zone in which days begin.</param>
    /// <param name="now">The present.</param>
    public static bool IsPastDay(this DateTimeOffset moment, TimeZoneInfo zone, DateTimeOffset now) => moment.DayIn(zone) < now.DayIn(zone);

    /// <summary>The midnight with which the calendar day of a moment ends in a zone.</summary>
    /// <param name="moment">Any moment.</param>
    /// <param name="zone">IANA name.</param>
    /// <returns>UTC.</returns>
    /// <exception cref="TimeZoneNotFoundException">The system knows no such zone.</exception>
    public static DateTimeOffset EndOfDayIn(this DateTimeOffset moment, string zone) =>
        moment.DayIn(zone).AddDays(1).BeginsIn(zone);

    /// <summary>The midnight with which a calendar day begins in a zone.</summary>
    /// <param name="day">Any day.</param>
    /// <param name="zone">IANA name.</param>
    /// <returns>UTC.</returns>
    /// <exception cref="TimeZoneNotFoundException">The system knows no such zone.</exception>
    public static DateTimeOffset BeginsIn(this DateOnly day, string zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, TimeZoneInfo.FindSystemTimeZoneById(zone).GetUtcOffset(midnight)).ToUniversalTime();
    }
}
