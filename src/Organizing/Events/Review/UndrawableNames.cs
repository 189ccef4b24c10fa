using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Drawing;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Events.Review;

/// <summary>A name with characters that no typeface has; certificates show their codes in boxes.</summary>
/// <param name="Number">The signer's place among the people of the event; the name itself is not told.</param>
/// <param name="Codes">Such as <c>U+3134A</c>.</param>
public sealed record UndrawableName(int Number, int? ClassId, string Codes);

internal static class UndrawableNames
{
    /// <summary>In the order of their numbers; of pledges that stand.</summary>
    public static async Task<List<UndrawableName>> FindAsync(CampaignDb db, EventSequences sequences, int eventId)
    {
        var named = await SignedPledge.Of(db, sequences, eventId).Where(p => p.Name != null && p.InvalidatedAt == null)
            .OrderBy(p => p.Sequence)
            .Select(p => new { p.Number, p.ClassId, Name = SignerName.Of(p.Name, p.Relation, p.SignatureKind) }).ToListAsync();
        return [.. from pledge in named
            where !pledge.Name!.All(IsInEveryFace)
            let missing = Fonts.MissingIn(pledge.Name!)
            where missing.Count > 0
            select new UndrawableName(pledge.Number, pledge.ClassId, string.Join(' ',
                missing.Select(rune => string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}"))))];
    }

    /// <summary>The ideographs of Unicode 1.1 and Latin letters: nearly every name, and faster than asking a face.</summary>
    private static bool IsInEveryFace(char letter) => letter is (>= '\u4E00' and <= '\u9FA5') or '·' or ' ' || char.IsAsciiLetter(letter);
}
