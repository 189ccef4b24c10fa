using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Records.Lists;

/// <summary>The children of an event, with their parents, as a file.</summary>
[Authorize(Policy = Policies.ReadNames)]
public sealed class FamilyListPage(DeskPageDependencies desk, FamilyList list, ListWording words, TimeProvider time)
    : ListFilePage(desk, words)
{
    public async Task<IActionResult> OnGetAsync()
    {
        var (table, rows) = await list.ReadAsync(await PublicAsync(), time.GetUtcNow(), HttpContext.RequestAborted);
        return await SendAsync("families", table, rows);
    }
}
