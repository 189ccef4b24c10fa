using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Intake;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>Names, relation and class as they ought to read; the signatures stay as they are.</summary>
public sealed class CorrectPage(
    Receipts receipts, PledgeLedger ledger, PublishedEvents events, IStringLocalizer<ReceiptText> localizer,
    IStringLocalizer<IntakeText> lines)
    : ReceiptPageModel(receipts, events, localizer)
{
    private CorrectionValidator check = null!;

    [BindProperty]
    public CorrectionForm Form { get; set; } = new();

    public bool AsksForClass(int signer) => check.AsksForClass(signer);

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        check = new CorrectionValidator(Event, Signed);
        if (Signed.WithdrawnAt is not null || Signed.ErasedAt is not null) // nothing is left to correct
            context.Result = Redirect(Address);
    }

    public void OnGet() => Form = CorrectionForm.Of(Signed);

    public async Task<IActionResult> OnPostAsync()
    {
        if (Form.Signers.Count != Signed.Signers.Count)
            Form = CorrectionForm.Of(Signed); // not sent by this page
        ModelState.Clear(); // what could not be read is missing, and missing has words of its own
        return check.Read(Form, (field, line) => ModelState.AddModelError($"{nameof(Form)}.{field}", lines[line])) is { } corrections
            ? await ActAsync(() => ledger.CorrectAsync(Signed.Receipt.Sequence, corrections))
            : PageWithStatus(StatusCodes.Status400BadRequest);
    }
}
