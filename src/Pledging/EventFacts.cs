using System.Globalization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>What anyone may know of an event, as JSON.</summary>
/// <param name="Code">The event's public code: six characters of Crockford base32, in upper case.</param>
/// <param name="Title">As the organizer wrote it.</param>
/// <param name="Place">Where it is held, as the organizer wrote it.</param>
/// <param name="StartsAt">In the event's own zone.</param>
/// <param name="EndsAt">In the event's own zone.</param>
/// <param name="State"><c>draft</c>, <c>rehearsal</c>, <c>open</c> or <c>closed</c>.</param>
/// <param name="Texts">The current version for each role.</param>
/// <param name="Classes">In the order of school, grade and number; empty where the event has none.</param>
public sealed record EventFacts(
    string Code, string Title, string Place, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string State,
    IReadOnlyList<TextFacts> Texts, IReadOnlyList<ClassFacts> Classes)
{
    /// <summary>The facts as they stand at a moment.</summary>
    /// <param name="e">The event.</param>
    /// <param name="now">Decides whether signing from home has ended.</param>
    /// <param name="culture">The language in which classes are named.</param>
    public static EventFacts Of(PublishedEvent e, DateTimeOffset now, CultureInfo culture) => new(
        e.Code, e.Title, e.Place, e.Local(e.StartsAt), e.Local(e.EndsAt), e.StateAt(now).WireName(),
        [.. e.Texts.Select(t => new TextFacts(t.Role.WireName(), t.Version, t.Wording.Title, t.Wording.Clauses, t.Wording.Closing))],
        [.. e.Classes.Select(c => new ClassFacts(c.Id, c.School, ClassGroup.NameOf(c.Grade, c.Number, culture)))]);
}

/// <summary>One role's text, as it must be read before signing.</summary>
/// <param name="Role"><c>student</c>, <c>guardian</c>, <c>teacher</c> or <c>volunteer</c>.</param>
/// <param name="Version">From 1; named in the sign request.</param>
/// <param name="Title">What the pledge is called.</param>
/// <param name="Clauses">What is promised, in order.</param>
/// <param name="Closing">The sentences after the clauses; may be empty.</param>
public sealed record TextFacts(string Role, int Version, string Title, IReadOnlyList<string> Clauses, string Closing);

/// <summary>A class taking part.</summary>
/// <param name="Id">Named in the sign request as <c>classId</c>.</param>
/// <param name="School">The school's name.</param>
/// <param name="Name">In the asker's language: 五（1）班, Grade 5 Class 1.</param>
public sealed record ClassFacts(int Id, string School, string Name);
