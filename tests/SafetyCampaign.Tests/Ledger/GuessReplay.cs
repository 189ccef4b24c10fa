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

    /// <summary>Every value of bytes in every table.</summary>
    private static async Task<List<byte[]>> BytesAsync(CampaignDb db)
    {
        var found = new List<byte[]>();
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        foreach (var table in db.Model.GetEntityTypes().Select(entity => entity.GetTableName()).Distinct())
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var row = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await row.ReadAsync(TestContext.Current.CancellationToken))
                for (var column = 0; column < row.FieldCount; column++)
                    if (row.GetValue(column) is byte[] bytes)
                        found.Add(bytes);
        }
        await db.Database.CloseConnectionAsync();
        return found;
    }
}
