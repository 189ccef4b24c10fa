using Microsoft.AspNetCore.Authorization;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Lists;

/// <summary>What can be taken out of an event.</summary>
[Authorize(Policy = Policies.Read)]
public sealed class RecordsPage(DeskPageDependencies desk, IAuthorizationService authorization, PledgeList pledges)
    : EventPageModel(desk)
{
    public PublishedEvent Public { get; private set; } = null!;

    public int Pledges { get; private set; }

    public bool MayReadNames { get; private set; }

    public async Task OnGetAsync()
    {
        Public = (await Published.FindAsync(Event.Id, HttpContext.RequestAborted))!.Localized();
        Pledges = await pledges.CountAsync(Event.Id, new SignerFilter(), HttpContext.RequestAborted);
        MayReadNames = (await authorization.AuthorizeAsync(User, HttpContext, Policies.ReadNames)).Succeeded;
    }
}
