using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Desk;

/// <summary>A page of the desk that reads the store or a form.</summary>
public abstract class DeskPageModel(DeskPageDependencies dependencies) : PageModel
{
    /// <summary>Shown on the next page: what has just been done, as a sentence or as the key of one.</summary>
    [TempData]
    public string? Done { get; set; }

    protected CampaignDb Db => dependencies.Db;

    protected PublishedEvents Published => dependencies.Published;

    /// <summary>The texts of the base classes; a page's own stand in its room's resource.</summary>
    protected IStringLocalizer<DeskText> DeskLocalizer => dependencies.Localizer;

    /// <summary>Reads the form that was sent; what does not fit gets a line at its field.</summary>
    /// <param name="localizer">The room's own resource: the labels of the fields, and sentences of its own.</param>
    /// <param name="form">The name of the form's property.</param>
    /// <param name="labels">What stands before the dot in the keys of the fields' labels.</param>
    /// <param name="labelTexts">Where the labels stand; by default in the room's own resource.</param>
    protected FormReader Reader(IStringLocalizer localizer, string form, string labels, IStringLocalizer? labelTexts = null) =>
        new(ModelState, DeskLocalizer, localizer, form, labels, labelTexts);
}
