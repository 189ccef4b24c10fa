using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace SafetyCampaign.Layout;

/// <summary>
/// Ties a field to its error line, so that a screen reader reads both: <c>aria-invalid</c> and <c>aria-describedby</c>
/// on the field, the id on the line. A hint with the id <c>{field}-hint</c> is named by <c>has-hint</c>.
/// </summary>
[HtmlTargetElement("input", Attributes = ForAttribute)]
[HtmlTargetElement("select", Attributes = ForAttribute)]
[HtmlTargetElement("textarea", Attributes = ForAttribute)]
[HtmlTargetElement("span", Attributes = LineAttribute)]
public sealed class FieldErrorTagHelper : TagHelper
{
    private const string ForAttribute = "asp-for";
    private const string LineAttribute = "asp-validation-for";

    [HtmlAttributeName(ForAttribute)]
    public ModelExpression? For { get; set; }

    [HtmlAttributeName(LineAttribute)]
    public ModelExpression? Line { get; set; }

    public bool HasHint { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var field = ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName((For ?? Line)!.Name);
        var id = TagBuilder.CreateSanitizedId(field, "_");
        if (Line is not null)
        {
            output.Attributes.SetAttribute("id", LineIdOf(id));
            return;
        }
        Describe(output, id, HasHint, isInvalid: ViewContext.ModelState.TryGetValue(field, out var entry) && entry.Errors.Count > 0);
    }

    /// <summary>The id of a field's error line.</summary>
    internal static string LineIdOf(string id) => id + "-error";

    /// <summary>Names the hint and the error line of a field to screen readers.</summary>
    internal static void Describe(TagHelperOutput output, string id, bool hasHint, bool isInvalid)
    {
        if (isInvalid)
            output.Attributes.SetAttribute("aria-invalid", "true");
        var describedBy = string.Join(' ', new[] { hasHint ? id + "-hint" : null, isInvalid ? LineIdOf(id) : null }.OfType<string>());
        if (describedBy.Length > 0)
            output.Attributes.SetAttribute("aria-describedby", describedBy);
    }
}
