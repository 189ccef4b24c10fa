using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Records.RollUp;

/// <summary>
/// The numbers of everything within the account's access scope, added up along the tree of organizations. Counts, no names.
/// </summary>
[Authorize(Policy = Policies.Read)]
public sealed class RollUpPage(DeskPageDependencies desk, RollUpReader reader, ChannelCounts channels, TimeProvider time)
    : DeskPageModel(desk)
{
    [BindProperty(SupportsGet = true, Name = "period")]
    public string? Asked { get; set; }

    [BindProperty(SupportsGet = true, Name = "from")]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true, Name = "to")]
    public string? To { get; set; }

    public RollUpPeriod Period { get; private set; } = null!;

    /// <summary>The days that were asked for cannot be read.</summary>
    public bool IsWrong { get; private set; }

    public IReadOnlyList<RollUpRow> Rows { get; private set; } = [];

    /// <summary>As of when channels and signatures in time are counted; null where they are not yet.</summary>
    public DateTimeOffset? CountedAt => channels.At;

    public int SchoolsWithoutEvent => Rows.Count(row => row is { Kind: OrganizationKind.School, Events: 0 });

    /// <summary>The columns that have anything in them.</summary>
    public IReadOnlyList<SigningChannel> Channels =>
        [.. Enum.GetValues<SigningChannel>().Where(channel => Rows.Any(row => row.Channels[(int)channel] > 0))];

    public async Task OnGetAsync()
    {
        Period = RollUpPeriod.Read(Asked, From, To, time.GetUtcNow().DayIn(CampaignEvent.DefaultZone), out var isRead);
        IsWrong = !isRead;
        Rows = await reader.ReadAsync(Period, HttpContext.RequestAborted);
    }
}
