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

    /// <summary>The texts signed on the paper of a slip: those with which it was issued, or those in force where nobody knows.</summary>
    public IReadOnlyList<ClassSheetPledge> PledgesOf(PupilSlip pupil, IStringLocalizer<SlipsText> localizer)
    {
        var texts = pupil.Texts.Count > 0 ? pupil.Texts
            : [.. new[] { Event.TextFor(SignerRole.Student), Event.TextFor(SignerRole.Guardian) }.OfType<PublishedText>()];
        return [.. texts.Select(text => new ClassSheetPledge(
            localizer[$"Paper.Text.{text.Role}", text.Wording.Title, text.Version], text.Wording.AsParagraph()))];
    }

    /// <summary>Who asks for the pledge, by name.</summary>
    public string HostsOf(IStringLocalizer<SlipsText> localizer) =>
        localizer["Paper.Hosts", string.Join(localizer["Paper.Comma"], Event.Askers)];

    /// <summary>
    /// The largest type, in whole points, in which the texts and the consent have room above the lines of a slip in a browser; the file
    /// measures them.
    /// </summary>
    public static int TypeSizeOf(IReadOnlyList<ClassSheetPledge> pledges, string consent)
    {
        var width = pledges.Sum(pledge => WidthOf(pledge.Heading) + WidthOf(pledge.Words)) + WidthOf(consent);
        return width switch { < 520 => 8, < 700 => 7, < 960 => 6, _ => 5 };
    }

    /// <summary>In letters of Chinese: others are about half as wide.</summary>
    private static double WidthOf(string text) => text.Sum(letter => letter < '\u2E80' ? 0.55 : 1);

    /// <summary>
    /// Slips that a family can still sign with and that were issued with another version of a text, or of the consent, than the one in
    /// force.
    /// </summary>
    public int Outdated => Pupils.Count(pupil => pupil is { IsUsed: false, Slip: { } slip }
        && (IsOther(slip.StudentTextId, SignerRole.Student) || IsOther(slip.GuardianTextId, SignerRole.Guardian)
            || (slip.RulesVersion != Event.Rules[0].Version && Event.TextFor(SignerRole.Guardian) is not null)));

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
