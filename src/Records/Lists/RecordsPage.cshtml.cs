using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Lists;

/// <summary>What can be taken out of an event.</summary>
[Authorize(Policy = Policies.Read)]
public sealed class RecordsPage(DeskPageDependencies desk, IAuthorizationService authorization, PledgeList pledges, ListWording words)
    : EventPageModel(desk)
{
    /// <summary>The class whose lists are taken out; none for all.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Class { get; set; }

    public SignerFilter Filter => new() { Class = Class };

    public PublishedEvent Public { get; private set; } = null!;

    /// <summary>The class that is asked for, in words; null for all.</summary>
    public string? Asked => words.Asked(Filter, Public).FirstOrDefault();

    public int Pledges { get; private set; }

    public bool MayReadNames { get; private set; }

    public async Task OnGetAsync()
    {
        Public = (await Published.FindAsync(Event.Id, HttpContext.RequestAborted))!.Localized();
        Pledges = await pledges.CountAsync(Event.Id, new SignerFilter(), HttpContext.RequestAborted);
        MayReadNames = (await authorization.AuthorizeAsync(User, HttpContext, Policies.ReadNames)).Succeeded;
    }
}
