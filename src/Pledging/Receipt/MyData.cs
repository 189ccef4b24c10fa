using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Drawing.Book;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>
/// Everything that is kept of one signing, for the signers to read and to take with them (PIPL 45). Not whether somebody
/// else has signed for the same child: whoever typed a child's name would learn it here.
/// </summary>
/// <param name="Event">The event's title.</param>
/// <param name="EventCode">Its public code.</param>
/// <param name="Place">Where it is held.</param>
/// <param name="SignedAt">When the signing was stored, in the event's own zone.</param>
/// <param name="Verification">The code to check a certificate by.</param>
/// <param name="RequestKey">The request's UUID.</param>
/// <param name="Channel">How it came.</param>
/// <param name="Rehearsal">It was practice, which never counts.</param>
/// <param name="GuardianConsent">A guardian's consent to keep a child's pledge was given.</param>
/// <param name="ShowMaskedName">A masked name may appear on the stage.</param>
/// <param name="Digest">What proves the record: SHA-256, 64 hexadecimal digits.</param>
/// <param name="Pledges">One for each person, in their order.</param>
/// <param name="Acts">What was done to it afterwards, the oldest first.</param>
public sealed record MyData(
    string Event, string EventCode, string Place, DateTimeOffset SignedAt, string Verification, string RequestKey, SigningChannel Channel,
    bool Rehearsal, bool GuardianConsent, bool ShowMaskedName, string Digest, IReadOnlyList<MyPledge> Pledges, IReadOnlyList<MyAct> Acts)
{
    /// <summary>Who vouched for the signing; left out of the file where it came from the signers' own phone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Voucher? Voucher { get; init; }

    /// <summary>Who saw a mark being made; left out of the file where nobody was asked for, and once it has been erased.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Witness { get; init; }

    /// <summary>
    /// When the signing page was opened, in the event's own zone, as its key tells; left out of the file where a page of this event had no
    /// part in it, as on paper.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? PageOpenedAt { get; init; }

    /// <summary>What was consented to, each with its time, and what stood before the signers.</summary>
    public required MyConsents Consents { get; init; }

    /// <summary>What the signers did, or an organizer to this signing alone.</summary>
    private static readonly LedgerActKind[] Concerning =
        [LedgerActKind.Corrected, LedgerActKind.Erased, LedgerActKind.Withdrawn, LedgerActKind.Invalidated, LedgerActKind.Reinstated,
        LedgerActKind.MaskedNameWithdrawn];

    internal static async Task<MyData> ReadAsync(CampaignDb db, PublishedEvent e, SignedReceipt signed,
        Func<int?, string?> className, CancellationToken cancellationToken)
    {
        var sequence = signed.Receipt.Sequence;
        var head = await db.Pledges.Where(p => p.Sequence == sequence).Select(p => new { p.Key, p.Digest }).SingleAsync(cancellationToken);
        var acts = await db.Acts.AsNoTracking()
            .Where(a => a.Subject == sequence && Concerning.Contains(a.Kind)).OrderBy(a => a.Sequence).ToListAsync(cancellationToken);
        var witness = signed.Channel != SigningChannel.Assisted ? null
            : await db.Witnesses.Where(w => w.Sequence == sequence).Select(w => w.Name).SingleOrDefaultAsync(cancellationToken);
        var key = new Guid(head.Key, bigEndian: true);
        var paper = signed.Channel == SigningChannel.Paper ? await PictureAsync(db, sequence, cancellationToken) : null;
        return new MyData(e.Title, e.Code, e.Place, e.Local(signed.Receipt.SignedAt), signed.Receipt.Verification, key.ToString(),
            signed.Channel, signed.Rehearsal, signed.GuardianConsent, signed.ShowMaskedName, Convert.ToHexStringLower(head.Digest!),
            [.. signed.Signers.Select((s, i) => MyPledge.Of(s, signed.Receipt.Number + i, className(s.ClassId)) with
            {
                Paper = s.Name is null ? null : PaperInk.Of(paper?.Picture, paper?.IsSlip ?? false, s.Role == SignerRole.Guardian),
            })],
            [.. acts.Select(a => new MyAct(a.Kind, e.Local(a.At), a.By is not null))])
        {
            Voucher = signed.Voucher,
            Witness = witness,
            PageOpenedAt = e.Keys.IssuedAt(key) is { } openedAt ? e.Local(openedAt) : null,
            Consents = MyConsents.Of(e, signed),
        };
    }

    /// <summary>The newest picture of the row on paper that became the request, or of the slip.</summary>
    private static Task<PaperRowPicture?> PictureAsync(CampaignDb db, long sequence, CancellationToken cancellationToken) => (
        from row in db.PaperRows.AsNoTracking()
        where row.Sequence == sequence
        from photo in db.PaperPhotos.Where(p => p.SheetId == row.SheetId)
        from picture in db.PaperRowPictures.Where(p => p.PhotoId == photo.Id && p.Row == row.Row)
        orderby picture.PhotoId descending
        select picture).AsNoTracking().FirstOrDefaultAsync(cancellationToken);

    /// <summary>As a file to keep: indented JSON, UTF-8.</summary>
    public byte[] ToFile() => JsonSerializer.SerializeToUtf8Bytes(this, MyDataJson.File.MyData);
}

/// <summary>The consents of a signing. Times are in the event's own zone; null where a consent was not given or not withdrawn.</summary>
/// <param name="RulesVersion">The version of the rules on children's data that stood there; null where it was not recorded.</param>
/// <param name="WordingHash">SHA-256 of the sentences that were agreed to, in hexadecimal; null where it was not recorded.</param>
/// <param name="GuardianAt">When the guardian consented that the child's pledge is kept.</param>
/// <param name="MaskedNameAt">When the consent to show masked names was given.</param>
/// <param name="MaskedNameWithdrawnAt">When that one was withdrawn.</param>
public sealed record MyConsents(
    int? RulesVersion, string? WordingHash, DateTimeOffset? GuardianAt, DateTimeOffset? MaskedNameAt, DateTimeOffset? MaskedNameWithdrawnAt)
{
    internal static MyConsents Of(PublishedEvent e, SignedReceipt signed)
    {
        var signedAt = e.Local(signed.Receipt.SignedAt);
        DateTimeOffset? withdrawnAt = signed.MaskedNameWithdrawnAt is { } withdrawn ? e.Local(withdrawn) : null;
        return new MyConsents(
            signed.RulesVersion, signed.ConsentHash is { } hash ? Convert.ToHexStringLower(hash) : null,
            signed.GuardianConsent ? signedAt : null, signed.ShowMaskedName || withdrawnAt is not null ? signedAt : null, withdrawnAt);
    }
}

/// <summary>One person's pledge. Name, relation and handwriting are null once they have been deleted.</summary>
/// <param name="Number">Place among the people of the event, from 1.</param>
/// <param name="Role">In which capacity the person signed.</param>
/// <param name="Name">What the person is called, in the reader's language: see <see cref="SignerName"/>.</param>
/// <param name="Relation">A guardian's to the child.</param>
/// <param name="Class">With its school, in the reader's language; null where there is none.</param>
/// <param name="TextVersion">The version signed.</param>
/// <param name="Text">Its very words.</param>
/// <param name="Translations">What could be read beside it; frozen with the version.</param>
/// <param name="TextHash">SHA-256 over the text in all of its languages, in hexadecimal; see <see cref="PledgeTextHash"/>.</param>
/// <param name="Typed">The typed name is the signature.</param>
/// <param name="Handwriting">Points in quarter pixels of the pad and milliseconds; null where nothing was drawn.</param>
public sealed record MyPledge(
    int Number, SignerRole Role, string? Name, GuardianRelation? Relation, string? Class, int TextVersion, PledgeWording Text,
    IReadOnlyList<PledgeTranslation> Translations, string TextHash, bool Typed, Handwriting? Handwriting)
{
    /// <summary>
    /// What else stands for the signature: a paper, a mark, or handwriting that alone holds the name. Left out of the file for handwriting
    /// beside a typed name, and for a typed name.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SignatureKind? OtherSignature { get; init; }

    /// <summary>
    /// What was written on paper, JPEG: the signer's own box of the picture that is kept, since the row's edges show what others wrote.
    /// Left out of the file where there is no picture.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public byte[]? Paper { get; init; }

    internal static MyPledge Of(ReceiptSigner signer, int number, string? className) =>
        new(number, signer.Role, signer.ShownName, signer.Relation, className,
        signer.TextVersion, signer.Wording, signer.Translations, Convert.ToHexStringLower(signer.TextHash()),
        signer.SignatureKind == SignatureKind.Typed,
        signer.Strokes is { } strokes ? Strokes.Decode(strokes) : null)
        {
            OtherSignature = signer.SignatureKind is SignatureKind.OnPaper or SignatureKind.Mark or SignatureKind.HandwrittenName
                ? signer.SignatureKind : null,
        };
}

/// <summary>Something that was done to the signing afterwards.</summary>
/// <param name="What">The act.</param>
/// <param name="At">When, in the event's own zone.</param>
/// <param name="ByOrganizer">By an organizer; else by the signers.</param>
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
            new JsonStringEnumConverter<SignatureKind>(), new JsonStringEnumConverter<VoucherKind>(),
            new JsonStringEnumConverter<TextDirection>(),
        },
    });
}
