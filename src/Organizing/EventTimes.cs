using System.Globalization;
using Microsoft.Extensions.Localization;

namespace SafetyCampaign.Organizing;

/// <summary>How the desk writes days and times, on the clocks of the event's zone.</summary>
public static class EventTimes
{
    /// <summary>A day and a time: 2026年7月17日 09:00.</summary>
    public static string Moment(this IStringLocalizer<EventsText> words, DateTimeOffset moment, string zone) =>
        On(moment, zone).ToString(words["Format.Moment"], CultureInfo.CurrentUICulture);

    /// <summary>From when to when; the day once, where it is the same.</summary>
    public static string Span(this IStringLocalizer<EventsText> words, DateTimeOffset starts, DateTimeOffset ends, string zone) =>
        On(starts, zone).Date == On(ends, zone).Date
            ? words["Format.Span", words.Moment(starts, zone), On(ends, zone).ToString("HH:mm", CultureInfo.InvariantCulture)]
            : words["Format.Span", words.Moment(starts, zone), words.Moment(ends, zone)];

    private static DateTimeOffset On(DateTimeOffset moment, string zone) =>
        TimeZoneInfo.ConvertTime(moment, TimeZoneInfo.FindSystemTimeZoneById(zone));
}
