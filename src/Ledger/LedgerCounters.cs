using System.Data.Common;

namespace SafetyCampaign.Ledger;

/// <summary>Where the ledger stands: the next sequence, each event's next number, the texts that are frozen. Read once, at opening.</summary>
internal sealed class LedgerCounters
{
    private readonly Dictionary<(int EventId, bool Rehearsal), int> numbers = [];
    private readonly HashSet<int> frozenTexts = [];

    public long LastSequence { get; set; }

    public static LedgerCounters Load(DbConnection connection)
    {
        var counters = new LedgerCounters();
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT coalesce(max(last), 0) FROM (SELECT max("Sequence") AS last FROM pledges UNION ALL SELECT max("Sequence") FROM ledger_acts) AS ends;
            SELECT "EventId", "Rehearsal", max("Number") FROM pledges GROUP BY "EventId", "Rehearsal";
            SELECT "Id" FROM pledge_texts WHERE "FrozenAt" IS NOT NULL;
            """;
        using var reader = command.ExecuteReader();
        reader.Read();
        counters.LastSequence = reader.GetInt64(0);
        reader.NextResult();
        while (reader.Read())
            counters.numbers[(reader.GetInt32(0), reader.GetBoolean(1))] = reader.GetInt32(2);
        reader.NextResult();
        while (reader.Read())
            counters.frozenTexts.Add(reader.GetInt32(0));
        return counters;
    }

    public int LastNumber(int eventId, bool rehearsal) => numbers.GetValueOrDefault((eventId, rehearsal));

    public void Advance(int eventId, bool rehearsal, int people)
    {
        LastSequence += people;
        numbers[(eventId, rehearsal)] = LastNumber(eventId, rehearsal) + people;
    }

    /// <summary>Another node has written a pledge.</summary>
    public void Follow(long sequence, int eventId, bool rehearsal, int number)
    {
        LastSequence = sequence;
        numbers[(eventId, rehearsal)] = number;
    }

    public void ForgetRehearsal(int eventId) => numbers.Remove((eventId, true));

    /// <summary>True the first time.</summary>
    public bool Freeze(int textId) => frozenTexts.Add(textId);
}
