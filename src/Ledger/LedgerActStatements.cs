using System.Data.Common;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Ledger;

/// <summary>
/// The SQL of acts, the same for every database: reading and changing signed rows, recording the act. Each statement is parsed once
/// for a connection.
/// </summary>
internal sealed partial class LedgerActStatements(DbConnection connection)
{
    private readonly Dictionary<string, DbCommand> prepared = [];

    public DbConnection Connection => connection;

    private const string Columns =
        """
        "Sequence", "Key", "EventId", "Rehearsal", "Role", "ClassId", "Name", "Relation", "Family", "CountedWith", "InvalidatedAt", "WithdrawnAt", "ErasedAt",
        "ShowMaskedName", "MaskedNameWithdrawnAt", "RosterEntryId", "SignatureKind"
        """;

    /// <summary>
    /// Destroys what a guess could be tried on: the hash of what was sent, and the digest's salt. Where there is no salt
    /// though the hash is there (a row from before there were any), the receipt's secret is the salt: its hash takes its place, by
    /// which the receipt's address is still recognised (<see cref="Receipt.IsSecretOf"/>).
    /// </summary>
    private const string ProofDestroyed =
        """
        "Secret" = CASE WHEN "Salt" IS NULL AND "ContentHash" IS NOT NULL THEN sha256("Secret") ELSE "Secret" END,
            "Salt" = NULL, "ContentHash" = NULL
        """;

    /// <summary>Finds an event's pledges without reading all others, see <see cref="EventSequences"/>.</summary>
    private const string OfEvent = "\"EventId\" = @event AND \"Sequence\" BETWEEN @first AND @last";

    /// <summary>How many people's practice signatures went.</summary>
    public int WipeRehearsal(int eventId, SequenceRange range)
    {
        if (range.IsEmpty)
            return 0;
        foreach (var table in (ReadOnlySpan<string>)["signatures", "signing_flags", "witnesses"])
            Execute(
                $"""
                DELETE FROM {table}
                WHERE "Sequence" IN (SELECT "Sequence" FROM pledges WHERE {OfEvent} AND "Rehearsal" = @rehearsal)
                """,
                ("@event", eventId), ("@first", range.First), ("@last", range.Last), ("@rehearsal", true));
        return Execute($"""DELETE FROM pledges WHERE {OfEvent} AND "Rehearsal" = @rehearsal""", ("@event", eventId),
            ("@first", range.First), ("@last", range.Last), ("@rehearsal", true));
    }

    /// <summary>
    /// Deletes an event's row, with which go the rows that refer to it, and its pledges. False, and nothing is deleted, where it has
    /// another revision, where signing is open, and where it was signed and names are still to be erased.
    /// </summary>
    public bool DeleteEvent(int eventId, long revision, SequenceRange range)
    {
        var isGone = Execute(
            $"""
            DELETE FROM events WHERE "Id" = @event AND "Revision" = @revision AND "State" <> @open
                AND (NOT EXISTS (SELECT 1 FROM pledges WHERE {OfEvent} AND NOT "Rehearsal")
                    OR EXISTS (SELECT 1 FROM campaigns c WHERE c."Id" = events."CampaignId" AND c."ErasedAt" IS NOT NULL))
            """,
            ("@event", eventId), ("@revision", revision), ("@open", (int)EventState.Open), ("@first", range.First),
            ("@last", range.Last)) > 0;
        if (isGone)
            DeletePledgesOf(eventId, range);
        return isGone;
    }

    /// <summary>The same, whatever the event's revision and state.</summary>
    public bool DeleteEventAgain(int eventId, SequenceRange range)
    {
        var isGone = Execute("""DELETE FROM events WHERE "Id" = @event""", ("@event", eventId)) > 0;
        if (isGone)
            DeletePledgesOf(eventId, range);
        return isGone;
    }

    private void DeletePledgesOf(int eventId, SequenceRange range)
    {
        if (range.IsEmpty)
            return;
        foreach (var table in (ReadOnlySpan<string>)["signatures", "signing_flags", "witnesses"])
            Execute(
                $"""DELETE FROM {table} WHERE "Sequence" IN (SELECT "Sequence" FROM pledges WHERE {OfEvent})""",
                ("@event", eventId), ("@first", range.First), ("@last", range.Last));
        Execute($"""DELETE FROM pledges WHERE {OfEvent}""", ("@event", eventId), ("@first", range.First), ("@last", range.Last));
    }

    /// <summary>All pledges of the request to which one belongs.</summary>
    public List<SignedRow> RequestOf(long sequence) => Requests("\"Sequence\" = @first", sequence, sequence);

    /// <summary>All pledges of the requests to which some belong.</summary>
    public List<SignedRow> RequestsOf(IEnumerable<long> sequences) => RequestsAmong($"\"Sequence\" IN ({string.Join(',', sequences)})");

    /// <summary>All pledges of the requests in which somebody counts with one of the pledges from first to last.</summary>
    public List<SignedRow> RequestsCountedWith(long first, long last) =>
        Requests("\"CountedWith\" >= @first AND \"CountedWith\" <= @last", first, last);

    /// <summary>
    /// All requests of guardians who signed alone for one of some pupils on a class's list: by an index over signers on a list.
    /// </summary>
    public List<SignedRow> LoneGuardians(IEnumerable<int> entries) => RequestsAmong(
        $"""
         "Role" = {(int)SignerRole.Guardian} AND "RosterEntryId" IS NOT NULL AND "RosterEntryId" IN ({string.Join(',', entries)})
         """);

    /// <summary>All requests in which a pupil on a class's list signed at an event: by an index over signers on a list.</summary>
    public List<SignedRow> RequestsOfPupil(int eventId, int entry) => Requests(
        $"""
         "EventId" = @first AND "RosterEntryId" = @last AND "Role" = {(int)SignerRole.Student}
         """, eventId, entry);

    public void Update(SignedRow row) => Execute(
        """
        UPDATE pledges SET "ClassId" = @class, "Name" = @name, "Relation" = @relation, "SignatureKind" = @kind,
            "RosterEntryId" = @entry,
            "Family" = @family, "CountedWith" = @with,
            "InvalidatedAt" = @invalidated, "WithdrawnAt" = @withdrawn, "ErasedAt" = @erased, "ShowMaskedName" = @masked,
            "MaskedNameWithdrawnAt" = @unmasked
        WHERE "Sequence" = @sequence
        """,
        ("@sequence", row.Sequence), ("@class", row.ClassId), ("@name", row.Name), ("@relation", (int?)row.Relation),
        ("@kind", (int)row.SignatureKind), ("@entry", row.RosterEntryId), ("@family", row.Family),
        ("@with", row.CountedWith), ("@invalidated", row.InvalidatedAt?.UtcTicks), ("@withdrawn", row.WithdrawnAt?.UtcTicks),
        ("@erased", row.ErasedAt?.UtcTicks), ("@masked", row.ShowMaskedName), ("@unmasked", row.MaskedNameWithdrawnAt?.UtcTicks));

    /// <summary>Some pledges count with another one from now on.</summary>
    public void UpdateCountedWith(List<long> sequences, long to)
    {
        using var command = Make(
            $"""UPDATE pledges SET "CountedWith" = @with WHERE "Sequence" IN ({string.Join(',', sequences)})""", ("@with", to));
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// Takes away the name, the relation, the strokes, the number of the slip or link that vouched, what else is kept of a slip or a sheet
    /// and leads to the pupil, and whatever would confirm a guessed name (<see cref="ProofDestroyed"/>); the place and the digest stay.
    /// False where they are gone.
    /// </summary>
    public bool Erase(long sequence)
    {
        var strokes = Execute("""DELETE FROM signatures WHERE "Sequence" = @sequence""", ("@sequence", sequence));
        Execute("""DELETE FROM witnesses WHERE "Sequence" = @sequence""", ("@sequence", sequence));
        ErasePaper(sequence);
        DeleteUsedSlip(sequence);
        return strokes + Execute(
            $"""
            UPDATE pledges SET "Name" = NULL, "Relation" = NULL, "VoucherId" = NULL, "RosterEntryId" = NULL, {ProofDestroyed}
            WHERE "Sequence" = @sequence AND ("Name" IS NOT NULL OR "Relation" IS NOT NULL OR "ContentHash" IS NOT NULL)
            """, ("@sequence", sequence)) > 0;
    }

    /// <summary>Names of a request read otherwise now: those that were sent can no longer be tried on the digest.</summary>
    /// <param name="sequence">Of the request's first pledge.</param>
    public void ForgetSent(long sequence) =>
        Execute($"""UPDATE pledges SET {ProofDestroyed} WHERE "Sequence" = @sequence""", ("@sequence", sequence));

    /// <summary>Keeps what was noticed when a request came in. Seldom: most have no flag.</summary>
    public void Flag(long sequence, SigningFlags flags) => Execute(
        """INSERT INTO signing_flags ("Sequence", "Flags") VALUES (@sequence, @flags)""",
        ("@sequence", sequence), ("@flags", (int)flags));

    /// <summary>Keeps who was there when somebody signed with help.</summary>
    /// <param name="sequence">Of the request's first pledge.</param>
    /// <param name="name">The witness's.</param>
    public void KeepWitness(long sequence, string name) => Execute(
        """INSERT INTO witnesses ("Sequence", "Name") VALUES (@sequence, @name)""", ("@sequence", sequence), ("@name", name));

    /// <summary>Erases the name, relation and strokes of one pledge at the end of the term. False where they are gone.</summary>
    public bool Expire(long sequence, DateTimeOffset now) => Erase(sequence) && Execute(
        """UPDATE pledges SET "ErasedAt" = coalesce("ErasedAt", @at) WHERE "Sequence" = @sequence""", ("@sequence", sequence),
        ("@at", now.UtcTicks)) > 0;

    public void InsertAct(long sequence, LedgerActKind kind, int eventId, DateTimeOffset now, int? by, long? subject, int people,
        string? effect = null, long? lastChanged = null, int? formerClass = null) => Execute(
        """
        INSERT INTO ledger_acts ("Sequence", "Kind", "EventId", "At", "By", "Subject", "People", "Effect", "Reaches", "FormerClassId")
        VALUES (@sequence, @kind, @event, @at, @by, @subject, @people, @effect, @lastChanged, @former)
        """,
        ("@sequence", sequence), ("@kind", (int)kind), ("@event", eventId), ("@at", now.UtcTicks), ("@by", by), ("@subject", subject),
        ("@people", people), ("@effect", effect), ("@lastChanged", lastChanged), ("@former", formerClass));

    private static string RequestsWhere(string where) =>
        $"""SELECT {Columns} FROM pledges WHERE "Key" IN (SELECT "Key" FROM pledges WHERE {where}) ORDER BY "Sequence" """;

    private List<SignedRow> Requests(string where, long first, long last) =>
        ReadAll(Prepare(RequestsWhere(where), ("@first", first), ("@last", last)));

    /// <param name="where">Names rows by their numbers, so that it is another statement each time.</param>
    private List<SignedRow> RequestsAmong(string where)
    {
        using var command = Make(RequestsWhere(where));
        return ReadAll(command);
    }

    private static List<SignedRow> ReadAll(DbCommand command)
    {
        using var row = command.ExecuteReader();
        var rows = new List<SignedRow>();
        while (row.Read())
            rows.Add(Read(row));
        return rows;
    }

    /// <summary>
    /// Writes what no count and no answer depends on, and adds nothing to the tables of the ledger, which must be there and
    /// take rows: so whoever commits it knows that a pledge could be written as well.
    /// </summary>
    public void WriteHeartbeat(DateTimeOffset now)
    {
        foreach (var table in (ReadOnlySpan<string>)["pledges", "signatures", "ledger_acts"])
            Execute($"INSERT INTO {table} SELECT * FROM {table} WHERE 1 = 0");
        Execute(
            """
            INSERT INTO heartbeats ("Id", "At") VALUES (@id, @at) ON CONFLICT ("Id") DO UPDATE SET "At" = excluded."At"
            """,
            ("@id", Heartbeat.TheOne), ("@at", now.UtcTicks));
    }

    private static SignedRow Read(DbDataReader row)
    {
        return new SignedRow
        {
            Sequence = row.GetInt64(0),
            Key = row.GetFieldValue<byte[]>(1),
            EventId = row.GetInt32(2),
            Rehearsal = row.GetBoolean(3),
            Role = (SignerRole)row.GetInt32(4),
            ClassId = row.IsDBNull(5) ? null : row.GetInt32(5),
            Name = row.IsDBNull(6) ? null : row.GetString(6),
            Relation = row.IsDBNull(7) ? null : (GuardianRelation)row.GetInt32(7),
            Family = row.GetBoolean(8),
            CountedWith = row.IsDBNull(9) ? null : row.GetInt64(9),
            InvalidatedAt = Moment(10),
            WithdrawnAt = Moment(11),
            ErasedAt = Moment(12),
            ShowMaskedName = row.GetBoolean(13),
            MaskedNameWithdrawnAt = Moment(14),
            RosterEntryId = row.IsDBNull(15) ? null : row.GetInt32(15),
            SignatureKind = (SignatureKind)row.GetInt32(16),
        };

        DateTimeOffset? Moment(int column) => row.IsDBNull(column) ? null : new DateTimeOffset(row.GetInt64(column), TimeSpan.Zero);
    }

    private int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Prepare(sql, parameters).ExecuteNonQuery();

    /// <summary>A statement that is kept: its text must not hold values. The connection ends it.</summary>
    private DbCommand Prepare(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!prepared.TryGetValue(sql, out var command))
            return prepared[sql] = Make(sql, parameters);
        for (var i = 0; i < parameters.Length; i++)
            command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
        return command;
    }

    private DbCommand Make(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
