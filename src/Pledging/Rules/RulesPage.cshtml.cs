using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Layout;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>
/// The rules on children's personal data (儿童个人信息保护规则) under which somebody signs at an event: the version in force,
/// or an older one that was. What articles 8-10 of the 儿童个人信息网络保护规定 ask for stands in one place.
/// </summary>
[AllowAnonymous]
public sealed class RulesPage(VisibleEvents events) : PageModel
{
    public PublishedEvent Event { get; private set; } = null!;

    public PublishedRules Rules { get; private set; } = null!;

    public RulesSettings Settings => Rules.Settings;

    /// <summary>Since when another version has been in force; null for the newest.</summary>
    public DateTimeOffset? ReplacedAt => Event.Rules.FirstOrDefault(r => r.Version == Rules.Version + 1) is { } next
        ? Event.Local(next.Since)
        : null;

    public async Task<IActionResult> OnGetAsync(string code, int? version, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(code, cancellationToken) is not { } found
            || found.Rules.FirstOrDefault(r => version is null || r.Version == version) is not { } rules)
            return NotFound();
        (Event, Rules) = (found.Localized(), rules);
        return Page();
    }
}
