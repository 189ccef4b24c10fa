using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Records.Lists;

/// <summary>All pledges of an event as a file.</summary>
[Authorize(Policy = Policies.ReadNames)]
public sealed class PledgeListPage(DeskPageDependencies desk, PledgeList list, ListWording words, TimeProvider time)
    : ListFilePage(desk, words)
{
    public async Task<IActionResult> OnGetAsync() =>
        await SendAsync("pledges", list.Of(await PublicAsync(), time.GetUtcNow()),
            await list.CountAsync(Event.Id, HttpContext.RequestAborted));
}
