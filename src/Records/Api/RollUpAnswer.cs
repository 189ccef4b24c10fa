using SafetyCampaign.Campaigns;
using SafetyCampaign.Records.RollUp;

namespace SafetyCampaign.Records.Api;

/// <summary>The numbers of a subtree.</summary>
/// <param name="From">The first day, in China, on which the events that are added up begin.</param>
/// <param name="To">The last such day.</param>
/// <param name="At">When it was asked for.</param>
/// <param name="ChannelsAt">As of when channels and signatures in time are counted; null where they are not yet.</param>
/// <param name="Organizations">Each followed by those below it.</param>
public sealed record RollUpAnswer(
    DateOnly From, DateOnly To, DateTimeOffset At, DateTimeOffset? ChannelsAt, IReadOnlyList<OrganizationCounts> Organizations)
{
    internal static RollUpAnswer Of(
        RollUpPeriod period, IReadOnlyList<RollUpRow> rows, DateTimeOffset now, DateTimeOffset? channelsAt) =>
        new(period.From, period.To, now, channelsAt, [.. rows.Select(OrganizationCounts.Of)]);
}

/// <summary>An organization with the numbers of all that lies below it. Nobody's name.</summary>
/// <param name="Id">Its number, which stays.</param>
/// <param name="ParentId">The organization above; null at the top of what the token reads.</param>
/// <param name="Name">As it calls itself.</param>
/// <param name="Kind">district, street, community, school or rescueTeam.</param>
/// <param name="Events">Its own, and others' in which its classes take part.</param>
/// <param name="People">Who has signed.</param>
/// <param name="Families">A child and a parent have signed.</param>
/// <param name="Pupils">In classes whose size is known.</param>
/// <param name="Signed">Of these pupils.</param>
/// <param name="InTime">Who signed before the event ended.</param>
/// <param name="CountedInTime">Of how many that is known.</param>
/// <param name="Channels">People by channel: phone, relay, slip, paper, assisted.</param>
/// <param name="Moved">Since when it lies where it does; null where it never moved.</param>
public sealed record OrganizationCounts(
    int Id, int? ParentId, string Name, string Kind, int Events, int People, int Families, int Pupils, int Signed, int InTime,
    int CountedInTime, IReadOnlyDictionary<string, int> Channels, MovedFrom? Moved)
{
    internal static OrganizationCounts Of(RollUpRow row) => new(
        row.Id, row.ParentId, row.Name, row.Kind.WireName(), row.Events, row.People, row.Families, row.Pupils, row.Signed, row.InTime,
        row.CountedInTime, Enum.GetValues<SigningChannel>().ToDictionary(c => c.WireName(), c => row.Channels[(int)c]),
        row.Moved is { } moved ? new MovedFrom(moved.At, moved.From) : null);
}

/// <summary>That an organization lay elsewhere before.</summary>
/// <param name="At">When it was moved.</param>
/// <param name="From">What the organization above was called.</param>
public sealed record MovedFrom(DateTimeOffset At, string From);
