using System.Globalization;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Desk;

/// <summary>A page about the organization whose id stands in the address. One outside the access scope is answered with 404.</summary>
public abstract class OrganizationPageModel(DeskPageDependencies dependencies) : DeskPageModel(dependencies)
{
    public Organization Organization { get; private set; } = null!;

    /// <summary>Adds what the page shows beside the organization, and leaves out organizations that it is not about.</summary>
    protected virtual IQueryable<Organization> With(IQueryable<Organization> organizations) => organizations;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var id = int.Parse((string)RouteData.Values["id"]!, CultureInfo.InvariantCulture);
        if (await With(Db.Organizations).SingleOrDefaultAsync(o => o.Id == id, HttpContext.RequestAborted) is not { } found)
        {
            context.Result = NotFound();
            return;
        }
        Organization = found;
        await next();
    }
}
