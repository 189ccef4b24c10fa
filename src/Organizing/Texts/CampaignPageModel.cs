using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Texts;

/// <summary>A page about the pledge texts or the rules of the campaign whose id stands in the address. One outside the access scope is not there.</summary>
public abstract class CampaignPageModel(CampaignDb db) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    /// <summary>Said on the next page: the key of a sentence about what has just been done.</summary>
    [TempData]
    public string? Done { get; set; }

    /// <summary>The code of the event from whose page somebody came.</summary>
    [BindProperty(SupportsGet = true, Name = "event")]
    public string? From { get; set; }

    protected CampaignDb Db => db;

    public Campaign Campaign { get; private set; } = null!;

    /// <summary>A role's versions, the current one first.</summary>
    public List<PledgeText> VersionsFor(SignerRole role) => [.. Campaign.Texts.Where(t => t.Role == role).OrderByDescending(t => t.Version)];

    /// <summary>The event to go back to: the one somebody came from, or the only one there is.</summary>
    public CampaignEvent? CameFrom => Campaign.Events.Count == 1 ? Campaign.Events[0] : Campaign.Events.FirstOrDefault(e => e.Code == From);

    /// <summary>The list of the campaign's texts.</summary>
    public string Address => AddressOf("");

    /// <summary>Where the rules on children's personal data are settled.</summary>
    public string RulesAddress => $"/organize/campaigns/{Id}/rules{Query}";

    public string AddressOf(SignerRole role, string page) => AddressOf($"/{role.WireName()}/{page}");

    private string AddressOf(string page) =>
        $"/organize/campaigns/{Id}/texts{page}{Query}";

    private string Query => From is { Length: > 0 } && CameFrom is { } e ? $"?event={e.Code}" : "";

    public static bool HasLiabilityLine(PledgeWording wording) =>
        wording.Closing.Contains(OfficialTexts.LiabilityLine) || wording.Clauses.Any(c => c.Contains(OfficialTexts.LiabilityLine));

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var found = await db.Campaigns.Include(c => c.Texts).Include(c => c.Rules).Include(c => c.Organization).Include(c => c.Events.OrderByDescending(e => e.StartsAt))
            .AsSplitQuery().SingleOrDefaultAsync(c => c.Id == Id);
        var isRole = RouteData.Values["role"] is not string role || Enum.TryParse<SignerRole>(role, ignoreCase: true, out _);
        if (found is null || !isRole)
        {
            context.Result = NotFound();
            return;
        }
        Campaign = found;
        await next();
    }
}
