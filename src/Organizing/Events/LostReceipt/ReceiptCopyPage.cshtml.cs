using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Desk;
using SafetyCampaign.Drawing;
using SafetyCampaign.Ledger;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.LostReceipt;

/// <summary>
/// What a family that has lost its receipt takes home (PIPL 45; docs/domain.md 6): the receipt's address as a code to be photographed,
/// and on paper what was signed. Each opening is on record. The address is the one that the family had: it is the record's own, and
/// another device of the family may hold it still.
/// </summary>
[Authorize(Policy = Policies.Organize)]
public sealed class ReceiptCopyPage(
    DeskPageDependencies desk, Receipts receipts, PublicAddress address, IStringLocalizer<LostReceiptText> localizer)
    : LostPledgePageModel(desk, receipts, localizer)
{
    /// <summary>Null for another guardian, and where the row keeps only the hash of the receipt's secret.</summary>
    public (string Address, QrDrawing Qr)? Receipt { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (HandedOut.Count == 0)
            return NotFound();
        if (!IsOtherGuardian && Signed.Receipt.HasAddress)
        {
            var link = address.ReceiptPage(Signed.Receipt.Address);
            Receipt = (link, new QrDrawing(link));
        }
        await NoteAsync(AuditAction.ReceiptHandedOut, HandedOut.Count);
        return Page();
    }
}
