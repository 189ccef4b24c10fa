using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Drawing.Book;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Book;

/// <summary>Adds to signers of the book who signed on paper what they wrote there, and who confirmed it.</summary>
public sealed class PaperPledges(IStringLocalizer<BookText> words)
{
    /// <summary>Where nobody signed on paper nothing is read.</summary>
    public async Task<IReadOnlyList<BookSigner>> AddAsync(
        CampaignDb db, IReadOnlyList<BookSigner> signers, CancellationToken cancellationToken)
    {
        var onPaper = signers.Where(signer => signer is { Channel: SigningChannel.Paper, Name: not null }).ToList();
        if (onPaper.Count == 0)
            return signers;
        var requests = onPaper.Select(RequestOf).Distinct().ToList();
        var pictures = (await (
            from row in db.PaperRows.AsNoTracking()
            where row.Sequence != null && requests.Contains(row.Sequence.Value)
            from photo in db.PaperPhotos.Where(p => p.SheetId == row.SheetId)
            from picture in db.PaperRowPictures.Where(p => p.PhotoId == photo.Id && p.Row == row.Row)
            select new { Request = row.Sequence!.Value, picture.PhotoId, picture.Picture, picture.Guess }).ToListAsync(cancellationToken))
            .GroupBy(p => p.Request).ToDictionary(of => of.Key, of => of.MaxBy(p => p.PhotoId)!);
        var heads = await db.Pledges.AsNoTracking().Where(p => requests.Contains(p.Sequence))
            .Select(p => new { p.Sequence, p.VoucherKind, p.VoucherId })
            .ToDictionaryAsync(p => p.Sequence, p => (p.VoucherKind, p.VoucherId), cancellationToken);
        var confirmers = await WordsAsync(db, heads.Values, cancellationToken);
        return [.. signers.Select(signer => signer is not { Channel: SigningChannel.Paper, Name: not null } ? signer : signer with
        {
            Paper = pictures.GetValueOrDefault(RequestOf(signer)) is { } picture
                ? PaperInk.Of(picture.Picture, picture.Guess == PaperRowPicture.OfSlip, signer.Role == SignerRole.Guardian)
                : null,
            ConfirmedBy = confirmers.GetValueOrDefault(heads.GetValueOrDefault(RequestOf(signer))),
        })];
    }

    /// <summary>Whoever confirmed anything on paper at an event, in words.</summary>
    public async Task<IReadOnlyCollection<string>> ConfirmersAsync(CampaignDb db, int eventId, CancellationToken cancellationToken)
    {
        var vouchers = await db.Pledges.AsNoTracking()
            .Where(p => p.EventId == eventId && p.Channel == SigningChannel.Paper && p.VoucherId != null)
            .Select(p => new { p.VoucherKind, p.VoucherId }).Distinct().ToListAsync(cancellationToken);
        return (await WordsAsync(db, vouchers.Select(v => (v.VoucherKind, v.VoucherId)), cancellationToken)).Values;
    }

    private async Task<Dictionary<(VoucherKind? Kind, int? Id), string>> WordsAsync(
        CampaignDb db, IEnumerable<(VoucherKind? Kind, int? Id)> vouchers, CancellationToken cancellationToken)
    {
        var all = vouchers.Distinct().ToList();
        var accounts = all.Where(v => v.Kind == VoucherKind.Organizer).Select(v => v.Id).OfType<int>().ToList();
        var names = accounts.Count == 0 ? [] : await db.Users.IgnoreQueryFilters().AsNoTracking().Where(a => accounts.Contains(a.Id))
            .ToDictionaryAsync(a => a.Id, a => a.UserName, cancellationToken);
        var said = new Dictionary<(VoucherKind?, int?), string>();
        foreach (var voucher in all)
            if (voucher is (VoucherKind.ClassLink, { } link))
                said[voucher] = words["Paper.ClassLink", link];
            else if (voucher is (VoucherKind.Organizer, { } account) && names.TryGetValue(account, out var name))
                said[voucher] = words["Paper.Organizer", name ?? ""];
        return said;
    }

    private static long RequestOf(BookSigner signer) => signer.Sequence - signer.Position;
}
