using Microsoft.Extensions.Localization;

namespace SafetyCampaign.Desk;

/// <summary>How long to wait, in words: seconds up to two minutes, then minutes; rounded up.</summary>
public static class WaitWords
{
    public static string Wait(this IStringLocalizer<DeskText> localizer, TimeSpan wait)
    {
        var seconds = Math.Max(2, (int)Math.Ceiling(wait.TotalSeconds));
        return seconds <= 120 ? localizer["Wait.Seconds", seconds] : localizer["Wait.Minutes", (int)Math.Ceiling(wait.TotalMinutes)];
    }
}
