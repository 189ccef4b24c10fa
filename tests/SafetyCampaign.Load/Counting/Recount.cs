using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Counting;

/// <summary>
/// What ends every run: the rows themselves, read from the database past the program, against what phones were told and
/// against the tally that the program shows.
/// </summary>
internal sealed class Recount
{
    private readonly List<string> wrong = [];

    /// <summary>Sentences about what does not agree; empty when all does.</summary>
    public IReadOnlyList<string> Wrong => wrong;

    /// <summary>How many pledges count at the event.</summary>
    public long Rows { get; private set; }

    public static Task<Recount> OfAsync(RunningProgram program, SeededEvent e, IReadOnlyList<LoadResult> loads, int planted = 0) =>
        OfAsync(program, e, loads.SelectMany(load => load.Acknowledged), loads.SelectMany(load => load.Unanswered), planted);

    /// <param name="acknowledged">Every one must stand in the rows once, with the number and receipt that was told.</param>
    /// <param name="unanswered">Keys that may stand there as well; a row with any other key is wrong.</param>
    /// <param name="planted">Rows that were there before and were told to nobody.</param>
    public static async Task<Recount> OfAsync(RunningProgram program, SeededEvent e, IEnumerable<Acknowledged> acknowledged,
        IEnumerable<Guid> unanswered, int planted = 0)
    {
        await using DbConnection connection = program.Settings.TryGetValue("Database:ConnectionString", out var postgres)
            ? new NpgsqlConnection(postgres)
            : new SqliteConnection($"Data Source={program.Database};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await Task.Yield(); // what follows waits for the database, which the one thread of the sockets must not
        var recount = new Recount();
        recount.CompareKeys(connection, acknowledged, [.. unanswered], planted);
        recount.CheckNumbers(connection);
        if (connection is SqliteConnection)
            recount.CheckFile(connection);
        await recount.CompareTallyAsync(connection, program, e);
        return recount;
    }

    private void CompareKeys(DbConnection connection, IEnumerable<Acknowledged> acknowledged, HashSet<Guid> unanswered, int planted)
    {
        var rows = new Dictionary<Guid, (int People, int Number, string Receipt)>();
        var twice = 0;
        foreach (var row in Read(connection,
            """SELECT "Key", "Signers", "Number", "Sequence", "Secret" FROM pledges WHERE "Position" = 0"""))
            if (!rows.TryAdd(new Guid(row.GetFieldValue<byte[]>(0), bigEndian: true),
                    (row.GetInt32(1), row.GetInt32(2), Receipt.AddressOf(row.GetInt64(3), row.GetFieldValue<byte[]>(4)))))
                twice++;
        Say(twice, "keys are stored twice");

        var told = acknowledged.ToDictionary(a => a.Key);
        Say(told.Keys.Count(key => !rows.ContainsKey(key)), "acknowledged pledges are lost");
        Say(told.Values.Count(a => rows.TryGetValue(a.Key, out var row) && row != (a.People, a.Answer.Number, a.Answer.Receipt)),
            "acknowledged pledges have another number or receipt than was told");
        Say(Math.Max(0, rows.Keys.Count(key => !told.ContainsKey(key) && !unanswered.Contains(key)) - planted),
            "pledges are stored that nobody sent");
    }

    private void CheckNumbers(DbConnection connection)
    {
        foreach (var row in Read(connection, """
            SELECT count(*), count(DISTINCT "Number"), coalesce(max("Number"), 0), coalesce(sum(
                CASE WHEN "WithdrawnAt" IS NULL AND "InvalidatedAt" IS NULL AND "CountedWith" IS NULL THEN 1 ELSE 0 END), 0)
            FROM pledges WHERE NOT "Rehearsal"
            """))
        {
            Say(row.GetInt64(0) - row.GetInt64(1), "numbers were given twice");
            Say(row.GetInt64(2) - row.GetInt64(1), "numbers were left out");
            Rows = row.GetInt64(3);
        }
        foreach (var row in Read(connection, $"""
            SELECT count(*) FROM pledges p WHERE "SignatureKind" IN ({(int)SignatureKind.Handwritten}, {(int)SignatureKind.Mark})
                AND "WithdrawnAt" IS NULL AND "ErasedAt" IS NULL
                AND NOT EXISTS (SELECT 1 FROM signatures s WHERE s."Sequence" = p."Sequence")
            """))
            Say(row.GetInt64(0), "pledges are without their signature");
    }

    /// <summary>Every page and every index entry is as SQLite wrote it.</summary>
    private void CheckFile(DbConnection connection)
    {
        foreach (var row in Read(connection, "PRAGMA integrity_check"))
            if (row.GetString(0) is not "ok" and var damage)
                wrong.Add($"the database is damaged: {damage}");
    }

    private async Task CompareTallyAsync(DbConnection connection, RunningProgram program, SeededEvent e)
    {
        using var shown = JsonDocument.Parse(await program.GetAsync(e.TallyPath));
        var tally = shown.RootElement;
        Compare("people", tally.GetProperty("people").GetInt64(), Rows);
        // Of small classes no number is told.
        var byClass = tally.GetProperty("byClass").EnumerateArray().Where(c => !c.TryGetProperty("few", out _)).ToDictionary(
            c => c.GetProperty("classId").GetInt32(),
            c => (People: c.GetProperty("people").GetInt64(), Families: c.GetProperty("families").GetInt64()));
        var families = 0L;
        foreach (var row in Read(connection, """
            SELECT "ClassId", count(*), sum(CASE WHEN "Family" THEN 1 ELSE 0 END) FROM pledges
            WHERE NOT "Rehearsal" AND "WithdrawnAt" IS NULL AND "InvalidatedAt" IS NULL AND "CountedWith" IS NULL GROUP BY "ClassId"
            """))
        {
            families += row.GetInt64(2);
            if (row.IsDBNull(0) || !byClass.Remove(row.GetInt32(0), out var c))
                continue;
            Compare($"people of class {row.GetInt32(0)}", c.People, row.GetInt64(1));
            Compare($"families of class {row.GetInt32(0)}", c.Families, row.GetInt64(2));
        }
        Compare("families", tally.GetProperty("families").GetInt64(), families);
        Say(byClass.Values.Sum(c => c.People), "people are shown in classes that have no rows");
    }

    private void Compare(string what, long shown, long rows)
    {
        if (shown != rows)
            wrong.Add($"the tally shows {shown} {what}, the rows say {rows}");
    }

    private void Say(long count, string what)
    {
        if (count != 0)
            wrong.Add($"{count} {what}");
    }

    private static IEnumerable<DbDataReader> Read(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return reader;
    }
}
