using System.Data.Common;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Ledger;

/// <summary>
/// The ledger's counters: the next sequence, each event's next number, the texts that are frozen, the children who have
/// signed. Read once, at opening.
/// </summary>
internal sealed class LedgerCounters(EventSequences sequences)
{
    private readonly Dictionary<(int EventId, bool Rehearsal), int> numbers = [];
    private readonly HashSet<int> frozenTexts = [];

    /// <summary>The events of which <see cref="Children"/> has all.</summary>
    private readonly HashSet<int> withChildren = [];

    public long LastSequence { get; set; }

    public KnownChildren Children { get; } = new();

    /// <summary>
    /// Reads them; of children those of events at which somebody may sign soon: the open ones, and those closed so lately that paper and
    /// a class's device still bring what was signed before. Those of another event are read when it needs them
    /// (<see cref="LoadChildren"/>).
    /// </summary>
    /// <param name="connection">The store's own.</param>
    /// <param name="sequences">Filled by what is read.</param>
    /// <param name="now">By which an event was closed lately or long ago.</param>
    public static LedgerCounters Load(DbConnection connection, EventSequences sequences, DateTimeOffset now)
    {
        var recent =
            $"""
             "State" = {(int)EventState.Open}
                 OR ("State" = {(int)EventState.Closed} AND "ClosedAt" > {(now - CampaignEvent.MaxClassDelay).UtcTicks})
             """;
        var counters = new LedgerCounters(sequences);
        using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            SELECT coalesce(max(last), 0) FROM (SELECT max("Sequence") AS last FROM pledges UNION ALL SELECT max("Sequence") FROM ledger_acts) AS ends;
            SELECT "EventId", "Rehearsal", max("Number"), min("Sequence"), max("Sequence") FROM pledges GROUP BY "EventId", "Rehearsal";
            SELECT "Id" FROM pledge_texts WHERE "FrozenAt" IS NOT NULL;
            SELECT "Id" FROM events WHERE {recent};
            {SelectChildren($"""
                "EventId" IN (SELECT "Id" FROM events WHERE {recent})
                """)};
            """;
        using var reader = command.ExecuteReader();
        reader.Read();
        counters.LastSequence = reader.GetInt64(0);
        reader.NextResult();
        while (reader.Read())
        {
            counters.numbers[(reader.GetInt32(0), reader.GetBoolean(1))] = reader.GetInt32(2);
            sequences.Extend(reader.GetInt32(0), reader.GetInt64(3), reader.GetInt64(4));
        }
        reader.NextResult();
        while (reader.Read())
            counters.frozenTexts.Add(reader.GetInt32(0));
        reader.NextResult();
        while (reader.Read())
            counters.withChildren.Add(reader.GetInt32(0));
        reader.NextResult();
        counters.AddStoredChildren(reader);
        return counters;
    }

    /// <summary>Whether <see cref="Children"/> has all of an event.</summary>
    public bool HasChildren(int eventId) => withChildren.Contains(eventId);

    /// <summary>
    /// Reads an event's children where they are not known: it was closed long ago when the ledger was opened, and has been opened again
    /// since. Once.
    /// </summary>
    /// <param name="connection">The store's own, in the group's transaction, with all rows sent that come before.</param>
    /// <param name="eventId">The event's row.</param>
    public void LoadChildren(DbConnection connection, int eventId)
    {
        if (!withChildren.Add(eventId) || LastNumber(eventId, rehearsal: false) == 0)
            return;
        Children.ForgetEvent(eventId); // what was met of it alone, by an act
        var (first, last) = sequences.Of(eventId);
        using var command = connection.CreateCommand();
        command.CommandText = SelectChildren($"\"EventId\" = {eventId} AND \"Sequence\" BETWEEN {first} AND {last}");
        using var reader = command.ExecuteReader();
        AddStoredChildren(reader);
    }

    private static string SelectChildren(string ofEvents) =>
        $"""
         SELECT "Sequence" - "Position", "Role", "EventId", "ClassId", "Name", "Relation", coalesce("CountedWith", "Sequence"),
             "RosterEntryId", "SignatureKind" FROM pledges
         WHERE "Role" IN ({(int)SignerRole.Student}, {(int)SignerRole.Guardian}) AND NOT "Rehearsal" AND "Name" IS NOT NULL
             AND {CountingRule.IsValidSql} AND {ofEvents}
         ORDER BY "Sequence"
         """;

    private void AddStoredChildren(DbDataReader reader)
    {
        while (reader.Read())
            Children.AddStored(reader.GetInt64(0), (SignerRole)reader.GetInt32(1), reader.GetInt32(2),
                reader.IsDBNull(3) ? null : reader.GetInt32(3),
                reader.GetString(4), reader.IsDBNull(5) ? null : (GuardianRelation)reader.GetInt32(5),
                (SignatureKind)reader.GetInt32(8), reader.IsDBNull(7) ? null : reader.GetInt32(7), reader.GetInt64(6));
    }

    public int LastNumber(int eventId, bool rehearsal) => numbers.GetValueOrDefault((eventId, rehearsal));

    public void Advance(int eventId, bool rehearsal, int people)
    {
        sequences.Extend(eventId, LastSequence + 1, LastSequence + people);
        LastSequence += people;
        numbers[(eventId, rehearsal)] = LastNumber(eventId, rehearsal) + people;
    }

    /// <summary>Another node has written a pledge.</summary>
    public void AdvanceTo(long sequence, int eventId, bool rehearsal, int number)
    {
        LastSequence = sequence;
        if (!rehearsal && LastNumber(eventId, rehearsal) == 0)
            withChildren.Add(eventId); // its first pledge
        sequences.Extend(eventId, sequence, sequence);
        numbers[(eventId, rehearsal)] = number;
    }

    public void ForgetRehearsal(int eventId) => numbers.Remove((eventId, true));

    /// <summary>The event was deleted; its row's number is not given again.</summary>
    public void ForgetEvent(int eventId)
    {
        ForgetRehearsal(eventId);
        numbers.Remove((eventId, false));
        ForgetChildren(eventId);
    }

    /// <summary>They are read anew when somebody signs at the event (<see cref="LoadChildren"/>).</summary>
    public void ForgetChildren(int eventId)
    {
        if (withChildren.Remove(eventId))
            Children.ForgetEvent(eventId);
    }

    /// <summary>True the first time.</summary>
    public bool Freeze(int textId) => frozenTexts.Add(textId);
}
