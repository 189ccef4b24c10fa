using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Display.Host;

/// <summary>To lead through the event in the address.</summary>
public sealed class HostRequirement : IAuthorizationRequirement;

/// <summary>
/// Lets in an account within whose access scope the event lies and that may change it, and whoever has opened a host link of
/// the event. The link's secret stays with the helper in a cookie, and every request looks it up anew: a link that was
/// revoked ends with the next one, and all of them with the event (<see cref="CampaignEvent.HostLinksUntil"/>), by the clock that
/// decides whether signing is open (<see cref="ClockCheck.Now"/>).
/// </summary>
public sealed class HostAccess(CampaignDbFactory dbFactory, StoreGate gate, AuditLog audit, ClockCheck clock)
    : AuthorizationHandler<HostRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, HostRequirement requirement)
    {
        if (context.Resource is HttpContext http && EventCode.TryParse(http.GetRouteValue("code") as string, out var code)
            && await ActorAsync(http, code) is { } actor)
        {
            http.Features.Set(actor);
            context.Succeed(requirement);
        }
    }

    /// <summary>How long a browser keeps the secret of a link that has ended, so that the page can say that it has.</summary>
    private static readonly TimeSpan CookieAfterEnd = TimeSpan.FromDays(30);

    /// <summary>Who hosts in this request, once it has been let in: an account, or a host link.</summary>
    public static AuditActor ActorOf(HttpContext http) => http.Features.GetRequiredFeature<AuditActor>();

    /// <summary><c>/host/{code}/{secret}</c>: keeps the secret with the helper and takes it out of the address.</summary>
    public async Task<IResult> EnterAsync(string code, string secret, HttpContext http)
    {
        if (!EventCode.TryParse(code, out var known) || await FindAsync(known, secret, http.RequestAborted) is not { } found)
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        if (!IsOpen(found, http))
            return Results.StatusCode(StatusCodes.Status410Gone);
        await audit.WriteAsync(db => db.Audit(AuditAction.HostLinkOpened, found.Link, ActorOf(found.Link)), http.RequestAborted);
        http.Response.Cookies.Append(CookieOf(http, known), secret, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            Expires = found.Until + CookieAfterEnd,
            Path = http.Request.IsHttps ? "/" : "/host", // what the name's prefix asks for
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
        });
        return Results.LocalRedirect($"/host/{known}");
    }

    private async Task<AuditActor?> ActorAsync(HttpContext http, string code)
    {
        if (await IsOrganizerAsync(http, code))
            return http.RequestServices.GetRequiredService<CurrentAccessScope>().Current.Actor;
        return await FindAsync(code, http.Request.Cookies[CookieOf(http, code)], http.RequestAborted) is { } found
            && IsOpen(found, http) ? ActorOf(found.Link) : null;
    }

    /// <summary>Whether a link opens its event now; where it does not, the request is told why.</summary>
    private bool IsOpen(FoundLink found, HttpContext http)
    {
        if (found.Link.RevokedAt is null && found.Until > clock.Now)
            return true;
        http.Features.Set(new EndedHostLink(found.Link.RevokedAt is not null));
        return false;
    }

    private sealed record FoundLink(HostLink Link, DateTimeOffset Until);

    private static AuditActor ActorOf(HostLink link) => new(null, null, link.Id);

    private async Task<bool> IsOrganizerAsync(HttpContext http, string code)
    {
        var accessScope = http.RequestServices.GetRequiredService<CurrentAccessScope>().Current;
        if (!accessScope.MayWrite)
            return false;
        await using var db = dbFactory.Open(accessScope);
        return await db.Events.AnyAsync(e => e.Code == code, http.RequestAborted);
    }

    /// <summary>The link whose secret it is, revoked or not, and until when it opens the event; null where there is none.</summary>
    private async Task<FoundLink?> FindAsync(string code, string? secret, CancellationToken cancellationToken)
    {
        if (secret is null)
            return null;
        var hash = LinkSecret.HashOf(secret);
        var found = await gate.ReadAsync((db, cancelled) => (
            from link in db.HostLinks.AsNoTracking()
            where link.SecretHash == hash
            join e in db.Events on link.EventId equals e.Id
            where e.Code == code
            select new { Link = link, e.EndsAt, e.HomeSigningUntil, e.TimeZone }).SingleOrDefaultAsync(cancelled), cancellationToken);
        return found is null
            ? null
            : new FoundLink(found.Link, CampaignEvent.HostLinksEnd(found.EndsAt, found.HomeSigningUntil, found.TimeZone));
    }

    /// <summary>One for each event: a helper may lead through two.</summary>
    private static string CookieOf(HttpContext http, string code) => HostPrefixedCookie.NameFor(http, $"host-{code}");
}
