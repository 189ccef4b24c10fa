using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Intake;
using SafetyCampaign.Ledger;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.LostReceipt;

/// <summary>
/// One pledge, opened for a family that has lost its receipt: the same acts of the ledger as on the receipt, done by an organizer. Each
/// step is on record.
/// </summary>
[Authorize(Policy = Policies.Organize)]
public sealed class LostPledgePage(
    DeskPageDependencies desk, Receipts receipts, PledgeLedger ledger,
    IStringLocalizer<LostReceiptText> localizer, IStringLocalizer<IntakeText> lines) : LostPledgePageModel(desk, receipts, localizer)
{
    private CorrectionValidator validator = null!;

    [BindProperty]
    public CorrectionForm Form { get; set; } = new();

    /// <summary>It came after signing had ended, within the event's grace.</summary>
    public bool IsLate { get; private set; }

    public string Names => string.Join(Words["Comma"], Signed.Signers.Select(s => s.ShownName));

    public bool AsksForClass(int signer) => validator.AsksForClass(signer);

    protected override async Task OnFoundAsync()
    {
        IsLate = await Db.SigningFlags.AnyAsync(
            f => f.Sequence == Signed.Receipt.Sequence && (f.Flags & SigningFlags.AfterClosing) != 0, HttpContext.RequestAborted);
        validator = new CorrectionValidator(Public, Signed);
        if (Form.Signers.Count != Signed.Signers.Count) // what this page shows, and what another button than saving sends
            Form = CorrectionForm.Of(Signed);
    }

    public Task OnGetAsync() => NoteAsync(AuditAction.NamesViewed, Signed.Signers.Count);

    public async Task<IActionResult> OnPostAsync()
    {
        ModelState.Clear(); // what could not be read is missing, and missing has words of its own
        if (validator.Read(Form, (field, line) => ModelState.AddModelError($"{nameof(Form)}.{field}", lines[line])) is not { } corrections)
            return Page();
        var changed = await ledger.CorrectAsync(Pledge, corrections, User.AccountId(), Line(AuditAction.PledgeCorrected));
        Done = Words[changed ? "Done.Corrected" : "Done.Unchanged"];
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
}
