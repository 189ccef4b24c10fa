using Microsoft.AspNetCore.Html;

namespace SafetyCampaign.Layout;

/// <summary>
/// Chinese is written without spaces, so a browser breaks a line after any character, within words as well. Text that stands large is
/// given the places where it may break, to be shown with <c>word-break: keep-all</c>.
/// </summary>
public static class PhraseBreaks
{
    private const string EndsPhrase = "，、；：。·）》”’—.";
    private const string BeginsPhrase = "（《“‘";

    /// <summary>The text, encoded, with a <c>wbr</c> after each mark that ends a phrase and before each that begins
    /// one.</summary>
    public static IHtmlContent At(string text)
    {
        var html = new HtmlContentBuilder();
        var from = 0;
        for (var i = 0; i + 1 < text.Length; i++)
        {
            var (here, next) = (text[i], text[i + 1]);
            var isBetween = (EndsPhrase.Contains(here) && !EndsPhrase.Contains(next))
                || (BeginsPhrase.Contains(next) && !BeginsPhrase.Contains(here));
            if (!isBetween)
                continue;
            html.Append(text[from..(i + 1)]).AppendHtml("<wbr>");
            from = i + 1;
        }
        return html.Append(text[from..]);
    }
}
