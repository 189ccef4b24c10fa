namespace SafetyCampaign.Schools.Relay;

/// <summary>
/// The service worker of relay pages, below /class/ since a worker rules no page above its own address. Asked for again by the browser
/// with every opening, so that a new version of the program brings its own.
/// </summary>
public static class RelayWorkerEndpoint
{
    public const string Address = "/class/relay-worker.js";

    /// <summary>The script; 404 where it was not built.</summary>
    public static IResult Send(IWebHostEnvironment host, HttpContext http)
    {
        var file = host.WebRootFileProvider.GetFileInfo("dist/RelayWorker.js");
        if (!file.Exists)
            return Results.NotFound();
        http.Response.Headers.CacheControl = "no-cache";
        return Results.Stream(file.CreateReadStream(), "text/javascript; charset=utf-8");
    }
}
