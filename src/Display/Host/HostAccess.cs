using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Display.Host;

/// <summary>To lead through the event in the address.</summary>
public sealed class HostRequirement : IAuthorizationRequirement;

/// <summary>
/// Lets in an account within whose reach the event lies and that may change it, and whoever has opened a host link of
/// the event. The link's secret stays with the helper in a cookie, and every request looks it up anew: a link that was
/// revoked ends with the next one.
/// </summary>
public sealed class HostAccess(CampaignDbFactory dbFactory, StoreGate gate, TimeProvider time) : AuthorizationHandler<HostRequirement>
{
    /// <summary>A link is sent out some days before the event and used again for the last rehearsal.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, HostRequirement requirement)
    {
        if (context.Resource is HttpContext http && EventCode.TryParse(http.GetRouteValue("code") as string, out var code)
            && (await IsOrganizerAsync(http, code) || await OpensAsync(code, http.Request.Cookies[CookieOf(code)], http.RequestAborted)))
            context.Succeed(requirement);
    }

    /// <summary><c>/host/{code}/{secret}</c>: keeps the secret with the helper and takes it out of the address.</summary>
    public async Task<IResult> EnterAsync(string code, string secret, HttpContext http)
    {
        if (!EventCode.TryParse(code, out var known) || !await OpensAsync(known, secret, http.RequestAborted))
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        http.Response.Cookies.Append(CookieOf(known), secret, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            Expires = time.GetUtcNow() + Kept,
            Path = "/host",
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

    private async Task<bool> OpensAsync(string code, string? secret, CancellationToken cancellationToken)
    {
        if (secret is null)
            return false;
        var hash = HostLink.HashOf(secret);
        return await gate.ReadAsync(
            (db, cancelled) => db.HostLinks.AnyAsync(
                link => link.SecretHash == hash && link.RevokedAt == null && db.Events.Any(e => e.Id == link.EventId && e.Code == code),
                cancelled),
            cancellationToken);
    }

    /// <summary>One for each event: a helper may lead through two.</summary>
    private static string CookieOf(string code) => $"host-{code}";
}
