using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Records.Lists;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.RollUp;

/// <summary>The same as a file, in the format that its address ends with.</summary>
[Authorize(Policy = Policies.Read)]
public sealed class RollUpFilePage(
    DeskPageDependencies desk, RollUpReader reader, RollUpTable table, IStringLocalizer<RollUpText> words, TimeProvider time)
    : DeskPageModel(desk)
{
    [BindProperty(SupportsGet = true)]
    public string Format { get; set; } = "";

    public async Task<IActionResult> OnGetAsync(string? period, string? from, string? to)
    {
        if (!ListFile.IsFormat(Format))
            return NotFound();
        var cancellationToken = HttpContext.RequestAborted;
        var now = time.GetUtcNow();
        var asked = RollUpPeriod.Read(period, from, to, now.DayIn(CampaignEvent.DefaultZone), out _);
        var rows = await reader.ReadAsync(asked, cancellationToken);
        Db.Audit(AuditAction.RollUpExported, rows.Count).Detail = $"rollup.{Format}";
        await Db.SaveChangesAsync(cancellationToken);
        return await ListFile.SendAsync(HttpContext, table.Of(rows, asked, now), "rollup", Format, words["Notes"]);
    }
}
