using System.Globalization;

namespace SafetyCampaign.Drawing;

/// <summary>What a reader takes for one letter, marks and all.</summary>
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
