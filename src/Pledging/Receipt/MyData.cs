using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>
/// Everything that is kept of one signing, for the signers to read and to take with them (PIPL 45). Not whether somebody
/// else has signed for the same child: whoever typed a child's name would learn it here.
/// </summary>
public sealed record MyData(
    string Event, string EventCode, string Place, DateTimeOffset SignedAt, string Verification, string RequestKey, SigningChannel Channel,
    bool Rehearsal, bool GuardianConsent, bool ShowMaskedName, string Digest, IReadOnlyList<MyPledge> Pledges, IReadOnlyList<MyAct> Acts)
{
    /// <summary>What the signers did, or an organizer to this signing alone.</summary>
    private static readonly LedgerActKind[] Concerning =
        [LedgerActKind.Corrected, LedgerActKind.Erased, LedgerActKind.Withdrawn, LedgerActKind.Invalidated, LedgerActKind.Reinstated];

    internal static async Task<MyData> ReadAsync(CampaignDbFactory dbFactory, PublishedEvent e, SignedReceipt signed, Func<int?, string?> className, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        var sequence = signed.Receipt.Sequence;
        var head = await db.Pledges.Where(p => p.Sequence == sequence).Select(p => new { p.Key, p.Digest }).SingleAsync(cancellationToken);
        var acts = await db.Acts.AsNoTracking()
            .Where(a => a.Subject == sequence && Concerning.Contains(a.Kind)).OrderBy(a => a.Sequence).ToListAsync(cancellationToken);
        return new MyData(e.Title, e.Code, e.Place, e.Local(signed.Receipt.SignedAt), signed.Receipt.Verification, new Guid(head.Key, bigEndian: true).ToString(),
            signed.Channel, signed.Rehearsal, signed.GuardianConsent, signed.ShowMaskedName, Convert.ToHexStringLower(head.Digest!),
            [.. signed.Signers.Select((s, i) => MyPledge.Of(s, signed.Receipt.Number + i, className(s.ClassId)))],
            [.. acts.Select(a => new MyAct(a.Kind, e.Local(a.At), a.By is not null))]);
    }

    public byte[] ToFile() => JsonSerializer.SerializeToUtf8Bytes(this, MyDataJson.File.MyData);
}

/// <summary>One person's pledge. Name, relation and handwriting are null once they have been deleted.</summary>
/// <param name="TextHash">SHA-256 over the text in all of its languages, in hexadecimal; see <see cref="PledgeTextHash"/>.</param>
/// <param name="Handwriting">Points in quarter pixels of the pad and milliseconds; null where the name was typed.</param>
public sealed record MyPledge(
    int Number, SignerRole Role, string? Name, GuardianRelation? Relation, string? Class, int TextVersion, PledgeWording Text,
    IReadOnlyList<PledgeTranslation> Translations, string TextHash, bool Typed, Handwriting? Handwriting)
{
    internal static MyPledge Of(ReceiptSigner signer, int number, string? className) => new(number, signer.Role, signer.Name, signer.Relation, className,
        signer.TextVersion, signer.Wording, signer.Translations, Convert.ToHexStringLower(signer.TextHash()), signer.Typed,
        signer.Strokes is { } strokes ? Strokes.Decode(strokes) : null);
}

/// <summary>Something that was done to the signing afterwards.</summary>
public sealed record MyAct(LedgerActKind What, DateTimeOffset At, bool ByOrganizer);

[JsonSerializable(typeof(MyData))]
internal sealed partial class MyDataJson : JsonSerializerContext
{
    /// <summary>To be read by people: indented, values by name, Chinese text as it is.</summary>
    public static MyDataJson File { get; } = new(new JsonSerializerOptions(ApiJson.Wire.Options)
    {
        WriteIndented = true,
        TypeInfoResolver = null,
        Converters =
        {
            new JsonStringEnumConverter<SignerRole>(), new JsonStringEnumConverter<GuardianRelation>(),
            new JsonStringEnumConverter<SigningChannel>(), new JsonStringEnumConverter<LedgerActKind>(),
            new JsonStringEnumConverter<TextDirection>(),
        },
    });
}
