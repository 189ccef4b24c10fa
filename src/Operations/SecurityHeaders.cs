using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using SafetyCampaign.Layout;

namespace SafetyCampaign.Operations;

/// <summary>What browsers are told to refuse. Pages carry no inline script or style, so the policy needs no nonce.</summary>
internal static class SecurityHeaders
{
    /// <summary>A page whose script and style stand in it: it says itself by their hashes what may run.</summary>
    public const string OwnPolicyAddress = "/verifier.html";

    private const string NothingRuns = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>A year. Not for names below this one: a school's other sites may have no certificate.</summary>
    private const int HttpsOnlySeconds = 31_536_000;

    private static readonly string HttpsOnly = $"max-age={HttpsOnlySeconds}";

    public static void AddSecurityHeaders(this WebApplicationBuilder builder)
    {
        var pages = Pages();
        var stage = Pages(stage: true);
        // Not even our own pages receive such an address as referrer.
        var secrets = Pages().AddReferrerPolicyNoReferrer();
        var answers = Answers();
        var alone = Alone();
        builder.Services.AddSecurityHeaderPolicies().SetPolicySelector(selected =>
            new PathString(LocalAddress.AskedFor(selected.HttpContext)) switch
            {
                var path when path.StartsWithSegments("/api") => answers,
                var path when path.StartsWithSegments("/display") => stage,
                var path when path == OwnPolicyAddress => alone,
                var path when SecretAddresses.Include(path, DeskOf(selected.HttpContext)) => secrets,
                _ => pages,
            });
    }

    private static DeskAddressOptions DeskOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<DeskAddressOptions>>().Value;

    /// <summary>For a route that is answered before <c>UseSecurityHeaders</c>: what matters of <see cref="Answers"/>.</summary>
    public static void UseAnswerHeaders(this IApplicationBuilder line) => line.Use((context, next) =>
    {
        AddAnswerHeaders(context);
        return next(context);
    });

    /// <summary>
    /// Sends files before the middleware that pages need: languages, compression, accounts, error pages. A style sheet, a script or a
    /// picture needs a third of a page's headers, and a phone fetches ten of them.
    /// </summary>
    public static TBuilder WithFileHeaders<TBuilder>(this TBuilder files) where TBuilder : IEndpointConventionBuilder
    {
        files.ShortCircuit().Add(file =>
        {
            if (file.RequestDelegate is { } send)
                file.RequestDelegate = context =>
                {
                    AddAnswerHeaders(context);
                    context.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
                    context.Response.OnStarting(RemoveSpareHeaders, context.Response);
                    return send(context);
                };
        });
        return files;
    }

    /// <summary>A file has an entity tag, and none is long enough to be asked for in ranges: 70 bytes less for each file.</summary>
    private static Task RemoveSpareHeaders(object response)
    {
        var headers = ((HttpResponse)response).Headers;
        headers.Remove(HeaderNames.LastModified);
        headers.Remove(HeaderNames.AcceptRanges);
        return Task.CompletedTask;
    }

    private static void AddAnswerHeaders(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = NothingRuns;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (context.Request.IsHttps)
            context.Response.Headers.StrictTransportSecurity = HttpsOnly;
    }

    private static HeaderPolicyCollection Pages(bool stage = false) =>
        new HeaderPolicyCollection()
            .AddContentSecurityPolicy(policy =>
            {
                policy.AddDefaultSrc().Self();
                policy.AddScriptSrc().Self();
                policy.AddStyleSrc().Self();
                policy.AddImgSrc().Self().Data().Blob();
                var connections = policy.AddConnectSrc().Self();
                if (stage)
                {
                    // Safari before 15.4 does not count the own host's WebSocket as 'self'; the stage holds no personal
                    // data that a script could send away.
                    connections.OverInsecureWs().OverWss();
                    policy.AddMediaSrc().Self().Blob(); // a film that lies on the machine at the projector
                }
                policy.AddObjectSrc().None();
                policy.AddBaseUri().None();
                policy.AddFormAction().Self();
                policy.AddFrameAncestors().Self(); // the desk shows the phone page in a frame of its own
            })
            .AddFrameOptionsSameOrigin()
            .AddContentTypeOptionsNoSniff()
            .AddReferrerPolicySameOrigin()
            .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
            .AddCrossOriginResourcePolicy(policy => policy.SameOrigin())
            .AddPermissionsPolicy(permissions =>
            {
                permissions.AddCamera().None();
                permissions.AddMicrophone().None();
                permissions.AddGeolocation().None();
                permissions.AddPayment().None();
                permissions.AddUsb().None();
                permissions.AddFullscreen().Self();
            })
            .AddHsts();

    /// <summary>For <see cref="OwnPolicyAddress"/>, which sends its own content security policy.</summary>
    private static HeaderPolicyCollection Alone() =>
        new HeaderPolicyCollection()
            .AddContentTypeOptionsNoSniff()
            .AddReferrerPolicyNoReferrer()
            .AddHsts();

    /// <summary>For JSON: nothing in it may run or be framed.</summary>
    private static HeaderPolicyCollection Answers() =>
        new HeaderPolicyCollection()
            .AddCustomHeader("Content-Security-Policy", NothingRuns)
            .AddContentTypeOptionsNoSniff()
            .AddReferrerPolicyNoReferrer()
            .AddHsts();

    /// <summary>Sent over HTTPS only; a laptop in a local network has no certificate and must not send it.</summary>
    private static HeaderPolicyCollection AddHsts(this HeaderPolicyCollection headers) =>
        headers.AddStrictTransportSecurityMaxAge(HttpsOnlySeconds);
}
