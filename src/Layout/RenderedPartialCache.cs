using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace SafetyCampaign.Layout;

/// <summary>
/// Parts of pages that are the same for everybody who reads a language, rendered once: on a receipt, which is nobody else's, they are most
/// of the page. Nothing of a person may stand in them.
/// </summary>
public sealed class RenderedPartialCache(HtmlEncoder encoder)
{
    /// <summary>Of some KB each: as many as there are texts and translations. Beyond that all are let go.</summary>
    private const int MaxParts = 500;

    private readonly ConcurrentDictionary<Part, IHtmlContent> rendered = new();

    /// <summary>A part that depends on nothing but the language.</summary>
    /// <param name="html">Of the page that is being rendered.</param>
    /// <param name="path">Of the view.</param>
    public Task<IHtmlContent> RenderAsync(IHtmlHelper html, string path) => RenderAsync(html, path, null);

    /// <summary>A pledge's text as it is read, with or without its translation.</summary>
    /// <param name="html">Of the page that is being rendered.</param>
    /// <param name="wording">What is read.</param>
    public Task<IHtmlContent> RenderAsync(IHtmlHelper html, WordingOnPage wording) =>
        RenderAsync(html, "/src/Layout/PledgeWordingView.cshtml", wording);

    private async Task<IHtmlContent> RenderAsync(IHtmlHelper html, string path, object? model)
    {
        var asked = new Part(path, model, CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture,
            html.ViewContext.HttpContext.Request.PathBase.Value ?? "");
        if (rendered.TryGetValue(asked, out var known))
            return known;
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        (await html.PartialAsync(path, model, viewData: null)).WriteTo(text, encoder);
        if (rendered.Count >= MaxParts)
            rendered.Clear();
        return rendered[asked] = new HtmlString(text.ToString());
    }

    /// <param name="PathBase">Before the addresses of files.</param>
    private sealed record Part(string Path, object? Model, CultureInfo Culture, CultureInfo UICulture, string PathBase);
}
