using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Records.Lists;

/// <summary>How many have signed, by class, as a file.</summary>
[Authorize(Policy = Policies.Read)]
public sealed class CoverageListPage(DeskPageDependencies desk, CoverageList list, ListWording words, TimeProvider time)
    : ListFilePage(desk, words)
{
    public async Task<IActionResult> OnGetAsync()
    {
        var e = await PublicAsync();
        return await SendAsync("coverage", await list.ReadAsync(e, time.GetUtcNow(), HttpContext.RequestAborted), e.Classes.Count);
    }
}
