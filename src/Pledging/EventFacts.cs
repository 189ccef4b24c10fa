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
        e.Code, e.Title, e.Place, e.Local(e.StartsAt), e.Local(e.EndsAt), e.StateAt(now).WireName(),
        [.. e.Texts.Select(t => new TextFacts(t.Role.WireName(), t.Version, t.Wording.Title, t.Wording.Clauses, t.Wording.Closing))],
        [.. e.Classes.Select(c => new ClassFacts(c.Id, c.School, ClassGroup.NameOf(c.Grade, c.Number, culture)))]);
}

/// <summary>One role's text, as it must be read before signing.</summary>
public sealed record TextFacts(string Role, int Version, string Title, IReadOnlyList<string> Clauses, string Closing);

/// <summary>A class taking part.</summary>
public sealed record ClassFacts(int Id, string School, string Name);
