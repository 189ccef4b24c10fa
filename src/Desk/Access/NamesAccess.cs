using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Desk;

/// <summary>To see names and handwriting of the event, or the names of the school, in the address.</summary>
internal sealed class NamesRequirement : IAuthorizationRequirement;

/// <summary>
/// Organizers and administrators need no further right: whether the event lies within their access scope the page finds out. An
/// observer needs a <see cref="NamesGrant"/> that holds now, which is looked up at every request.
/// </summary>
internal sealed class NamesAccess(ClockCheck clock) : AuthorizationHandler<NamesRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, NamesRequirement requirement)
    {
        if (context.User.MayOrganize()
            || (context.Resource is HttpContext http
                && await IsGrantedAsync(http.RequestServices.GetRequiredService<CampaignDb>(), http, http.RequestAborted)))
            context.Succeed(requirement);
    }

    private async Task<bool> IsGrantedAsync(CampaignDb db, HttpContext http, CancellationToken cancellationToken)
    {
        if (db.AccessScope.Account is not { } account)
            return false;
        var now = clock.Latest;
        var grants = db.NamesGrants.Where(grant => grant.OrganizerId == account && grant.RevokedAt == null && grant.Until > now);
        if (EventCode.TryParse(http.GetRouteValue("code") as string, out var code))
            return await grants.AnyAsync(grant => db.Events.Any(
                e => e.Code == code && e.Organization.Path.StartsWith(grant.Organization.Path)), cancellationToken);
        return int.TryParse(http.GetRouteValue("id") as string, out var id) && await grants.AnyAsync(grant => db.Organizations.Any(
            school => school.Id == id && school.Path.StartsWith(grant.Organization.Path)), cancellationToken);
    }
}
