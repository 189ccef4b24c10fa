using System.Globalization;
using System.Text.RegularExpressions;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Backups;

/// <summary>When backups are made without being asked for, where they lie and how many are kept.</summary>
/// <param name="Daily">The time of day in the event's zone; null where the interval counts.</param>
/// <param name="Interval">Between two; null where the time of day counts. With neither there are none.</param>
/// <param name="Text">As it was set.</param>
/// <param name="Folder">Where they lie.</param>
/// <param name="Keep">How many; the oldest goes when there is one more.</param>
public sealed partial record BackupScheduleSettings(TimeOnly? Daily, TimeSpan? Interval, string Text, string Folder, int Keep)
{
    private const string ScheduleSetting = "Backup:Schedule";
    private const string FolderSetting = "Backup:Folder";
    private const string KeepSetting = "Backup:Keep";
    private const int UsualKeep = 7;
    private const int MaxKeep = 1000;

    /// <summary>Whether backups are asked for, rightly or not.</summary>
    public static bool IsConfigured(IConfiguration configuration) => configuration[ScheduleSetting] is { Length: > 0 };

    public bool IsOn => Daily is not null || Interval is not null;

    /// <exception cref="InvalidOperationException">Says which setting to change.</exception>
    public static BackupScheduleSettings Read(IConfiguration configuration, DataFolder data)
    {
        var text = configuration[ScheduleSetting] ?? "";
        var (daily, interval) = ReadSchedule(text);
        if ((daily, interval) != (null, null) && DatabaseSettings.Postgres(configuration) is not null)
            throw new InvalidOperationException(
                $"{ScheduleSetting} is set, but the data lies in PostgreSQL: take {ScheduleSetting} away and back the server up with its "
                    + "own tools, for example pg_dump.");
        var folder = Path.GetFullPath(configuration[FolderSetting] is { Length: > 0 } set ? set : "backups", data.Path);
        return new BackupScheduleSettings(daily, interval, text, folder, ReadKeep(configuration[KeepSetting]));
    }

    /// <summary>Whether one is to be made now.</summary>
    /// <param name="last">When the last one was made; null where there is none.</param>
    /// <param name="now">By the program's clock.</param>
    internal bool IsDue(DateTimeOffset? last, DateTimeOffset now)
    {
        // A backup from the future was made by a wrong clock, and says nothing of the last one.
        if (last is null || last > now)
            return true;
        if (Interval is { } interval)
            return now - last >= interval;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(CampaignEvent.DefaultZone);
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        var at = new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(today + Daily!.Value.ToTimeSpan(), zone));
        return last < (at <= now ? at : at.AddDays(-1));
    }

    private static (TimeOnly? Daily, TimeSpan? Interval) ReadSchedule(string text)
    {
        if (text == "")
            return (null, null);
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var daily))
            return (daily, null);
        if (EveryPattern().Match(text) is { Success: true } every
            && int.Parse(every.Groups[1].Value, CultureInfo.InvariantCulture) is > 0 and var count)
            return (null, every.Groups[2].Value switch
            {
                "m" => TimeSpan.FromMinutes(count),
                "h" => TimeSpan.FromHours(count),
                _ => TimeSpan.FromDays(count),
            });
        throw new InvalidOperationException(
            $"{ScheduleSetting} is \"{text}\". Set it to a time of day (02:30) or to an interval (30m, 6h, 1d).");
    }

    private static int ReadKeep(string? text) => text switch
    {
        null or "" => UsualKeep,
        _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var keep) && keep is > 0 and <= MaxKeep => keep,
        _ => throw new InvalidOperationException($"{KeepSetting} is \"{text}\". Set it to a number from 1 to {MaxKeep}."),
    };

    [GeneratedRegex(@"^(\d{1,4})([mhd])$")]
    private static partial Regex EveryPattern();
}
