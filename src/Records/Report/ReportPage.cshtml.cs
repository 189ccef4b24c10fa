using Microsoft.AspNetCore.Authorization;
using SafetyCampaign.Desk;
using SafetyCampaign.Drawing.Report;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Records.Report;

/// <summary>The activity report of an event, to read, to print and to copy figures from.</summary>
[Authorize(Policy = Policies.Read)]
public sealed class ReportPage(DeskPageDependencies desk, ReportWriter writer, IAuthorizationService authorization)
    : EventPageModel(desk)
{
    public ReportContent Report { get; private set; } = null!;

    public bool MayEdit { get; private set; }

    public async Task OnGetAsync()
    {
        var e = (await Published.FindAsync(Event.Id, HttpContext.RequestAborted))!.Localized();
        Report = await writer.WriteAsync(e, HttpContext.RequestAborted);
        MayEdit = (await authorization.AuthorizeAsync(User, HttpContext, Policies.Organize)).Succeeded;
    }
}
