using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Records.Verifier;

/// <summary>
/// The page that checks an archive package or a receipt without a network: script, style and words of all languages in one file, which is
/// also in every package. What may run in it is named by hashes, in the file and in the header of its address.
/// </summary>
public sealed class VerifierFile
{
    public const string Address = "/verifier.html";

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly string policy;

    public VerifierFile(IWebHostEnvironment host, IStringLocalizer<VerifierText> words, InterfaceLanguages languages)
    {
        var (script, style) = (Read(host, "VerifierPage.js").Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase),
            Read(host, "VerifierPage.css"));
        policy = $"default-src 'none'; script-src '{HashOf(script)}'; style-src '{HashOf(style)}'; base-uri 'none'; form-action 'none'";
        var said = JsonSerializer.Serialize(
            languages.All.ToDictionary(language => language.Tag, language => WordsIn(words, language)), Json);
        // A data block, which does not run.
        Html = $"""
            <!DOCTYPE html>
            <html lang="{languages.All[0].Tag}"><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{policy}">
            <meta name="viewport" content="width=device-width,initial-scale=1"><title>{words["Title"].Value}</title>
            <style>{style}</style></head><body><main id="verifier"></main>
            <script type="application/json" id="words">{said}</script><script>{script}</script></body></html>
            """;
    }

    /// <summary>The whole file.</summary>
    public string Html { get; }

    /// <summary>Answers with the file, under its own policy.</summary>
    public IResult Send(HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = $"{policy}; frame-ancestors 'none'";
        http.Response.Headers.CacheControl = "no-cache";
        return Results.Content(Html, "text/html", Encoding.UTF8);
    }

    private static Dictionary<string, string> WordsIn(IStringLocalizer<VerifierText> words, InterfaceLanguage language)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = language.Culture;
            return words.GetAllStrings(includeParentCultures: true).Select(word => KeyValuePair.Create(word.Name, word.Value))
                .Concat(SignerName.WordsIn(language.Culture)).ToDictionary();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static string HashOf(string content) =>
        $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}";

    private static string Read(IWebHostEnvironment host, string name)
    {
        using var reader = new StreamReader(host.WebRootFileProvider.GetFileInfo($"dist/{name}").CreateReadStream());
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
