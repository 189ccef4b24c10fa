using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Records.Retaining;

/// <summary>What still exists of a campaign, where and until when, and what its erasure will delete. Numbers, no names.</summary>
[Authorize(Policy = Policies.Administer)]
public sealed class CampaignRetentionPage(DeskPageDependencies desk, KeptData kept) : CampaignPageModel(desk)
{
    public IReadOnlyList<KeptItem> Items { get; private set; } = [];

    public DateOnly EraseOn => Campaign.RulesInForce.Settings.EraseOn;

    public int DaysLeft => kept.DaysUntil(EraseOn);

    public IEnumerable<KeptItem> GoNext => Items.Where(item => item.GoesNext);

    public IEnumerable<KeptItem> Stay => Items.Where(item => !item.GoesNext);

    public int DaysUntil(DateOnly day) => kept.DaysUntil(day);

    protected override IQueryable<Campaign> With(IQueryable<Campaign> campaigns) => campaigns.Include(c => c.Rules);

    public async Task OnGetAsync() => Items = await kept.ReadAsync(Campaign, HttpContext.RequestAborted);
}
