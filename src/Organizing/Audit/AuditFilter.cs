using System.Globalization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Audit;

/// <summary>Which lines of the audit log are asked for, as the address says it. What cannot be read asks for nothing.</summary>
public sealed class AuditFilter
{
    /// <summary>The first day, on the clocks of <see cref="CampaignEvent.DefaultZone"/>.</summary>
    public string? From { get; set; }

    /// <summary>The last day, on the same clocks.</summary>
    public string? To { get; set; }

    /// <summary>The name of an <see cref="AuditGroup"/> or of an <see cref="AuditAction"/>, in any case.</summary>
    public string? Kind { get; set; }

    /// <summary>Part of the name of an account that acted or was changed.</summary>
    public string? Account { get; set; }

    /// <summary>An event's code.</summary>
    public string? Event { get; set; }

    public bool IsEmpty => new[] { From, To, Kind, Account, Event }.All(string.IsNullOrWhiteSpace);

    /// <summary>As a query string, to go on from here or to export.</summary>
    public string Query(long? before = null)
    {
        (string Name, string? Value)[] asked =
        [
            (nameof(From), From), (nameof(To), To), (nameof(Kind), Kind), (nameof(Account), Account), (nameof(Event), Event),
            ("Before", before?.ToString(CultureInfo.InvariantCulture)),
        ];
        return string.Concat(asked.Where(one => !string.IsNullOrWhiteSpace(one.Value))
            .Select((one, place) => $"{(place == 0 ? '?' : '&')}{one.Name}={Uri.EscapeDataString(one.Value!)}"));
    }

    /// <summary>The lines asked for, the newest first.</summary>
    public IQueryable<AuditEntry> Of(IQueryable<AuditEntry> lines)
    {
        if (BeginningOf(From) is { } from)
            lines = lines.Where(a => a.At >= from);
        if (BeginningOf(To)?.AddDays(1) is { } end)
            lines = lines.Where(a => a.At < end);
        if (WireNames.TryRead<AuditAction>(Kind, out var action))
            lines = lines.Where(a => a.Action == action);
        else if (WireNames.TryRead<AuditGroup>(Kind, out var group))
        {
            var (first, last) = ((AuditAction)((int)group * 100), (AuditAction)((int)group * 100 + 99));
            lines = lines.Where(a => a.Action >= first && a.Action <= last);
        }
        if (!string.IsNullOrWhiteSpace(Account))
        {
            var (part, other) = TypedPart.Of(Account);
            lines = lines.Where(a => a.AccountName!.ToLower().Contains(part) || a.AccountName!.ToLower().Contains(other)
                || a.Subject!.ToLower().Contains(part) || a.Subject!.ToLower().Contains(other));
        }
        if (!string.IsNullOrWhiteSpace(Event))
        {
            var code = EventCode.TryParse(Event, out var known) ? known : Event;
            lines = lines.Where(a => a.EventCode == code);
        }
        return lines.OrderByDescending(a => a.Sequence);
    }

    private static DateTimeOffset? BeginningOf(string? day)
    {
        if (!DateOnly.TryParseExact(day, FormReader.DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)
            || read.Year is < 2000 or > 2100)
            return null;
        return read.BeginsIn(CampaignEvent.DefaultZone);
    }
}
