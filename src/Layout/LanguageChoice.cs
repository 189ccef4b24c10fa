using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.WebUtilities;
using SafetyCampaign.Campaigns;
using HeaderNames = Microsoft.Net.Http.Headers.HeaderNames;

namespace SafetyCampaign.Layout;

/// <summary>The reader's choice of language: made by a plain link, kept in a cookie.</summary>
public static class LanguageChoice
{
    public const string QueryKey = "lang";
    public const string CookieName = "lang";

    /// <summary>This page in another language, for a link.</summary>
    public static string AddressIn(InterfaceLanguage language, HttpRequest request)
    {
        var asked = request.HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        var query = QueryHelpers.ParseQuery(asked?.OriginalQueryString ?? request.QueryString.Value);
        query[QueryKey] = language.Tag;
        return QueryHelpers.AddQueryString(LocalAddress.Of(request.PathBase, LocalAddress.AskedFor(request.HttpContext)), query);
    }

    /// <summary>Goes on in the asker's language, also on a route that has not come through <c>UseLanguages</c>.</summary>
    public static Task RunInRequestCultureAsync(HttpContext context, RequestDelegate next) =>
        context.Features.Get<IRequestCultureFeature>() is not null
            ? next(context)
            : ActivatorUtilities.CreateInstance<RequestLocalizationMiddleware>(context.RequestServices, next).Invoke(context);

    /// <summary>Tells caches what decides the language of an answer.</summary>
    public static void AddVary(HttpResponse response)
    {
        if (!response.Headers.Vary.ToString().Contains(HeaderNames.AcceptLanguage, StringComparison.OrdinalIgnoreCase))
            response.Headers.Append(HeaderNames.Vary, $"{HeaderNames.AcceptLanguage}, {HeaderNames.Cookie}");
    }

    /// <summary>Does so for every page.</summary>
    internal static Task AddVaryToPages(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(static answered =>
        {
            var response = ((HttpContext)answered).Response;
            if (response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) is true)
                AddVary(response);
            return Task.CompletedTask;
        }, context);
        return next(context);
    }

    internal static Task Remember(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Query.ContainsKey(QueryKey))
        {
            var chosen = CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(CultureInfo.CurrentUICulture));
            context.Response.Cookies.Append(CookieName, chosen, new CookieOptions
            {
                MaxAge = TimeSpan.FromDays(365),
                HttpOnly = true,
                IsEssential = true,
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
            });
        }
        return next(context);
    }
}
