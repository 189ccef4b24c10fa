using System.Globalization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;

namespace SafetyCampaign.Records.RollUp;

/// <summary>Of which events the roll-up adds up the numbers: those that begin on one of these days, in China.</summary>
/// <param name="Name">How the address says it: <c>summer</c>, <c>year</c> or <c>days</c>.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
public sealed record RollUpPeriod(string Name, DateOnly From, DateOnly To)
{
    public const string Summer = "summer";
    public const string Year = "year";
    public const string Days = "days";

    /// <summary>1 June to 30 September: the season in which schools are out and waters are warm (docs/domain.md 3).</summary>
    private static readonly (int First, int Last) SummerMonths = (6, 9);

    /// <summary>UTC.</summary>
    public DateTimeOffset Begins => From.BeginsIn(CampaignEvent.DefaultZone);

    /// <summary>UTC; no longer in it.</summary>
    public DateTimeOffset Ends => To.AddDays(1).BeginsIn(CampaignEvent.DefaultZone);

    /// <summary>As a query string, to go on from here or to export.</summary>
    public string Query => Name == Days
        ? string.Create(CultureInfo.InvariantCulture, $"?period={Name}&from={From:yyyy-MM-dd}&to={To:yyyy-MM-dd}")
        : $"?period={Name}";

    /// <summary>Reads what an address or a form says. What cannot be read is the year until today.</summary>
    /// <param name="isRead">False where days were asked for and are missing, or end before they begin.</param>
    public static RollUpPeriod Read(string? name, string? from, string? to, DateOnly today, out bool isRead)
    {
        isRead = true;
        if (name == Summer)
            return new RollUpPeriod(Summer, new DateOnly(today.Year, SummerMonths.First, 1),
                new DateOnly(today.Year, SummerMonths.Last + 1, 1).AddDays(-1));
        var year = new RollUpPeriod(Year, new DateOnly(today.Year, 1, 1), new DateOnly(today.Year, 12, 31));
        if (name != Days)
            return year;
        isRead = TryRead(from, out var first) & TryRead(to, out var last) && first <= last;
        return isRead ? new RollUpPeriod(Days, first, last) : year;
    }

    private static bool TryRead(string? typed, out DateOnly day) =>
        DateOnly.TryParseExact(typed, FormReader.DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
        && day.Year is >= 2000 and <= 2100;
}
