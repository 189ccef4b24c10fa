using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace SafetyCampaign.Layout;

/// <summary>What a person sees when a page cannot be shown. The API answers problems instead, see Operations.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken] // a refused POST arrives here too, and would be refused a second time
[ResponseCache(NoStore = true)]
public sealed class ErrorPage(IOptions<DeskAddressOptions> desk) : PageModel
{
    /// <summary>
    /// Names the words: Event, Receipt, Host, HostEnded, HostRevoked, ClassLink, ClassLinkEnded, Slip, NotFound, Forbidden, Busy, TooMany,
    /// Address, Away, Large, Fault or Refused.
    /// </summary>
    public string Kind { get; private set; } = "";

    /// <summary>Another try at the code, where one was asked for.</summary>
    public CodeEntry? Entry { get; private set; }

    /// <summary>Where an organizer may sign in and come back.</summary>
    public string? SignInAddress { get; private set; }

    /// <summary>For every method: the failed request may have been any.</summary>
    public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context)
    {
        var status = Failed ? int.Parse((string)RouteData.Values["status"]!, CultureInfo.InvariantCulture) : StatusCodes.Status404NotFound;
        var path = HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath ?? "";
        Kind = KindOf(status, path, HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method));
        if (Kind is "Host" or "HostEnded" && HttpContext.Features.Get<EndedHostLink>() is { } ended)
            Kind = ended.IsRevoked ? "HostRevoked" : "HostEnded";
        if (Kind is "Host" or "HostEnded" or "HostRevoked" && User.Identity?.IsAuthenticated is not true)
            SignInAddress = $"{desk.Value.SignIn}?returnUrl={Uri.EscapeDataString($"/host/{path.Split('/')[2]}")}";
        if (Kind == "Event")
            Entry = new CodeEntry(path.Split('/')[2], NotFound: false);
        Response.StatusCode = status;
    }

    /// <summary>Whether it stands in for another page; its own address is no page.</summary>
    private bool Failed => HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is not null
        || HttpContext.Features.Get<IExceptionHandlerPathFeature>() is not null;

    private static string KindOf(int status, string path, bool isAsked) => status switch
    {
        StatusCodes.Status404NotFound when path.StartsWith("/e/", StringComparison.OrdinalIgnoreCase) => "Event",
        StatusCodes.Status404NotFound when path.StartsWith("/r/", StringComparison.OrdinalIgnoreCase) => "Receipt",
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden
            when path.StartsWith("/host/", StringComparison.OrdinalIgnoreCase) => "Host",
        StatusCodes.Status410Gone when path.StartsWith("/host/", StringComparison.OrdinalIgnoreCase) => "HostEnded",
        StatusCodes.Status404NotFound when path.StartsWith("/class/", StringComparison.OrdinalIgnoreCase) => "ClassLink",
        StatusCodes.Status410Gone when path.StartsWith("/class/", StringComparison.OrdinalIgnoreCase) => "ClassLinkEnded",
        StatusCodes.Status404NotFound when path.StartsWith("/s/", StringComparison.OrdinalIgnoreCase) => "Slip",
        StatusCodes.Status404NotFound => "NotFound",
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => "Forbidden",
        StatusCodes.Status413PayloadTooLarge => "Large",
        // Nothing is handed in at other addresses: nobody there is told that it counts once.
        StatusCodes.Status429TooManyRequests => path.StartsWith("/e/", StringComparison.OrdinalIgnoreCase) ? "Busy" : "TooMany",
        StatusCodes.Status400BadRequest when isAsked => "Address",
        StatusCodes.Status503ServiceUnavailable => "Away",
        >= 500 => "Fault",
        _ => "Refused",
    };
}
