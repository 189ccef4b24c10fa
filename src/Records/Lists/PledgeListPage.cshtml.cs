using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Records.Lists;

/// <summary>The pledges of an event as a file; those that the filter of the signers' page asks for.</summary>
[Authorize(Policy = Policies.ReadNames)]
public sealed class PledgeListPage(DeskPageDependencies desk, PledgeList list, ListWording words, TimeProvider time)
    : ListFilePage(desk, words)
{
    public async Task<IActionResult> OnGetAsync()
    {
        var e = await PublicAsync();
        return await SendAsync("pledges", list.Of(e, Filter, time.GetUtcNow()),
            await list.CountAsync(Event.Id, Filter, HttpContext.RequestAborted), Filter, e);
    }
}
