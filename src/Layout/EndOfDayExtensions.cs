using Microsoft.Extensions.Localization;

namespace SafetyCampaign.Layout;

/// <summary>
/// How the end of something is written. The midnight that ends a day is 24:00 of it and not 00:00 of the next, which
/// readers take for a day more.
/// </summary>
public static class EndOfDayExtensions
{
    /// <summary>A sentence whose first fact is an end.</summary>
    /// <param name="localizer">Has the sentence.</param>
    /// <param name="key">Its key; it writes the fact with <c>HH:mm</c>.</param>
    /// <param name="local">On the clocks of the event's zone.</param>
    public static string Until(this IStringLocalizer localizer, string key, DateTimeOffset local) =>
        local.WriteAsEnd(moment => localizer[key, moment]);

    /// <summary>An end as <paramref name="write"/> writes a moment, with hours and minutes.</summary>
    public static string WriteAsEnd(this DateTimeOffset local, Func<DateTimeOffset, string> write) =>
        local.TimeOfDay == TimeSpan.Zero
            ? write(local.AddMinutes(-1)).Replace("23:59", "24:00", StringComparison.Ordinal)
            : write(local);
}
