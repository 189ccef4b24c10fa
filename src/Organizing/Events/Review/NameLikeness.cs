using System.Text;

namespace SafetyCampaign.Organizing.Events.Review;

/// <summary>Whether two names may be one name written twice: by hand, in a hurry, on two phones.</summary>
public static class NameLikeness
{
    /// <summary>Each first letter replaces those after it, which look like it.</summary>
    private static readonly string[] LookAlikes = ["己已巳", "未末", "日曰", "土士", "戊戌戍", "吉𠮷", "O0", "L1I"];

    private static readonly Dictionary<Rune, Rune> First = LookAlikes
        .SelectMany(alike => alike.EnumerateRunes().Select(rune => (rune, first: alike.EnumerateRunes().First())))
        .ToDictionary(pair => pair.rune, pair => pair.first);

    /// <summary>
    /// What is left of a name without spaces, dots and hyphens, width, case, accents and look-alike letters; equal for names
    /// that are likely one.
    /// </summary>
    public static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var rune in name.Normalize(NormalizationForm.FormKD).EnumerateRunes())
            if (Rune.IsLetterOrDigit(rune))
            {
                var upper = Rune.ToUpperInvariant(rune);
                folded.Append((First.TryGetValue(upper, out var first) ? first : upper).ToString());
            }
        return folded.ToString();
    }
}
