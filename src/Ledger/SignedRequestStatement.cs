using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Ledger;

/// <summary>Reads one request's pledges, prepared once for each connection that the store keeps; the same for every database.</summary>
internal static class SignedRequestStatement
{
    private static readonly string Sql =
        $"""
        SELECT p."Sequence", p."Position", p."EventId", p."ClassId", p."Role", p."TextId", p."Name", p."Relation", p."SignatureKind",
            p."Channel", p."VoucherKind", p."VoucherId", p."Number", p."SignedAt", p."Rehearsal", p."GuardianConsent", p."ShowMaskedName",
            p."MaskedNameWithdrawnAt", p."RulesVersion", p."ConsentHash", p."Signers", p."Secret", p."Digest", p."WithdrawnAt",
            p."ErasedAt", p."InvalidatedAt", s."Strokes",
            (SELECT a."At" FROM ledger_acts a WHERE a."Subject" = p."Sequence" AND a."Kind" = {(int)LedgerActKind.Corrected}
                ORDER BY a."Sequence" DESC LIMIT 1)
        FROM pledges p LEFT JOIN signatures s ON s."Sequence" = p."Sequence"
        WHERE p."Sequence" >= @first AND p."Sequence" < @first + {Pledge.MaxSigners}
        ORDER BY p."Sequence"
        """;

    // Only of connections that are open; the store keeps some (StoreGate).
    private static readonly ConditionalWeakTable<DbConnection, DbCommand> Commands = [];

    /// <summary>The request's first pledge, then the others of the request; reading ends where the first is not the right one.</summary>
    /// <param name="db">The store, whose connection is open.</param>
    /// <param name="sequence">Of the request's first pledge.</param>
    /// <param name="isRight">Asked of the first pledge.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<List<SignedRequestRow>> ReadAsync(
        CampaignDb db, long sequence, Func<Pledge, bool> isRight, CancellationToken cancellationToken)
    {
        var command = Commands.GetValue(db.Database.GetDbConnection(), Create);
        command.Parameters[0].Value = sequence;
        command.CommandTimeout = db.Database.GetCommandTimeout() ?? command.CommandTimeout;
        var read = new List<SignedRequestRow>(Pledge.MaxSigners);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            read.Add(Read(row));
            var head = read[0].Pledge;
            if (head.Sequence != sequence || !isRight(head))
                return [];
            if (read.Count >= head.Signers)
                break;
        }
        return read;
    }

    private static DbCommand Create(DbConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = Sql;
        var first = command.CreateParameter();
        first.ParameterName = "@first";
        first.DbType = DbType.Int64;
        command.Parameters.Add(first);
        connection.StateChange += ForgetClosed;
        return command;
    }

    /// <summary>
    /// A pool hands the closed connection's own to somebody else: what was prepared on it must not run there, in the middle of what
    /// another thread reads.
    /// </summary>
    private static void ForgetClosed(object sender, StateChangeEventArgs change)
    {
        var connection = (DbConnection)sender;
        if (change.CurrentState == ConnectionState.Open || !Commands.TryGetValue(connection, out var command))
            return;
        connection.StateChange -= ForgetClosed;
        Commands.Remove(connection);
        command.Dispose();
    }

    private static SignedRequestRow Read(DbDataReader row)
    {
        var pledge = new Pledge
        {
            Sequence = row.GetInt64(0),
            Position = row.GetInt32(1),
            EventId = row.GetInt32(2),
            ClassId = Number(3),
            Role = (SignerRole)row.GetInt32(4),
            TextId = row.GetInt32(5),
            Name = row.IsDBNull(6) ? null : row.GetString(6),
            Relation = (GuardianRelation?)Number(7),
            SignatureKind = (SignatureKind)row.GetInt32(8),
            Channel = (SigningChannel)row.GetInt32(9),
            VoucherKind = (VoucherKind?)Number(10),
            VoucherId = Number(11),
            Number = row.GetInt32(12),
            SignedAt = Moment(13)!.Value,
            Rehearsal = row.GetBoolean(14),
            GuardianConsent = row.GetBoolean(15),
            ShowMaskedName = row.GetBoolean(16),
            MaskedNameWithdrawnAt = Moment(17),
            RulesVersion = Number(18),
            ConsentHash = Bytes(19),
            Signers = row.GetInt32(20),
            Secret = Bytes(21),
            Digest = Bytes(22),
            WithdrawnAt = Moment(23),
            ErasedAt = Moment(24),
            InvalidatedAt = Moment(25),
        };
        return new SignedRequestRow(pledge, Strokes: Bytes(26), CorrectedAt: Moment(27));

        int? Number(int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
        byte[]? Bytes(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);
        DateTimeOffset? Moment(int column) => row.IsDBNull(column) ? null : new DateTimeOffset(row.GetInt64(column), TimeSpan.Zero);
    }
}

/// <summary>One pledge of a request.</summary>
/// <param name="Pledge">What a receipt and its verification show of the row; the rest is not read.</param>
/// <param name="Strokes">The handwriting; null where there is none.</param>
/// <param name="CorrectedAt">When the signers last corrected it themselves; null where they never did, and of all but the first.</param>
internal sealed record SignedRequestRow(Pledge Pledge, byte[]? Strokes, DateTimeOffset? CorrectedAt);
