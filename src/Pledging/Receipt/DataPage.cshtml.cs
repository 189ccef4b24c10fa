using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>All that is kept of a signing: to read here, since WeChat cannot download, and as a file.</summary>
public sealed class DataPage(
    Receipts receipts, PublishedEvents events, StoreGate gate, IStringLocalizer<ReceiptText> localizer)
    : ReceiptPageModel(receipts, events, localizer)
{
    public MyData Data { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellationToken) => Data = await ReadAsync(cancellationToken);

    public async Task<IActionResult> OnGetFileAsync(CancellationToken cancellationToken) =>
        File((await ReadAsync(cancellationToken)).ToFile(), "application/json", $"pledge-{Signed.Receipt.Verification}.json");

    private Task<MyData> ReadAsync(CancellationToken cancellationToken) =>
        gate.ReadAsync((db, cancelled) => MyData.ReadAsync(db, Event, Signed, ClassName, cancelled), cancellationToken);
}
