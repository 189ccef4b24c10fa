using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Records.Lists;

/// <summary>How many have signed, by class, as a file; of one class, in one role or by one channel where that is asked for.</summary>
[Authorize(Policy = Policies.Read)]
public sealed class CoverageListPage(DeskPageDependencies desk, CoverageList list, ListWording words, TimeProvider time)
    : ListFilePage(desk, words)
{
    public async Task<IActionResult> OnGetAsync()
    {
        var e = await PublicAsync();
        var filter = Filter.OfCounted();
        return await SendAsync("coverage", await list.ReadAsync(e, filter, time.GetUtcNow(), HttpContext.RequestAborted),
            filter.Class is null ? e.Classes.Count : 1, filter, e);
    }
}
