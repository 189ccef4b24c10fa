using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace SafetyCampaign.Layout;

/// <summary>
/// A field of one element of a list, by its whole name: <c>field="Form.Signers[Student].Name"</c> on its label, on the
/// input, select or textarea, and on the span of its error line. <c>asp-for</c> with an indexer would compile an
/// expression for each request, 0.3 ms and more a field. The value stands in the markup: what was posted has been bound.
/// </summary>
[HtmlTargetElement("label", Attributes = FieldAttribute)]
[HtmlTargetElement("input", Attributes = FieldAttribute, TagStructure = TagStructure.WithoutEndTag)]
[HtmlTargetElement("select", Attributes = FieldAttribute)]
[HtmlTargetElement("textarea", Attributes = FieldAttribute)]
[HtmlTargetElement("span", Attributes = FieldAttribute)]
public sealed class ListFieldTagHelper : TagHelper
{
    private const string FieldAttribute = "field";

    /// <summary>As the form posts it.</summary>
    [HtmlAttributeName(FieldAttribute)]
    public string Field { get; set; } = "";

    /// <summary>There is a hint with the id <c>{field}-hint</c>.</summary>
    public bool HasHint { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var id = TagBuilder.CreateSanitizedId(Field, "_");
        var error = ViewContext.ModelState.TryGetValue(Field, out var entry) ? entry.Errors.FirstOrDefault()?.ErrorMessage : null;
        switch (output.TagName)
        {
            case "label":
                output.Attributes.SetAttribute("for", id);
                break;
            case "span":
                output.Attributes.SetAttribute("id", FieldErrorTagHelper.LineIdOf(id));
                output.Content.SetContent(error ?? "");
                if (error is not null)
                    output.AddClass("field-validation-error", HtmlEncoder.Default);
                break;
            default:
                output.Attributes.SetAttribute("id", id);
                output.Attributes.SetAttribute("name", Field);
                FieldErrorTagHelper.Describe(output, id, HasHint, isInvalid: error is not null);
                if (error is not null)
                    output.AddClass("input-validation-error", HtmlEncoder.Default);
                break;
        }
    }
}
