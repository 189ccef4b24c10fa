using System.Globalization;

namespace SafetyCampaign.Drawing;

/// <summary>Extended grapheme clusters (UAX #29).</summary>
internal static class Graphemes
{
    public static List<string> Of(string text)
    {
        var graphemes = new List<string>();
        for (var at = StringInfo.GetTextElementEnumerator(text); at.MoveNext();)
            graphemes.Add(at.GetTextElement());
        return graphemes;
    }
}
