using System.Globalization;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Drawing;
using SafetyCampaign.Drawing.Slips;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Slips;

/// <summary>What the organizer's and the teacher's page of slips show alike.</summary>
/// <param name="Event">The event.</param>
/// <param name="Class">The class.</param>
/// <param name="Pupils">Those of <see cref="ClassSlips.ReadAsync"/>.</param>
/// <param name="WithNames">Whether the names are printed beside class and seat.</param>
/// <param name="MayChange">Whether whoever looks may issue and end slips.</param>
/// <param name="Back">Where the page leads back to.</param>
/// <param name="AddressOf">The page's own address, with further parts of the query.</param>
/// <param name="Address">Where phones find the program.</param>
public sealed record SlipsView(
    PublishedEvent Event, PublishedClass Class, IReadOnlyList<PupilSlip> Pupils, bool WithNames, bool MayChange, string Back,
    Func<string, string> AddressOf, PublicAddress Address)
{
    /// <summary>At the desk forms carry a token; the teacher's page has its secret address.</summary>
    public required bool IsDesk { get; init; }

    /// <summary>The same sheets as a file.</summary>
    public required string PdfAddress { get; init; }

    /// <summary>What has just been done; null for nothing.</summary>
    public string? Done { get; init; }

    public int Issued => Pupils.Count(pupil => pupil.Slip is not null);

    public int Used => Pupils.Count(pupil => pupil.IsUsed);

    /// <summary>Signing has ended: no family can sign with a slip any more.</summary>
    public bool IsOver { get; init; }

    /// <summary>Those that a family can still sign with, sheet by sheet.</summary>
    public IEnumerable<PupilSlip[]> Sheets =>
        Pupils.Where(pupil => !IsOver && pupil is { Code: not null, IsUsed: false }).Chunk(SlipDrawing.OnSheet);

    /// <summary>What the text is called that a guardian signs on a slip; null where the campaign has none.</summary>
    public string? TextOf(PupilSlip pupil) => pupil.TextTitle ?? Event.TextFor(SignerRole.Guardian)?.Wording.Title;

    /// <summary>Slips that a family can still sign with and that were issued with another version of a text than the one in force.</summary>
    public int Outdated => Pupils.Count(pupil => pupil is { IsUsed: false, Slip: { } slip }
        && (IsOther(slip.StudentTextId, SignerRole.Student) || IsOther(slip.GuardianTextId, SignerRole.Guardian)));

    private bool IsOther(int? textId, SignerRole role) => textId is not null && Event.TextFor(role)?.Id != textId;

    public QrDrawing QrOf(PupilSlip pupil) => new(Address.SlipPageInQr(pupil.Code!));

    public string PageOf(PupilSlip pupil) => Address.SlipPage(pupil.Code!);

    /// <summary>Where a code is typed by hand, without the scheme and the code.</summary>
    public string ShortUpToCode => $"{Address.Short}/s/";

    /// <summary>The day and hour until which families sign; null where signing has no end yet.</summary>
    public DateTimeOffset? Until => Event.HomeSigningUntil is { } until ? Event.Local(until) : null;

    /// <summary>The slip as a message for one family: with the seat number, without a name.</summary>
    public string MessageOf(PupilSlip pupil, IStringLocalizer<SlipsText> localizer) => localizer["Message",
        Event.Title, ChildOf(pupil, localizer), PageOf(pupil),
        Until is { } until ? localizer.Until("Message.Until", until) : localizer["Message.NoEnd"].Value];

    /// <summary>Class and seat.</summary>
    public string ChildOf(PupilSlip pupil, IStringLocalizer<SlipsText> localizer) => pupil.Seat is { } seat
        ? localizer["Child", Class.Name.In(CultureInfo.CurrentUICulture), seat]
        : Class.Name.In(CultureInfo.CurrentUICulture);

    /// <summary>The code without its quiet zone, which the slip leaves white around it.</summary>
    public static string ViewBoxOf(QrDrawing qr)
    {
        var side = qr.Side - (2 * QrDrawing.QuietZone);
        return string.Create(CultureInfo.InvariantCulture, $"{QrDrawing.QuietZone} {QrDrawing.QuietZone} {side} {side}");
    }
}
