using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using SafetyCampaign.Layout;

namespace SafetyCampaign.Operations;

/// <summary>
/// Marks a route below a private address whose good answers a browser may keep, if it asks each time whether they still hold
/// (<c>no-cache</c> and an entity tag). Whatever else it answers is kept by nobody.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RevalidatedAttribute : Attribute;

/// <summary>
/// What only one account, host or family may see is kept by no browser and no proxy: nothing of it is there for the next person at a
/// shared computer, by the back button or in a cache on disk.
/// </summary>
internal static class NoStore
{
    /// <summary>The host's pages; receipts; the class teacher's pages and what they send; take-home slips.</summary>
    private static readonly PathString[] Private = ["/host", "/r", "/class", "/api/class", "/s"];

    public static void UseNoStore(this IApplicationBuilder app)
    {
        PathString[] places = [app.ApplicationServices.GetRequiredService<IOptions<DeskAddressOptions>>().Value.Home, .. Private];
        app.Use((context, next) =>
        {
            var path = context.Request.Path;
            if (Array.Exists(places, place => path.StartsWithSegments(place)))
                context.Response.OnStarting(Forbid, context);
            return next(context);
        });
    }

    private static Task Forbid(object asked)
    {
        var context = (HttpContext)asked;
        var headers = context.Response.Headers;
        if (!MayBeKept(context)
            && !headers.CacheControl.ToString().Contains(CacheControlHeaderValue.NoStoreString, StringComparison.OrdinalIgnoreCase))
            headers.CacheControl = CacheControlHeaderValue.NoStoreString;
        return Task.CompletedTask;
    }

    private static bool MayBeKept(HttpContext context) =>
        context.Response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status304NotModified
        && context.GetEndpoint()?.Metadata.GetMetadata<RevalidatedAttribute>() is not null;
}
