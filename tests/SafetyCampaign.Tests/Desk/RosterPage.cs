using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Razor.Internal;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.Hosting;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Tests.Desk;

[assembly: RazorCompiledItem(typeof(RosterPageView), "mvc.1.0.razor-page", "/src/AnotherRoom/RosterPage.cshtml")]

namespace SafetyCampaign.Tests.Desk;

/// <summary>
/// A desk page of a room that is not in the program and knows nothing of Organizing: a school and a form with one field.
/// It stands on Desk, Layout (labels) and Operations (policies) alone.
/// </summary>
[Authorize(Policy = Policies.Read)]
[AuthorizeChanges(Policies.Organize)]
public sealed class RosterPage(DeskPageDependencies desk, IStringLocalizer<LayoutText> localizer) : SchoolPageModel(desk)
{
    public const string Pattern = DeskRoutes.Home + "/schools/{id:int}/roster";
    public const int MaxNameLength = 4;

    public sealed record RosterForm
    {
        public string? Student { get; init; }
    }

    [BindProperty]
    public RosterForm Form { get; set; } = new();

    public void OnGet() { }

    public IActionResult OnPost()
    {
        var name = Reader(localizer, nameof(Form), "Role").Line(nameof(Form.Student), Form.Student, MaxNameLength);
        if (!ModelState.IsValid)
            return Page();
        Done = name;
        return RedirectToPage();
    }
}

/// <summary>What the Razor compiler would make of the page's markup; the tests' own project has no Razor files.</summary>
[RazorCompiledItemMetadata("RouteTemplate", RosterPage.Pattern)]
public sealed class RosterPageView : Page
{
    [RazorInject]
    public IHtmlHelper<RosterPage> Html { get; private set; } = null!;

    public ViewDataDictionary<RosterPage> ViewData => (ViewDataDictionary<RosterPage>)PageContext.ViewData;

    public RosterPage Model => ViewData.Model;

    public override async Task ExecuteAsync()
    {
        Layout = "/src/Desk/Frame/DeskFrame.cshtml";
        ViewData["Title"] = Model.School.Name;
        WriteLiteral("<h1>");
        Write(Model.School.Name);
        WriteLiteral("</h1><p class=\"done\">");
        Write(Model.Done);
        WriteLiteral("</p>");
        Write(await Html.PartialAsync("/src/Layout/FormErrors.cshtml"));
        WriteLiteral("<form method=\"post\"><input name=\"Form.Student\" type=\"text\" value=\"\">");
        Write(Html.AntiForgeryToken());
        WriteLiteral("</form>");
    }
}
