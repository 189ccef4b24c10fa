using System.Security.Cryptography;
using System.Text;

namespace SafetyCampaign.Desk;

/// <summary>
/// A generated secret that can be read out and typed: three groups of four, without letters and digits that are mistaken for each
/// other; 59 bits.
/// </summary>
public static class ReadableSecret
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int Groups = 3;
    private const int GroupLength = 4;

    public static string New() =>
        string.Join('-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Letters, GroupLength)));

    /// <summary>As it was made, however it is typed: capitals, spaces, dashes or none. Null where it cannot be one.</summary>
    public static string? Read(string? typed)
    {
        if (typed is null || typed.Length > 100)
            return null;
        var letters = string.Concat(typed.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Where(Letters.Contains));
        return letters.Length == Groups * GroupLength
            ? string.Join('-', letters.Chunk(GroupLength).Select(group => new string(group)))
            : null;
    }
}
