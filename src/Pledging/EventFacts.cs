using System.Globalization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>What anyone may know of an event, as JSON.</summary>
/// <param name="State"><c>draft</c>, <c>rehearsal</c>, <c>open</c> or <c>closed</c>.</param>
/// <param name="Texts">The current version for each role.</param>
public sealed record EventFacts(
    string Code, string Title, string Place, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string State,
    IReadOnlyList<TextFacts> Texts, IReadOnlyList<ClassFacts> Classes)
{
    public static EventFacts Of(PublishedEvent e, DateTimeOffset now, CultureInfo culture) => new(
        e.Code, e.Title, e.Place, e.Local(e.StartsAt), e.Local(e.EndsAt), e.StateAt(now).ToString().ToLowerInvariant(),
        [.. e.Texts.Select(TextFacts.Of)],
        [.. e.Classes.Select(c => new ClassFacts(c.Id, c.School, ClassGroup.NameOf(c.Grade, c.Number, culture)))]);
}

/// <summary>One role's text, as it must be read before signing.</summary>
/// <param name="Clauses">What is signed, in the language of the product's pledge texts (Chinese).</param>
/// <param name="Translations">To be read beside it; frozen with the version. None where nobody has written one.</param>
/// <param name="ContentHash">SHA-256 over the version in all of its languages, in hexadecimal; see <see cref="PledgeTextHash"/>.</param>
public sealed record TextFacts(
    string Role, int Version, string Title, IReadOnlyList<string> Clauses, string Closing,
    IReadOnlyList<TranslationFacts> Translations, string ContentHash)
{
    internal static TextFacts Of(PublishedText text) => new(text.Role.ToString().ToLowerInvariant(), text.Version,
        text.Wording.Title, text.Wording.Clauses, text.Wording.Closing, [.. text.Translations.Select(TranslationFacts.Of)],
        Convert.ToHexStringLower(text.ContentHash));
}

/// <summary>A text's wording in another language; what is signed is the text itself.</summary>
/// <param name="Language">BCP 47.</param>
/// <param name="Direction"><c>ltr</c>, <c>rtl</c>, or <c>vertical</c> (letters from top to bottom, lines from left to right).</param>
/// <param name="Official">Comes with the product; otherwise the organizers have written it.</param>
/// <param name="Clauses">As many as the text has, in its order.</param>
public sealed record TranslationFacts(
    string Language, string Direction, bool Official, string Title, IReadOnlyList<string> Clauses, string Closing)
{
    internal static TranslationFacts Of(PledgeTranslation translation) => new(translation.Language,
        translation.Direction == TextDirection.Vertical ? "vertical" : translation.Direction.Dir(), translation.Official,
        translation.Wording.Title, translation.Wording.Clauses, translation.Wording.Closing);
}

/// <summary>A class taking part.</summary>
public sealed record ClassFacts(int Id, string School, string Name);
