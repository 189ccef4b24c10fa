using Microsoft.AspNetCore.Authorization;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Texts.List;

/// <summary>The pledge texts of a campaign: for each role the current version and its history.</summary>
[Authorize(Policy = Policies.Read)]
public sealed class CampaignTextsPage(CampaignDb db) : CampaignPageModel(db)
{
    public void OnGet()
    {
    }
}
