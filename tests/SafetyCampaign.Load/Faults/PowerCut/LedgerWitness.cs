using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using SafetyCampaign.Ledger;

namespace SafetyCampaign.Load.Faults.PowerCut;

/// <summary>Knows every pledge that was acknowledged, by the answers that left the program, and looks for it in the database.</summary>
/// <param name="database">Seen from the folder that is rebuilt.</param>
internal sealed partial class LedgerWitness(string database) : IWitness
{
    private readonly Dictionary<long, (string Receipt, byte[] Secret)> acknowledged = [];

    public IEnumerable<string> Acknowledged => acknowledged.Values.Select(known => known.Receipt);

    /// <summary>An answer counts from the moment the program hands it to the kernel: from then on a phone may have it.</summary>
    public bool Notices(Moment moment)
    {
        if (moment.Finished || moment.Call.Name is not ("sendto" or "sendmsg"))
            return false;
        var some = false;
        foreach (Match receipt in ReceiptInAnswer().Matches(Encoding.Latin1.GetString([.. moment.Call.Strings.SelectMany(bytes => bytes)])))
            if (Receipt.TryReadAddress(receipt.Groups[1].Value, out var sequence, out var secret))
                (acknowledged[sequence], some) = ((receipt.Groups[1].Value, secret), true);
        return some;
    }

    public Task<CutResult> ExamineAsync(string folder) => Task.FromResult(Examine(Path.Combine(folder, database)));

    private CutResult Examine(string file)
    {
        if (!File.Exists(file))
            return new CutResult(acknowledged.Count, null);
        try
        {
            using var connection = Sqlite.Open(file);
            if (Sqlite.Damage(connection) is { } damage)
                return new CutResult(0, damage);
            if (Sqlite.Scalar(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'pledges'") is 0L)
                return new CutResult(acknowledged.Count, null);
            return new CutResult(acknowledged.Count - Kept(connection), Odd(connection));
        }
        catch (SqliteException failure)
        {
            return new CutResult(0, failure.Message);
        }
    }

    private int Kept(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT Sequence, Secret FROM pledges WHERE Position = 0";
        using var row = command.ExecuteReader();
        var kept = 0;
        while (row.Read())
            if (acknowledged.TryGetValue(row.GetInt64(0), out var known)
                && known.Secret.AsSpan().SequenceEqual(row.GetFieldValue<byte[]>(1)))
                kept++;
        return kept;
    }

    private static string? Odd(SqliteConnection connection) => Sqlite.Scalar(connection,
        """
        SELECT count(*) FROM (SELECT 1 FROM pledges GROUP BY Key HAVING count(*) <> max(Signers) OR count(DISTINCT Position) <> count(*))
        """) is long and > 0 and var odd ? $"{odd} requests are stored twice or in part" : null;

    [GeneratedRegex("\"receipt\":\"([A-Za-z0-9_-]{24})\"")]
    private static partial Regex ReceiptInAnswer();
}
