using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Operations;
using SafetyCampaign.Schools.ClassPage;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Slips;

/// <summary>The slips of a class that are not used yet as a file to be printed; none are issued by asking for it.</summary>
public sealed class ClassSlipsPdfPage(
    ClassPageDependencies dependencies, CampaignDbFactory dbFactory, ClassSlips slips, PublicAddress address, TimeProvider time,
    IStringLocalizer<SlipsText> localizer) : ClassLinkPageModel(dependencies)
{
    /// <inheritdoc cref="EventSlipsPage.Names"/>
    [BindProperty(SupportsGet = true)]
    public string? Names { get; set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (Event is null)
            return Redirect(Address());
        await using var db = dbFactory.Open();
        var pupils = await slips.ReadAsync(db, Event.Id, Link.ClassId, HttpContext.RequestAborted);
        var view = new SlipsView(Event, Class, pupils, Names != "no", MayChange: false, "", _ => "", address)
        {
            IsDesk = false,
            IsOver = Signing == SigningStatus.Ended,
            PdfAddress = "",
        };
        if (!view.Sheets.Any())
            return Redirect(Address("/slips")); // which says what to do
        await OpenAsync(AuditReason.Slips, pupils.Count);
        return File(SlipsPdf.Of(view, localizer, time.GetUtcNow()), SlipsPdf.ContentType, SlipsPdf.FileName(view));
    }
}
