using Microsoft.AspNetCore.Authorization;
using SafetyCampaign.Desk;
using SafetyCampaign.Drawing.Report;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Records.Report;

/// <summary>The activity report of an event, to read, to print and to copy figures from.</summary>
[Authorize(Policy = Policies.Read)]
public sealed class ReportPage(DeskPageDependencies desk, ReportWriter writer) : EventPageModel(desk)
{
    public ReportContent Report { get; private set; } = null!;

    public async Task OnGetAsync() => Report =
        await writer.WriteAsync((await Published.FindAsync(Event.Id, HttpContext.RequestAborted))!.Localized(), HttpContext.RequestAborted);
}
