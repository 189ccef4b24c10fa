using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Records.Lists;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.RollUp;

/// <summary>The same as a file, in the format that its address ends with.</summary>
[Authorize(Policy = Policies.Read)]
public sealed class RollUpFilePage(
    DeskPageDependencies desk, RollUpReader reader, IStringLocalizer<RollUpText> words, IStringLocalizer<LayoutText> shared,
    TimeProvider time) : DeskPageModel(desk)
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
        return await ListFile.SendAsync(HttpContext, TableOf(rows, asked, now), "rollup", Format, words["Notes"]);
    }

    private ListTable TableOf(IReadOnlyList<RollUpRow> rows, RollUpPeriod period, DateTimeOffset now)
    {
        var channels = Enum.GetValues<SigningChannel>();
        return new ListTable(words["Title"],
            [
                new(words["Organization"], 40), new(words["Kind"], 12), new(words["Events"], 10), new(words["People"], 12),
                new(words["Families"], 12), new(words["Pupils"], 14), new(words["Signed"], 14), new(words["Coverage"], 12),
                new(words["InTime"], 14), new(words["InTimeShare"], 12),
                .. channels.Select(channel => new ListColumn(shared[$"Channel.{channel}"], 12)), new(words["Moved"], 30),
            ],
            rows.Select(CellsOf).ToAsyncEnumerable(),
            [
                words["Period", period.From, period.To], words["Note.Rule"],
                words["Note.Taken", TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(CampaignEvent.DefaultZone))],
            ]);
    }

    private IReadOnlyList<object?> CellsOf(RollUpRow row) =>
    [
        new string('\u3000', row.Depth) + row.Name, shared[$"Kind.{row.Kind}"].Value, row.Events, row.People, row.Families,
        row.Pupils == 0 ? null : row.Pupils, row.Pupils == 0 ? null : row.Signed, RollUpPage.Share(row.Signed, row.Pupils), row.InTime,
        RollUpPage.Share(row.InTime, row.CountedInTime), .. row.Channels.Select(people => (object?)people),
        row.Moved is { } moved ? words["Moved.From", moved.At.DayIn(CampaignEvent.DefaultZone), moved.From].Value : null,
    ];
}
