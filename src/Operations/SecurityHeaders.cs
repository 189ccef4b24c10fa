namespace SafetyCampaign.Operations;

/// <summary>What browsers are told to refuse. Pages carry no inline script or style, so the policy needs no nonce.</summary>
internal static class SecurityHeaders
{
    private const string NothingRuns = "default-src 'none'; frame-ancestors 'none'";

    public static void AddSecurityHeaders(this WebApplicationBuilder builder)
    {
        var production = builder.Environment.IsProduction();
        var pages = Pages(production);
        var stage = Pages(production, stage: true);
        // A receipt's address is a secret of the family, a host link's of the organizers; not even our own pages receive them as referrer.
        var secrets = Pages(production).AddReferrerPolicyNoReferrer();
        var answers = Answers(production);
        builder.Services.AddSecurityHeaderPolicies().SetPolicySelector(selected =>
            selected.HttpContext.Request.Path switch
            {
                var path when path.StartsWithSegments("/api") => answers,
                var path when path.StartsWithSegments("/display") => stage,
                var path when path.StartsWithSegments("/r") || path.StartsWithSegments("/host") => secrets,
                _ => pages,
            });
    }

    /// <summary>For a route that is answered before <c>UseSecurityHeaders</c>: what matters of <see cref="Answers"/>.</summary>
    public static void UseAnswerHeaders(this IApplicationBuilder line) => line.Use((context, next) =>
    {
        context.Response.Headers.ContentSecurityPolicy = NothingRuns;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return next(context);
    });

    private static HeaderPolicyCollection Pages(bool production, bool stage = false) =>
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
            .AddHsts(production);

    /// <summary>For JSON: nothing in it may run or be framed.</summary>
    private static HeaderPolicyCollection Answers(bool production) =>
        new HeaderPolicyCollection()
            .AddCustomHeader("Content-Security-Policy", NothingRuns)
            .AddContentTypeOptionsNoSniff()
            .AddReferrerPolicyNoReferrer()
            .AddHsts(production);

    /// <summary>Sent over HTTPS only; a laptop in a local network has no certificate and must not send it.</summary>
    private static HeaderPolicyCollection AddHsts(this HeaderPolicyCollection headers, bool production) =>
        production ? headers.AddStrictTransportSecurityMaxAge() : headers;
}
