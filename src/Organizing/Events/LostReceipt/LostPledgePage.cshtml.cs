using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Intake;
using SafetyCampaign.Layout;
using SafetyCampaign.Ledger;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.LostReceipt;

/// <summary>
/// One pledge, opened for a family that has lost its receipt: the same acts of the ledger as on the receipt, done by an
/// organizer. Its address says who asked; each step is on record.
/// </summary>
[Authorize(Policy = Policies.Organize)]
public sealed class LostPledgePage(
    DeskPageDependencies desk, Receipts receipts, PledgeLedger ledger,
    IStringLocalizer<LostReceiptText> localizer, IStringLocalizer<IntakeText> lines) : EventPageModel(desk)
{
    private CorrectionValidator validator = null!;
    private AskedBy askedBy;

    [BindProperty(SupportsGet = true)]
    public string Asked { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public long Pledge { get; set; }

    [BindProperty]
    public CorrectionForm Form { get; set; } = new();

    /// <summary>The event as phones see it, classes outside this account's access scope included.</summary>
    public PublishedEvent Public { get; private set; } = null!;

    public SignedReceipt Signed { get; private set; } = null!;

    /// <summary>It came after signing had ended, within the event's grace.</summary>
    public bool IsLate { get; private set; }

    public string AskedWords => localizer[$"Asked.{askedBy}"];

    public string Address => DeskRoutes.LostPledge(Event.Code, askedBy.WireName(), Pledge);

    public string Names => string.Join(localizer["Comma"], Signed.Signers.Select(s => s.ShownName));

    public bool AsksForClass(int signer) => validator.AsksForClass(signer);

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
            IsLate = await Db.SigningFlags.AnyAsync(
                f => f.Sequence == signed.Receipt.Sequence && (f.Flags & SigningFlags.AfterClosing) != 0, HttpContext.RequestAborted);
            validator = new CorrectionValidator(Public, Signed);
            if (Form.Signers.Count != Signed.Signers.Count) // what this page shows, and what another button than saving sends
                Form = CorrectionForm.Of(Signed);
            return await next();
        });
    }

    public async Task OnGetAsync()
    {
        var line = Db.Audit(AuditAction.NamesViewed, Event, AuditReason.LostReceipt, Signed.Signers.Count);
        (line.ClassId, line.Detail) = (Signed.ClassId, askedBy.WireName());
        await Db.SaveChangesAsync(HttpContext.RequestAborted);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        ModelState.Clear(); // what could not be read is missing, and missing has words of its own
        if (validator.Read(Form, (field, line) => ModelState.AddModelError($"{nameof(Form)}.{field}", lines[line])) is not { } corrections)
            return Page();
        var changed = await ledger.CorrectAsync(Pledge, corrections, User.AccountId(), Line(AuditAction.PledgeCorrected));
        Done = localizer[changed ? "Done.Corrected" : "Done.Unchanged"];
        return Redirect(Address);
    }

    public async Task<IActionResult> OnPostEraseAsync()
    {
        await ledger.EraseAsync(Pledge, User.AccountId(), Line(AuditAction.PledgeErased));
        return ToSearch("Done.Erased");
    }

    public async Task<IActionResult> OnPostWithdrawAsync()
    {
        await ledger.WithdrawAsync(Pledge, User.AccountId(), Line(AuditAction.PledgeWithdrawn));
        return ToSearch("Done.Withdrawn");
    }

    private RedirectResult ToSearch(string done)
    {
        Done = localizer[done];
        return Redirect(DeskRoutes.LostReceipt(Event.Code));
    }

    private AuditEntry Line(AuditAction action)
    {
        var line = AuditLine(action, AuditReason.LostReceipt, Signed.Signers.Count);
        (line.ClassId, line.Detail) = (Signed.ClassId, askedBy.WireName());
        return line;
    }
}
