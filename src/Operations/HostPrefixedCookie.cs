namespace SafetyCampaign.Operations;

/// <summary>
/// A cookie that over HTTPS has the prefix <c>__Host-</c>: browsers take such a one from this host alone, over HTTPS and for the
/// whole site, so neither a neighbouring subdomain nor somebody on a plain line can plant it. A laptop in a hall speaks plain
/// HTTP, where browsers refuse the prefix; there the name stands alone. Which of the two is decided by each request (behind a proxy by
/// what it forwards), because one program may be reached both ways, and over HTTPS the name without the prefix is not read.
/// </summary>
public sealed class HostPrefixedCookie(IHttpContextAccessor requests, string name) : CookieBuilder
{
    public const string Prefix = "__Host-";

    public override string? Name
    {
        get => requests.HttpContext is { } http ? NameFor(http, name) : name;
        set { } // the framework's default
    }

    /// <summary>The same for a cookie that is written by hand. Over HTTPS its path must be <c>/</c>.</summary>
    public static string NameFor(HttpContext http, string name) => http.Request.IsHttps ? Prefix + name : name;

    public static HostPrefixedCookie Create(IServiceProvider services, string name) =>
        new(services.GetRequiredService<IHttpContextAccessor>(), name)
        {
            HttpOnly = true,
            IsEssential = true,
            Path = "/",
            SameSite = SameSiteMode.Lax,
            SecurePolicy = CookieSecurePolicy.SameAsRequest,
        };
}
