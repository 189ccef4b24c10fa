using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Drawing.Report;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Records.AuditPack;

/// <summary>The yearly audit pack, to read, to print, and to take out.</summary>
[Authorize(Policy = Policies.Administer)]
public sealed class AuditPackPage(DeskPageDependencies desk, AuditPackReader reader, TimeProvider time) : DeskPageModel(desk)
{
    /// <summary>The first year of this program.</summary>
    public const int FirstYear = 2026;

    [BindProperty(SupportsGet = true, Name = "year")]
    public string? Asked { get; set; }

    public int Year { get; private set; }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<int> Years { get; private set; } = [];

    public IReadOnlyList<TableSection> Sections { get; private set; } = [];

    /// <summary>In January the year before is filed; what cannot be read is the usual year.</summary>
    public static int YearOf(string? asked, DateOnly today) => int.TryParse(asked, out var year) && year >= FirstYear && year <= today.Year
        ? year
        : today.Month == 1 ? Math.Max(FirstYear, today.Year - 1) : today.Year;

    public async Task OnGetAsync()
    {
        var today = time.GetUtcNow().DayIn(CampaignEvent.DefaultZone);
        Year = YearOf(Asked, today);
        Years = [.. Enumerable.Range(FirstYear, Math.Max(1, today.Year - FirstYear + 1)).Reverse()];
        Sections = await reader.ReadAsync(Year, HttpContext.RequestAborted);
    }
}
