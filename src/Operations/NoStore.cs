using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using SafetyCampaign.Layout;

namespace SafetyCampaign.Operations;

/// <summary>
/// What only one account, host or family may see is kept by no browser and no proxy: nothing of it is there for the next person at a
/// shared computer, by the back button or in a cache on disk.
/// </summary>
internal static class NoStore
{
    /// <summary>The host's pages; receipts with their certificates.</summary>
    private static readonly PathString[] Private = ["/host", "/r"];

    public static void UseNoStore(this IApplicationBuilder app)
    {
        PathString[] places = [app.ApplicationServices.GetRequiredService<IOptions<DeskAddressOptions>>().Value.Home, .. Private];
        app.Use((context, next) =>
        {
            var path = context.Request.Path;
            if (Array.Exists(places, place => path.StartsWithSegments(place)))
                context.Response.OnStarting(Forbid, context.Response.Headers);
            return next(context);
        });
    }

    private static Task Forbid(object answer)
    {
        var headers = (IHeaderDictionary)answer;
        if (!headers.CacheControl.ToString().Contains(CacheControlHeaderValue.NoStoreString, StringComparison.OrdinalIgnoreCase))
            headers.CacheControl = CacheControlHeaderValue.NoStoreString;
        return Task.CompletedTask;
    }
}
