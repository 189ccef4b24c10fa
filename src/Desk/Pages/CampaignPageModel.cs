using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Desk;

/// <summary>A page about the campaign whose id stands in the address. One outside the access scope is answered with 404.</summary>
public abstract class CampaignPageModel(DeskPageDependencies dependencies) : DeskPageModel(dependencies)
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    /// <summary>The code of the event from whose page somebody came.</summary>
    [BindProperty(SupportsGet = true, Name = "event")]
    public string? From { get; set; }

    /// <summary>With its organization and its events, the newest first.</summary>
    public Campaign Campaign { get; private set; } = null!;

    /// <summary>The event to go back to: the one somebody came from, or the only one there is.</summary>
    public CampaignEvent? CameFrom => Campaign.Events.Count == 1 ? Campaign.Events[0] : Campaign.Events.FirstOrDefault(e => e.Code == From);

    /// <summary>The code for addresses of this campaign, which keep the way back; null where none was asked for.</summary>
    protected string? FromCode => From is { Length: > 0 } ? CameFrom?.Code : null;

    /// <summary>Adds what the page shows beside the campaign, its organization and its events.</summary>
    protected virtual IQueryable<Campaign> With(IQueryable<Campaign> campaigns) => campaigns;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var found = await With(Db.Campaigns.Include(c => c.Organization).Include(c => c.Events.OrderByDescending(e => e.StartsAt)))
            .AsSplitQuery().SingleOrDefaultAsync(c => c.Id == Id);
        if (found is null)
        {
            context.Result = NotFound();
            return;
        }
        Campaign = found;
        await next();
    }
}
