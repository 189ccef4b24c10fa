using Microsoft.AspNetCore.Diagnostics;

namespace SafetyCampaign.Layout;

/// <summary>Addresses of this site that are made from what was asked for.</summary>
public static class LocalAddress
{
    /// <summary>The path that was asked for, also on an error page, which stands in for another.</summary>
    public static string? AskedFor(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath
        ?? context.Features.Get<IExceptionHandlerPathFeature>()?.Path
        ?? context.Request.Path.Value;

    /// <summary>
    /// A path as a link: percent-encoded, after one slash. A browser takes <c>//evil.example/x</c> and <c>/\evil.example</c> for
    /// addresses of another host, also with tabs and line breaks between, which it leaves out.
    /// </summary>
    /// <param name="pathBase">Where the program lies, from the request.</param>
    /// <param name="path">Decoded, as in <see cref="HttpRequest.Path"/>.</param>
    public static string Of(PathString pathBase, string? path) =>
        pathBase.Add(new PathString("/" + path?.TrimStart('/', '\\'))).ToUriComponent();
}
