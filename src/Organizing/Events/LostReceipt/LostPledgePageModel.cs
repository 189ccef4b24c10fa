using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.LostReceipt;

/// <summary>A page about one pledge, opened for a family that has lost its receipt. Its address says who asked.</summary>
public abstract class LostPledgePageModel(DeskPageDependencies desk, Receipts receipts, IStringLocalizer<LostReceiptText> localizer)
    : EventPageModel(desk)
{
    private AskedBy askedBy;

    protected IStringLocalizer<LostReceiptText> Words => localizer;

    [BindProperty(SupportsGet = true)]
    public string Asked { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public long Pledge { get; set; }

    /// <summary>The event as phones see it, classes outside this account's access scope included.</summary>
    public PublishedEvent Public { get; private set; } = null!;

    public SignedReceipt Signed { get; private set; } = null!;

    public string AskedWords => localizer[$"Asked.{askedBy}"];

    public string Address => DeskRoutes.LostPledge(Event.Code, askedBy.WireName(), Pledge);

    /// <summary>
    /// Whose part of the pledge may be handed out. Another guardian has a right to what is kept of the child, and not to what the
    /// guardian who signed has written, nor to that guardian's receipt.
    /// </summary>
    public IReadOnlyList<ReceiptSigner> HandedOut =>
        IsOtherGuardian ? [.. Signed.Signers.Where(s => s.Role == SignerRole.Student)] : Signed.Signers;

    public bool IsOtherGuardian => askedBy == AskedBy.OtherGuardian;

    public string ClassName(int? classId) => Public.ClassOf(classId)?.LocalizedFullName() ?? localizer["NoClass"];

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Response.Headers.CacheControl = "no-store";
        await base.OnPageHandlerExecutionAsync(context, async () =>
        {
            Public = (await Published.FindAsync(Event.Id, HttpContext.RequestAborted))!.Localized();
            var signed = await receipts.FindAsync(Event.Id, Pledge, HttpContext.RequestAborted);
            if (!WireNames.TryRead(Asked, out askedBy) || signed is null || signed.Signers.Any(s => s.Name is null))
            {
                context.Result = ToSearch("Done.Gone");
                return new PageHandlerExecutedContext(PageContext, context.Filters, context.HandlerMethod, context.HandlerInstance);
            }
            Signed = signed;
            await OnFoundAsync();
            return await next();
        });
    }

    /// <summary>Reads what the page shows beside the pledge.</summary>
    protected virtual Task OnFoundAsync() => Task.CompletedTask;

    /// <summary>A line that says by whom it was asked for; on disk before the page is sent.</summary>
    protected Task NoteAsync(AuditAction action, int signers)
    {
        var line = Db.Audit(action, Event, AuditReason.LostReceipt, signers);
        (line.ClassId, line.Detail) = (Signed.ClassId, askedBy.WireName());
        return Db.SaveChangesAsync(HttpContext.RequestAborted);
    }

    /// <summary>The same for an act of the ledger.</summary>
    protected AuditEntry Line(AuditAction action)
    {
        var line = AuditLine(action, AuditReason.LostReceipt, Signed.Signers.Count);
        (line.ClassId, line.Detail) = (Signed.ClassId, askedBy.WireName());
        return line;
    }

    protected RedirectResult ToSearch(string done)
    {
        Done = localizer[done];
        return Redirect(DeskRoutes.LostReceipt(Event.Code));
    }
}
