using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>All that is kept of a signing: to read here, since WeChat cannot download, and as a file.</summary>
public sealed class DataPage(Receipts receipts, PublishedEvents events, CampaignDbs dbs, IStringLocalizer<ReceiptText> words)
    : ReceiptPageModel(receipts, events, words)
{
    public MyData Data { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellation) => Data = await ReadAsync(cancellation);

    public async Task<IActionResult> OnGetFileAsync(CancellationToken cancellation) =>
        File((await ReadAsync(cancellation)).ToFile(), "application/json", $"pledge-{Signed.Receipt.Verification}.json");

    private Task<MyData> ReadAsync(CancellationToken cancellation) => MyData.ReadAsync(dbs, Event, Signed, ClassName, cancellation);
}
