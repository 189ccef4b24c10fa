using Microsoft.AspNetCore.Html;

namespace SafetyCampaign.Layout;

/// <summary>
/// A browser breaks Chinese after any character, so 三（1）班 in running text or in a narrow cell would stand on two lines. Where it is
/// shown, the name of a class is kept together.
/// </summary>
public static class UnbrokenName
{
    /// <summary>The longest name that is kept together, in UTF-16 units: a longer one would be wider than a phone.</summary>
    private const int MaxLength = 20;

    /// <summary>The text, encoded, with the name in it kept together.</summary>
    /// <param name="text">A sentence, a heading or the name itself.</param>
    /// <param name="name">As it stands in the text; null where there is none.</param>
    public static IHtmlContent In(string text, string? name)
    {
        var html = new HtmlContentBuilder();
        var at = name is { Length: > 0 and <= MaxLength } ? text.IndexOf(name, StringComparison.Ordinal) : -1;
        if (at < 0)
            return html.Append(text);
        return html.Append(text[..at]).AppendHtml("<span class=\"unbroken\">").Append(name!).AppendHtml("</span>")
            .Append(text[(at + name!.Length)..]);
    }

    /// <summary>The name alone.</summary>
    public static IHtmlContent Of(string name) => In(name, name);
}
