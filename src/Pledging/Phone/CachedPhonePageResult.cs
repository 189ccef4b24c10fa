using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SafetyCampaign.Layout;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>Answers with a page that is kept.</summary>
internal sealed class PrecompressedPageResult(PrecompressedPage page, string? value) : IActionResult
{
    public Task ExecuteResultAsync(ActionContext context) => page.WriteAsync(context.HttpContext, value);
}

/// <summary>Renders the phone page to be kept, and answers with it.</summary>
internal sealed partial class CachedPhonePageResult(PhonePageCache cache, PublishedEvent e, PhonePageVariant variant, string? key)
    : PageResult
{
    // Best for what every phone asks for; a class's own link makes one of hundreds of pages.
    private const int QualityForAll = 11;
    private const int QualityForClass = 5;

    public override async Task ExecuteResultAsync(ActionContext context)
    {
        if (await cache.RenderAsync(e, variant, () => RenderAsync(context)) is { } page)
            await page.WriteAsync(context.HttpContext, key);
        else
            await base.ExecuteResultAsync(context);
    }

    /// <summary>As if only what the page depends on had been asked for: nothing else of the address comes into it.</summary>
    private async Task<PrecompressedPage> RenderAsync(ActionContext context)
    {
        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
        var (path, query, body) = (request.Path, request.QueryString, response.Body);
        using var html = new MemoryStream();
        try
        {
            (request.Path, request.QueryString, response.Body) = (variant.Path, variant.Query, html);
            await base.ExecuteResultAsync(context);
        }
        finally
        {
            (request.Path, request.QueryString, response.Body) = (path, query, body);
        }
        var text = Indentation().Replace(Encoding.UTF8.GetString(html.GetBuffer(), 0, (int)html.Length), "\n");
        return PrecompressedPage.Of(text, key, variant.ClassId is null ? QualityForAll : QualityForClass);
    }

    /// <summary>For a browser the same as one space; the page has no preformatted text.</summary>
    [GeneratedRegex(@"\s*\n\s*")]
    private static partial Regex Indentation();
}
