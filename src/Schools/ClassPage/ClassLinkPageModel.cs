using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Schools.ClassLinks;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.ClassPage;

/// <summary>What the pages of a class teacher share. The address is the only credential.</summary>
/// <param name="Access">Which link it is, and what it opens.</param>
/// <param name="Coverage">The class.</param>
/// <param name="Audit">Told of every opening.</param>
/// <param name="Clock">By which signing is open or not.</param>
public sealed record ClassPageDependencies(ClassLinkAccess Access, ClassCoverageReader Coverage, AuditLog Audit, ClockCheck Clock);

/// <summary>
/// A page under the secret address of a class link. Opening it spends nothing, so a messenger's preview does no harm; every opening is
/// in the audit log.
/// </summary>
/// <remarks>No antiforgery token: a forged request would need the secret address.</remarks>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
public abstract class ClassLinkPageModel(ClassPageDependencies dependencies) : PageModel
{
    /// <summary>The code of the event, where the link opens several.</summary>
    [BindProperty(SupportsGet = true, Name = "event")]
    public string? AskedEvent { get; set; }

    public ClassLink Link { get; private set; } = null!;

    /// <summary>All that the link opens.</summary>
    public IReadOnlyList<PublishedEvent> Events { get; private set; } = [];

    /// <summary>Null where one of several is to be chosen first.</summary>
    public PublishedEvent? Event { get; private set; }

    public PublishedClass Class => (Event ?? Events[0]).ClassOf(Link.ClassId)!;

    public ClassCoverage Coverage { get; private set; } = new([], 0);

    public SigningStatus Signing => Event!.SigningAt(dependencies.Clock.Now);

    /// <summary>Of this page's own path: with the event where the link opens several.</summary>
    public string Address(string under = "", string? code = null)
    {
        var chosen = code ?? (Events.Count > 1 ? Event?.Code : null);
        return $"/class/{RouteData.Values["secret"]}{under}{(chosen is null ? "" : $"?event={chosen}")}";
    }

    /// <summary>The same for a form: the handler beside the event.</summary>
    public string FormAddress(string handler) =>
        Address() is var page && page.Contains('?') ? $"{page}&handler={handler}" : $"{page}?handler={handler}";

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Response.Headers["X-Robots-Tag"] = "noindex";
        var cancellationToken = HttpContext.RequestAborted;
        if (await dependencies.Access.FindAsync((string?)RouteData.Values["secret"], cancellationToken) is not { } link
            || link.RevokedAt is not null)
        {
            context.Result = NotFound();
            return;
        }
        (Link, Events) = (link, await dependencies.Access.EventsAsync(link, cancellationToken));
        if (!dependencies.Access.IsOpen(link) || Events.Count == 0)
        {
            context.Result = StatusCode(StatusCodes.Status410Gone);
            return;
        }
        Event = Events.Count == 1 ? Events[0]
            : EventCode.TryParse(AskedEvent, out var code) ? Events.FirstOrDefault(e => e.Code == code) : null;
        await next();
    }

    /// <summary>Reads the class for the page, and tells the audit log.</summary>
    protected async Task OpenAsync()
    {
        if (Event is not null)
            Coverage = await dependencies.Coverage.ReadAsync(Event, Link.ClassId, HttpContext.RequestAborted);
        await OpenAsync(AuditReason.ClassCoverage, Coverage.Pupils.Count);
    }

    /// <summary>Tells the audit log of an opening, and of the names that are shown.</summary>
    protected async Task OpenAsync(AuditReason reason, int names)
    {
        await dependencies.Audit.WriteAsync(db =>
        {
            var opened = db.AuditEvent(AuditAction.ClassLinkOpened, (Event ?? Events[0]).Id, AuditActor.Program);
            (opened.ClassId, opened.Detail) = (Link.ClassId, $"{Link.Id}");
            if (names == 0)
                return opened;
            var viewed = db.AuditEvent(AuditAction.NamesViewed, Event!.Id, AuditActor.Program, reason, names);
            (viewed.ClassId, viewed.Detail) = (Link.ClassId, $"{Link.Id}");
            return viewed;
        }, HttpContext.RequestAborted);
    }
}
