using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Organizing.Texts.List;

/// <summary>The pledge texts of a campaign: for each role the current version and its history.</summary>
[Authorize(Policy = Policies.Read)]
public sealed class CampaignTextsPage(DeskPageDependencies desk) : TextsPageModel(desk)
{
    /// <summary>The same organization's other campaigns, the newest first.</summary>
    public List<Campaign> Others { get; private set; } = [];

    public async Task OnGetAsync() => Others = await Db.Campaigns
        .Where(c => c.OrganizationId == Campaign.OrganizationId && c.Id != Id).OrderByDescending(c => c.Id).ToListAsync();
}
