using System.Globalization;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Layout;

namespace SafetyCampaign.Desk;

/// <summary>How the desk writes days and times, on the clocks of the event's zone.</summary>
public static class EventTimes
{
    /// <summary>A day and a time: 2026年7月17日 09:00.</summary>
    public static string Moment(this IStringLocalizer<DeskText> localizer, DateTimeOffset moment, string zone) =>
        On(moment, zone).ToString(localizer["Format.Moment"], CultureInfo.CurrentUICulture);

    /// <summary>The end of something: the midnight that ends a day is its 24:00.</summary>
    public static string End(this IStringLocalizer<DeskText> localizer, DateTimeOffset moment, string zone) =>
        On(moment, zone).WriteAsEnd(end => end.ToString(localizer["Format.Moment"], CultureInfo.CurrentUICulture));

    /// <summary>From when to when; the day once, where it is the same.</summary>
    public static string Span(this IStringLocalizer<DeskText> localizer, DateTimeOffset starts, DateTimeOffset ends, string zone) =>
        localizer["Format.Span", localizer.Moment(starts, zone), On(ends, zone).WriteAsEnd(end => end.ToString(
            On(starts, zone).Date == end.Date ? "HH:mm" : localizer["Format.Moment"], CultureInfo.CurrentUICulture))];

    private static DateTimeOffset On(DateTimeOffset moment, string zone) =>
        TimeZoneInfo.ConvertTime(moment, TimeZoneInfo.FindSystemTimeZoneById(zone));
}
