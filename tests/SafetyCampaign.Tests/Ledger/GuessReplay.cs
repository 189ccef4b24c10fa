using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Intake;
using SafetyCampaign.Pledging;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Ledger;

/// <summary>
/// Tries a guess of what somebody signed on everything that is stored, as whoever has the database and this program's source
/// can: with each stored value as the salt, and each as the digest.
/// </summary>
internal static class GuessReplay
{
    private const int MaxSalt = 64;

    /// <summary>A family whose typed names are their signatures, so that whoever knows the names knows all that was sent.</summary>
    public static JsonObject TypedFamily(SeededEvent e, string child, string parent)
    {
        var request = Signing.Family(e, child, parent);
        foreach (var signer in request["signers"]!.AsArray())
        {
            signer!.AsObject().Remove("signature");
            signer["typed"] = true;
        }
        return request;
    }

    public static byte[] ContentHashOf(SeededEvent e, JsonObject request) =>
        ContentHash.Of(e.Id, request.Deserialize(ApiJson.Wire.SignRequest)!);

    /// <summary>Whether something in the store confirms the guess.</summary>
    public static async Task<bool> IsConfirmedAsync(CampaignDb db, SeededEvent e, JsonObject guess)
    {
        var content = ContentHashOf(e, guess);
        var stored = await BytesAsync(db);
        if (stored.Exists(bytes => bytes.AsSpan().SequenceEqual(content)))
            return true;
        var texts = await TextsAsync(db, e, guess);
        var salts = stored.Where(bytes => bytes.Length <= MaxSalt).Append([]).ToList();
        // A shorter digest would confirm as well, nearly as surely.
        var digests = stored.Where(bytes => bytes.Length is >= 4 and <= 32).Select(bytes => Convert.ToHexString(bytes[..4])).ToHashSet();
        foreach (var head in await db.Pledges.AsNoTracking().Where(p => p.Position == 0).ToListAsync(TestContext.Current.CancellationToken))
            foreach (var salt in salts)
                foreach (var withTexts in new[] { texts, [] })
                    if (digests.Contains(Convert.ToHexString(DigestOf(content, head.Sequence, head.SignedAt, salt, withTexts)[..4])))
                        return true;
        return false;
    }

    /// <summary>As the docstring of Receipt.DigestOf says.</summary>
    public static byte[] DigestOf(byte[] content, long sequence, DateTimeOffset signedAt, byte[] salt, byte[] texts)
    {
        var numbers = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(numbers, sequence);
        BinaryPrimitives.WriteInt64BigEndian(numbers.AsSpan(8), signedAt.UtcTicks);
        return SHA256.HashData([.. content, .. numbers, .. salt, .. texts]);
    }

    public static async Task<byte[]> TextsAsync(CampaignDb db, SeededEvent e, JsonObject guess)
    {
        var texts = await db.Texts.AsNoTracking().Where(t => t.CampaignId == e.CampaignId && t.Version == 1)
            .ToListAsync(TestContext.Current.CancellationToken);
        return [.. guess["signers"]!.AsArray().SelectMany(signer =>
            texts.Single(t => t.Role == Enum.Parse<SignerRole>((string)signer!["role"]!, ignoreCase: true)).ContentHash())];
    }

    /// <summary>
    /// What leads from a request to a pupil: the columns of tables about pupils in which its key stands in whatever form, the number of
    /// one of its pledges, or a time close to one of its own.
    /// </summary>
    /// <param name="sequence">Of the request's first pledge.</param>
    public static async Task<IReadOnlyCollection<string>> TiesAsync(CampaignDb db, long sequence)
    {
        var key = await db.Pledges.Where(p => p.Sequence == sequence).Select(p => p.Key).SingleAsync(TestContext.Current.CancellationToken);
        var request = await db.Pledges.AsNoTracking().Where(p => p.Key == key).ToListAsync(TestContext.Current.CancellationToken);
        var sequences = request.ConvertAll(p => p.Sequence);
        List<DateTimeOffset?> times = [.. request.SelectMany(p => new[] { p.SignedAt, p.WithdrawnAt, p.ErasedAt }), TimeOf(request[0])];
        var found = new SortedSet<string>(request.Where(p => p.RosterEntryId != null).Select(_ => "pledges.RosterEntryId")
            .Concat(request.Where(p => p is { VoucherKind: VoucherKind.Slip, VoucherId: not null }).Select(_ => "pledges.VoucherId")));
        foreach (var table in TablesAboutPupils)
            await ReadAsync(db, table, (column, value) =>
            {
                if (value switch
                {
                    byte[] bytes => bytes.AsSpan().SequenceEqual(key),
                    Guid own => own == new Guid(key, bigEndian: true),
                    string text => Guid.TryParse(text, out var own) && own == new Guid(key, bigEndian: true),
                    long number => (column == "Sequence" && sequences.Contains(number))
                        || times.Exists(time => time is { } own && Math.Abs(own.UtcTicks - number) <= Close.Ticks),
                    _ => false,
                })
                    found.Add($"{table}.{column}");
            });
        return found;
    }

    /// <summary>More than signing takes, and less than lies between what a test does one after the other.</summary>
    private static readonly TimeSpan Close = TimeSpan.FromMinutes(2);

    private static readonly string[] TablesAboutPupils =
        ["roster_entries", "roster_answers", "slips", "paper_sheets", "paper_rows", "paper_photos", "paper_row_pictures"];

    /// <summary>The time in a key of version 7 that this program made for a row on paper; a phone's has that of its page.</summary>
    private static DateTimeOffset? TimeOf(Pledge signed) => signed.Channel == SigningChannel.Paper && signed.Key[6] >> 4 == 7
        ? DateTimeOffset.UnixEpoch.AddMilliseconds(BinaryPrimitives.ReadInt64BigEndian(signed.Key) >>> 16)
        : null;

    /// <summary>Every value of bytes in every table.</summary>
    private static async Task<List<byte[]>> BytesAsync(CampaignDb db)
    {
        var found = new List<byte[]>();
        foreach (var table in db.Model.GetEntityTypes().Select(entity => entity.GetTableName()!).Distinct())
            await ReadAsync(db, table, (_, value) =>
            {
                if (value is byte[] bytes)
                    found.Add(bytes);
            });
        return found;
    }

    private static async Task ReadAsync(CampaignDb db, string table, Action<string, object> take)
    {
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"SELECT * FROM \"{table}\"";
        await using (var row = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken))
            while (await row.ReadAsync(TestContext.Current.CancellationToken))
                for (var column = 0; column < row.FieldCount; column++)
                    take(row.GetName(column), row.GetValue(column));
        await db.Database.CloseConnectionAsync();
    }
}
