using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Records.Lists;

/// <summary>The children of an event, or of one of its classes, with their parents, as a file.</summary>
[Authorize(Policy = Policies.ReadNames)]
public sealed class FamilyListPage(DeskPageDependencies desk, FamilyList list, ListWording words, TimeProvider time)
    : ListFilePage(desk, words)
{
    public async Task<IActionResult> OnGetAsync()
    {
        var e = await PublicAsync();
        var filter = Filter.OfClass();
        var (table, rows) = await list.ReadAsync(e, filter, time.GetUtcNow(), HttpContext.RequestAborted);
        return await SendAsync("families", table, rows, filter, e);
    }
}
