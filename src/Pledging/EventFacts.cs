using System.Globalization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>What anyone may know of an event, as JSON.</summary>
/// <param name="Code">The event's public code: six characters of Crockford base32, in upper case.</param>
/// <param name="Title">In the asker's language where the organizer has given it in that one; else as it was written first.</param>
/// <param name="Place">Where it is held; its language as for the title.</param>
/// <param name="StartsAt">In the event's own zone.</param>
/// <param name="EndsAt">In the event's own zone.</param>
/// <param name="State"><c>draft</c>, <c>rehearsal</c>, <c>open</c> or <c>closed</c>.</param>
/// <param name="Texts">The current version for each role.</param>
/// <param name="Classes">By school, in the order in which a school lists them; empty where the event has none.</param>
public sealed record EventFacts(
    string Code, string Title, string Place, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string State,
    IReadOnlyList<TextFacts> Texts, IReadOnlyList<ClassFacts> Classes)
{
    /// <summary>The facts as they stand at a moment.</summary>
    /// <param name="e">The event.</param>
    /// <param name="now">Decides whether signing from home has ended.</param>
    /// <param name="culture">The asker's language, in which the event is named and its classes are.</param>
    public static EventFacts Of(PublishedEvent e, DateTimeOffset now, CultureInfo culture) => new(
        e.Code, e.In(culture).Title, e.In(culture).Place, e.Local(e.StartsAt), e.Local(e.EndsAt), e.StateAt(now).WireName(),
        [.. e.Texts.Select(TextFacts.Of)],
        [.. e.In(culture).Classes.Select(c => new ClassFacts(c.Id, c.School, c.Name.In(culture)))]);
}

/// <summary>One role's text, as it must be read before signing.</summary>
/// <param name="Role"><c>student</c>, <c>guardian</c>, <c>teacher</c> or <c>volunteer</c>.</param>
/// <param name="Version">From 1; named in the sign request.</param>
/// <param name="Title">What the pledge is called.</param>
/// <param name="Clauses">What is signed, in the language of the product's pledge texts (Chinese).</param>
/// <param name="Closing">The sentences after the clauses; may be empty.</param>
/// <param name="Translations">To be read beside it; frozen with the version. None where nobody has written one.</param>
/// <param name="ContentHash">SHA-256 over the version in all of its languages, in hexadecimal; see <see cref="PledgeTextHash"/>.</param>
public sealed record TextFacts(
    string Role, int Version, string Title, IReadOnlyList<string> Clauses, string Closing,
    IReadOnlyList<TranslationFacts> Translations, string ContentHash)
{
    internal static TextFacts Of(PublishedText text) => new(text.Role.WireName(), text.Version,
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
/// <param name="Id">Named in the sign request as <c>classId</c>.</param>
/// <param name="School">The school's name.</param>
/// <param name="Name">In the asker's language: 五（1）班, Grade 5 Class 1.</param>
public sealed record ClassFacts(int Id, string School, string Name);
