using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Display.Host;

/// <summary>To lead through the event in the address.</summary>
public sealed class HostRequirement : IAuthorizationRequirement;

/// <summary>
/// Lets in an account within whose reach the event lies and that may change it, and whoever has opened a host link of
/// the event. The link's secret stays with the helper in a cookie, and every request looks it up anew: a link that was
/// revoked ends with the next one, and all of them with the event (<see cref="CampaignEvent.HostLinksUntil"/>).
/// </summary>
public sealed class HostAccess(CampaignDbFactory dbFactory, TimeProvider time) : AuthorizationHandler<HostRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, HostRequirement requirement)
    {
        if (context.Resource is HttpContext http && EventCode.TryParse(http.GetRouteValue("code") as string, out var code)
            && (await IsOrganizerAsync(http, code)
                || await UntilAsync(code, http.Request.Cookies[CookieOf(http, code)], http.RequestAborted) > time.GetUtcNow()))
            context.Succeed(requirement);
    }

    /// <summary><c>/host/{code}/{secret}</c>: keeps the secret with the helper and takes it out of the address.</summary>
    public async Task<IResult> EnterAsync(string code, string secret, HttpContext http)
    {
        if (!EventCode.TryParse(code, out var known) || await UntilAsync(known, secret, http.RequestAborted) is not { } until)
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        if (until <= time.GetUtcNow())
            return Results.StatusCode(StatusCodes.Status410Gone);
        http.Response.Cookies.Append(CookieOf(http, known), secret, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            Expires = until,
            Path = http.Request.IsHttps ? "/" : "/host", // what the name's prefix asks for
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
        });
        return Results.LocalRedirect($"/host/{known}");
    }

    private async Task<bool> IsOrganizerAsync(HttpContext http, string code)
    {
        var accessScope = http.RequestServices.GetRequiredService<CurrentAccessScope>().Current;
        if (!accessScope.MayWrite)
            return false;
        await using var db = dbFactory.Open(accessScope);
        return await db.Events.AnyAsync(e => e.Code == code, http.RequestAborted);
    }

    /// <summary>Until when the secret opens the event; null where it does not, or was revoked.</summary>
    private async Task<DateTimeOffset?> UntilAsync(string code, string? secret, CancellationToken cancellationToken)
    {
        if (secret is null)
            return null;
        var hash = HostLink.HashOf(secret);
        await using var db = dbFactory.Open();
        var found = await (
            from link in db.HostLinks
            where link.SecretHash == hash && link.RevokedAt == null
            join e in db.Events on link.EventId equals e.Id
            where e.Code == code
            select new { e.EndsAt, e.HomeSigningUntil, e.TimeZone }).SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : CampaignEvent.HostLinksEnd(found.EndsAt, found.HomeSigningUntil, found.TimeZone);
    }

    /// <summary>One for each event: a helper may lead through two.</summary>
    private static string CookieOf(HttpContext http, string code) => HostPrefixedCookie.NameFor(http, $"host-{code}");
}
