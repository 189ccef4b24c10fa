using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Records.Api;
using SafetyCampaign.Records.Lists;
using SafetyCampaign.Records.RollUp;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Records.Exports;

/// <summary>What a weekly export sends: the roll-up of this year's events, as the API answers it, or as the desk's csv.</summary>
internal sealed class ExportContent(
    CampaignDbFactory dbFactory, TallyBoard tallies, ChannelCounts channels, RollUpTable table, TimeProvider time)
{
    private static readonly JsonSerializerOptions Wire =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>What is posted.</summary>
    /// <param name="Type">Tells it from other messages.</param>
    /// <param name="Timestamp">When it was due.</param>
    /// <param name="Data">The numbers.</param>
    private sealed record Message(string Type, DateTimeOffset Timestamp, RollUpAnswer Data);

    /// <param name="path">Of the organization.</param>
    /// <param name="dueAt">When it was due.</param>
    /// <param name="isPosted">As JSON; else as csv.</param>
    /// <param name="now">The moment of counting.</param>
    public async Task<byte[]> WriteAsync(
        string path, DateTimeOffset dueAt, bool isPosted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = InterfaceLanguages.Default.Culture; // nobody has asked for a language
        var period = RollUpPeriod.Read(RollUpPeriod.Year, null, null, dueAt.DayIn(CampaignEvent.DefaultZone), out _);
        await channels.CountAsync(cancellationToken);
        await using var db = dbFactory.Open(new AccessScope(path, MayWrite: false));
        var rows = await new RollUpReader(db, dbFactory, tallies, channels, time).ReadAsync(period, cancellationToken);
        if (isPosted)
            return JsonSerializer.SerializeToUtf8Bytes(
                new Message("rollup.weekly", dueAt, RollUpAnswer.Of(period, rows, now, channels.At)), Wire);
        using var file = new MemoryStream();
        await CsvList.WriteAsync(file, table.Of(rows, period, now), cancellationToken);
        return file.ToArray();
    }
}
