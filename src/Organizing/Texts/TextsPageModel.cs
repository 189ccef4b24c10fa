using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;

namespace SafetyCampaign.Organizing.Texts;

/// <summary>A page about the pledge texts of the campaign whose id stands in the address.</summary>
public abstract class TextsPageModel(DeskPageDependencies dependencies) : CampaignPageModel(dependencies)
{
    /// <summary>A role's versions, the current one first.</summary>
    public List<PledgeText> VersionsFor(SignerRole role) =>
        [.. Campaign.Texts.Where(t => t.Role == role).OrderByDescending(t => t.Version)];

    /// <summary>The list of the campaign's texts.</summary>
    public string Address => DeskRoutes.CampaignTexts(Id, FromCode);

    /// <summary>Where the campaign is called otherwise.</summary>
    public string TitleAddress => DeskRoutes.CampaignTitle(Id, FromCode);

    /// <summary>Where the next version of a role's text is written.</summary>
    public string EditAddress(SignerRole role) => DeskRoutes.EditText(Id, role, FromCode);

    /// <summary>Where one version of a role's text is read.</summary>
    public string VersionAddress(SignerRole role, int version) => DeskRoutes.TextVersion(Id, role, version, FromCode);

    protected override IQueryable<Campaign> With(IQueryable<Campaign> campaigns) => campaigns.Include(c => c.Texts);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (RouteData.Values["role"] is string role && !Enum.TryParse<SignerRole>(role, ignoreCase: true, out _))
            context.Result = NotFound();
        else
            await base.OnPageHandlerExecutionAsync(context, next);
    }
}
