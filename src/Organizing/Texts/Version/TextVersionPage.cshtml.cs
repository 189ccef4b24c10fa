using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Organizing.Texts.Version;

/// <summary>One version of a pledge text, as the signer reads it on a phone.</summary>
[Authorize(Policy = Policies.Read)]
public sealed class TextVersionPage(DeskPageDependencies desk) : TextsPageModel(desk)
{
    public PledgeText Text { get; private set; } = null!;

    public bool IsCurrent => VersionsFor(Text.Role)[0] == Text;

    public IActionResult OnGet(SignerRole role, int version)
    {
        if (Campaign.Texts.Find(t => t.Role == role && t.Version == version) is not { } text)
            return NotFound();
        Text = text;
        return Page();
    }
}
