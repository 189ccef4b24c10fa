using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Desk;

/// <summary>To see names and handwriting of the event in the address.</summary>
internal sealed class NamesRequirement : IAuthorizationRequirement;

/// <summary>
/// Organizers and administrators need no further right: whether the event lies within their reach the page finds out. An
/// observer needs a <see cref="NamesGrant"/> that holds now, which is looked up at every request.
/// </summary>
internal sealed class NamesAccess(TimeProvider time) : AuthorizationHandler<NamesRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, NamesRequirement requirement)
    {
        if (context.User.MayOrganize()
            || (context.Resource is HttpContext http && EventCode.TryParse(http.GetRouteValue("code") as string, out var code)
                && await IsGrantedAsync(http.RequestServices.GetRequiredService<CampaignDb>(), code, http.RequestAborted)))
            context.Succeed(requirement);
    }

    private async Task<bool> IsGrantedAsync(CampaignDb db, string code, CancellationToken cancellationToken)
    {
        if (db.AccessScope.Account is not { } account)
            return false;
        var now = time.GetUtcNow();
        return await db.NamesGrants.AnyAsync(grant => grant.OrganizerId == account && grant.RevokedAt == null && grant.Until > now
            && db.Events.Any(e => e.Code == code && e.Organization.Path.StartsWith(grant.Organization.Path)), cancellationToken);
    }
}
