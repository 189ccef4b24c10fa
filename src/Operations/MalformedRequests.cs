using System.Buffers;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Net.Http.Headers;

namespace SafetyCampaign.Operations;

/// <summary>
/// What cannot be read is the asker's mistake: it is answered with 400 (or what the server says, such as 413) in the asker's
/// language, and never logged as a fault of the program. Whoever reads a body throws <see cref="BadHttpRequestException"/>; Kestrel
/// does so itself.
/// </summary>
internal static class MalformedRequests
{
    private const int HostMaxLength = 253;
    private const int HostLabelMaxLength = 63;

    private static readonly SearchValues<char> HostCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    public static void AddMalformedRequests(this WebApplicationBuilder builder) => builder.Services.PostConfigure<MvcOptions>(mvc =>
    {
        mvc.Filters.Add<UnreadableFormFilter>();
        mvc.ModelBinderProviders.Insert(0, new CheckboxModelBinder());
        // They read names as jQuery writes them, a[b]; no page of ours does, and they throw for a[b.
        mvc.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
        mvc.ValueProviderFactories.RemoveType<JQueryQueryStringValueProviderFactory>();
    });

    /// <summary>After the middleware that puts words to a bare status.</summary>
    public static async Task Refuse(HttpContext context, RequestDelegate next)
    {
        if (!IsForErrorPage(context)
            && (!IsHost(context.Request.Headers[HeaderNames.Host].ToString()) || HoldsNul(context.Request.QueryString)))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        try
        {
            await next(context);
        }
        catch (Exception unreadable) when (!context.Response.HasStarted
            && unreadable is (BadHttpRequestException or AntiforgeryValidationException))
        {
            // The second: a form without its token, of a page that looks for it itself.
            context.Response.Clear();
            context.Response.StatusCode = (unreadable as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
        }
    }

    /// <summary>The request comes through a second time to be answered by a page.</summary>
    internal static bool IsForErrorPage(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null;

    /// <summary>PostgreSQL stores no U+0000, and no browser sends one.</summary>
    internal static bool HoldsNul(string? text) => text?.Contains('\0') is true;

    private static bool HoldsNul(QueryString query) => query.Value?.Contains("%00", StringComparison.Ordinal) is true;

    /// <summary>
    /// A host and perhaps a port, as an address of the web has them; or nothing, as HTTP/1.0 allows (checks of a load balancer). The
    /// framework's own types throw for others where an address is made from them.
    /// </summary>
    private static bool IsHost(string header)
    {
        if (header.Length == 0)
            return true;
        var (host, port) = Split(header);
        if (port is not null && !(ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _) && port.Length <= 5))
            return false;
        return host.StartsWith('[') ? host.EndsWith(']') && IPAddress.TryParse(host[1..^1], out _) : IsName(host);
    }

    private static (string Host, string? Port) Split(string header)
    {
        var colon = header.LastIndexOf(':');
        return colon < 0 || header.EndsWith(']') ? (header, null) : (header[..colon], header[(colon + 1)..]);
    }

    private static bool IsName(string host)
    {
        if (host.Length is 0 or > HostMaxLength || host.AsSpan().ContainsAnyExcept(HostCharacters))
            return false;
        foreach (var label in host.AsSpan().TrimEnd('.').Split('.'))
            if (host.AsSpan()[label].Length is 0 or > HostLabelMaxLength)
                return false;
        return !host.EndsWith("..", StringComparison.Ordinal)
            && (!host.Contains("xn--", StringComparison.OrdinalIgnoreCase) || IsEncodedName(host));
    }

    private static bool IsEncodedName(string host)
    {
        try
        {
            return HostString.FromUriComponent(host).HasValue;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
