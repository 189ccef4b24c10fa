using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Layout;

public static class LayoutSetup
{
    public static void AddLayout(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorPages(pages => pages.RootDirectory = "/src")
            .AddMvcOptions(mvc => mvc.Filters.Add<UnsupportedMethodFilter>())
            // There are none; to look for them, each start would load all types of the program.
            .ConfigureApplicationPartManager(parts => parts.FeatureProviders.Remove(
                parts.FeatureProviders.OfType<ControllerFeatureProvider>().Single()))
            // Forms are validated by the server only, so pages carry no attributes for client-side validation.
            .AddViewOptions(views => views.HtmlHelperOptions.ClientValidationEnabled = false);
        PagePropertiesByAttributes.AddTo(builder.Services);
        builder.Services.AddLocalization();
        builder.Services.AddSingleton<RenderedPartialCache>();
        builder.Services.ConfigureOptions<ModelBindingMessages>();
        builder.Services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = ["text/html", "application/json"]; // scripts and styles are compressed when they are built
        });
        builder.Services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal);
        // A quarter less than Fastest, which is the default, for a quarter of a millisecond more.
        builder.Services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Optimal);
        // Chinese text as it is, not as numeric entities: a third of the bytes.
        builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        builder.Services.AddSingleton(new InterfaceLanguages(InterfaceLanguages.OfTheProduct));
        builder.Services.AddOptions<RequestLocalizationOptions>().Configure<InterfaceLanguages>((localization, languages) =>
        {
            localization.DefaultRequestCulture = new RequestCulture(languages.All[0].Culture);
            localization.SupportedCultures = [.. languages.All.Select(language => language.Culture)];
            localization.SupportedUICultures = [.. languages.All.Select(language => language.Culture)];
            localization.ApplyCurrentCultureToResponseHeaders = true;
            localization.RequestCultureProviders =
            [
                new QueryStringRequestCultureProvider { QueryStringKey = LanguageChoice.QueryKey,
                    UIQueryStringKey = LanguageChoice.QueryKey },
                new CookieRequestCultureProvider { CookieName = LanguageChoice.CookieName },
                new AcceptLanguageHeaderRequestCultureProvider(),
            ];
        });
    }

    public static void UseLayout(this WebApplication app)
    {
        app.UseCompressedPages();
        app.UseLanguages();
    }

    /// <summary>The Razor Pages of every room, after the static files, whose fingerprints stand in them.</summary>
    public static void MapPages(this WebApplication app) => app.MapRazorPages().WithStaticAssets();

    /// <summary>
    /// Compresses the public pages, which several hundred phones ask for over one uplink. Not the desk, the host's page
    /// and the class teacher's: they hold secrets beside user input, and the compressed length of both could reveal a secret (BREACH).
    /// Nor the answer to a signature, which is short.
    /// </summary>
    private static void UseCompressedPages(this WebApplication app)
    {
        var desk = app.Services.GetRequiredService<IOptions<DeskAddressOptions>>().Value.Home;
        app.UseWhen(context => !context.Request.Path.StartsWithSegments(desk) && !context.Request.Path.StartsWithSegments("/host")
                && !context.Request.Path.StartsWithSegments("/class")
                && !(HttpMethods.IsPost(context.Request.Method) && context.Request.Path.StartsWithSegments("/api")),
            pages => pages.UseResponseCompression());
    }

    /// <summary>Speaks the asker's language: <c>?lang=</c> (remembered), then the cookie, then the browser's wish.</summary>
    private static void UseLanguages(this WebApplication app)
    {
        app.Use(LanguageChoice.AddVaryToPages);
        app.UseRequestLocalization();
        app.Use(LanguageChoice.Remember);
    }
}
