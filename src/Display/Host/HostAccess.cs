using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;
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
public sealed class HostAccess(CampaignDbFactory dbFactory, AuditLog audit, TimeProvider time) : AuthorizationHandler<HostRequirement>
{
    /// <summary>A link is sent out some days before the event and used again for the last rehearsal.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, HostRequirement requirement)
    {
        if (context.Resource is HttpContext http && EventCode.TryParse(http.GetRouteValue("code") as string, out var code)
            && await ActorAsync(http, code) is { } actor)
        {
            http.Features.Set(actor);
            context.Succeed(requirement);
        }
    }

    /// <summary>Who hosts in this request, once it has been let in: an account, or a host link.</summary>
    public static AuditActor ActorOf(HttpContext http) => http.Features.GetRequiredFeature<AuditActor>();

    /// <summary><c>/host/{code}/{secret}</c>: keeps the secret with the helper and takes it out of the address.</summary>
    public async Task<IResult> EnterAsync(string code, string secret, HttpContext http)
    {
        if (!EventCode.TryParse(code, out var known) || await FindAsync(known, secret, http.RequestAborted) is not { } link)
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        await audit.WriteAsync(db => db.Audit(AuditAction.HostLinkOpened, link, ActorOf(link)), http.RequestAborted);
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

    private async Task<AuditActor?> ActorAsync(HttpContext http, string code)
    {
        if (await IsOrganizerAsync(http, code))
            return http.RequestServices.GetRequiredService<CurrentAccessScope>().Current.Actor;
        return await FindAsync(code, http.Request.Cookies[CookieOf(code)], http.RequestAborted) is { } link ? ActorOf(link) : null;
    }

    private static AuditActor ActorOf(HostLink link) => new(null, null, link.Id);

    private async Task<bool> IsOrganizerAsync(HttpContext http, string code)
    {
        var accessScope = http.RequestServices.GetRequiredService<CurrentAccessScope>().Current;
        if (!accessScope.MayWrite)
            return false;
        await using var db = dbFactory.Open(accessScope);
        return await db.Events.AnyAsync(e => e.Code == code, http.RequestAborted);
    }

    /// <summary>The link whose secret it is, where it may host the event; else null.</summary>
    private async Task<HostLink?> FindAsync(string code, string? secret, CancellationToken cancellationToken)
    {
        if (secret is null)
            return null;
        var hash = HostLink.HashOf(secret);
        await using var db = dbFactory.Open();
        return await db.HostLinks.AsNoTracking().SingleOrDefaultAsync(
            link => link.SecretHash == hash && link.RevokedAt == null && db.Events.Any(e => e.Id == link.EventId && e.Code == code),
            cancellationToken);
    }

    /// <summary>One for each event: a helper may lead through two.</summary>
    private static string CookieOf(string code) => $"host-{code}";
}
