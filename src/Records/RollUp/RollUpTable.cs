using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Records.Lists;

namespace SafetyCampaign.Records.RollUp;

/// <summary>The roll-up as a list to take out.</summary>
public sealed class RollUpTable(IStringLocalizer<RollUpText> words, IStringLocalizer<LayoutText> shared)
{
    public ListTable Of(IReadOnlyList<RollUpRow> rows, RollUpPeriod period, DateTimeOffset now)
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
        row.Pupils == 0 ? null : row.Pupils, row.Pupils == 0 ? null : row.Signed, WholePercent.TextOf(row.Signed, row.Pupils), row.InTime,
        WholePercent.TextOf(row.InTime, row.CountedInTime), .. row.Channels.Select(people => (object?)people),
        row.Moved is { } moved ? words["Moved.From", moved.At.DayIn(CampaignEvent.DefaultZone), moved.From].Value : null,
    ];
}
