using System.Text.Json;
using System.Text.Json.Serialization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Backups;

/// <summary>How the data protection keys lie in a backup.</summary>
public enum BackupKeys
{
    /// <summary>There were none yet.</summary>
    None = 0,

    /// <summary>Whoever has the backup can use them.</summary>
    Plain = 1,

    /// <summary>All are encrypted with the certificate that <c>DataProtection:Certificate</c> names, which is not in the backup.</summary>
    Encrypted = 2,
}

/// <summary>How the content of a backup is encrypted.</summary>
/// <param name="Iterations">Of PBKDF2 with HMAC-SHA-256.</param>
/// <param name="Salt">32 random bytes, so that no two files have one key.</param>
public sealed record BackupEncryption(int Iterations, byte[] Salt);

/// <summary>The day on which a campaign has promised to erase the names that a copy of the database holds.</summary>
/// <param name="Campaign">The campaign's row; 0 for lists of pupils that no event uses.</param>
/// <param name="EraseOn">As promised when the copy was made; it may come sooner since.</param>
public sealed record PromisedDay(int Campaign, DateOnly EraseOn)
{
    /// <summary>They are deleted a year after their last pupil has joined, so a year after the copy at the latest.</summary>
    /// <param name="madeAt">When it was made.</param>
    internal static PromisedDay OfUnusedLists(DateTimeOffset madeAt) =>
        new(0, madeAt.AddDays(ExpiredRosters.UnusedDays).DayIn(CampaignEvent.DefaultZone));
}

/// <summary>What a backup says of itself, readable without a password. It holds no names.</summary>
/// <param name="MadeAt">The moment that the copy shows.</param>
/// <param name="Schema">The last migration of the database.</param>
/// <param name="Pledges">How many it holds, withdrawn and practice ones too.</param>
/// <param name="Promises">For each campaign of which it holds names.</param>
/// <param name="Keys">Whether the keys in it are encrypted.</param>
/// <param name="Length">Bytes of the content before it was encrypted.</param>
/// <param name="Encryption">Null where it is not encrypted.</param>
public sealed record BackupManifest(
    DateTimeOffset MadeAt, string Schema, long Pledges, IReadOnlyList<PromisedDay> Promises, BackupKeys Keys, long Length,
    BackupEncryption? Encryption)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    /// <summary>The earliest day on which names in it were promised to be erased; null where it holds none.</summary>
    [JsonIgnore]
    public DateOnly? DeleteOn => Promises.EarliestDay();

    internal byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <exception cref="JsonException">It was written by a version that says other things.</exception>
    internal static BackupManifest Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<BackupManifest>(json, Json) is { Promises: not null } manifest ? manifest : throw new JsonException();
}

/// <summary>Days of promises.</summary>
public static class PromisedDays
{
    /// <summary>Null where nothing is promised.</summary>
    public static DateOnly? EarliestDay(this IEnumerable<PromisedDay> promises) => promises.Min(promise => (DateOnly?)promise.EraseOn);

    /// <summary>The promises as they stand now: a campaign's day may have been moved forward since.</summary>
    /// <param name="promises">As a copy keeps them.</param>
    /// <param name="now">By campaign.</param>
    public static IEnumerable<PromisedDay> AsOf(this IEnumerable<PromisedDay> promises, IReadOnlyDictionary<int, DateOnly> now) =>
        promises.Select(promise => now.TryGetValue(promise.Campaign, out var day) && day < promise.EraseOn
            ? promise with { EraseOn = day }
            : promise);

    /// <summary>The promise that follows from a campaign's last day.</summary>
    internal static PromisedDay From(int campaign, DateOnly endsOn) => new(campaign, RulesSettings.Usual("", endsOn).EraseOn);
}
