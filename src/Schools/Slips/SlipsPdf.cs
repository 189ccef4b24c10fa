using System.Globalization;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Drawing.Pdf;
using SafetyCampaign.Drawing.Slips;
using SafetyCampaign.Layout;

namespace SafetyCampaign.Schools.Slips;

/// <summary>The sheets of <see cref="SlipsView"/> as a PDF.</summary>
internal static class SlipsPdf
{
    public const string ContentType = "application/pdf";

    public static string FileName(SlipsView view) =>
        $"{view.Event.Code}-{view.Class.Name.In(CultureInfo.CurrentUICulture)}.pdf";

    public static byte[] Of(SlipsView view, IStringLocalizer<SlipsText> localizer, DateTimeOffset now)
    {
        using var output = new MemoryStream();
        var properties = new PdfProperties(localizer["Title", view.Class.Name.In(CultureInfo.CurrentUICulture)],
            CultureInfo.CurrentUICulture.Name, now, view.Event.Organization);
        PdfDocument.Write(output, properties, [.. PagesOf(view, localizer)]);
        return output.ToArray();
    }

    /// <summary>Words and codes of a sheet are made when it is drawn.</summary>
    public static IEnumerable<PdfPage> PagesOf(SlipsView view, IStringLocalizer<SlipsText> localizer) =>
        view.Sheets.Select(sheet => PdfPage.A4(canvas => SlipDrawing.Draw(canvas,
            [.. sheet.Select(pupil => (WordsOf(view, pupil, localizer), view.QrOf(pupil)))])));

    private static SlipWords WordsOf(SlipsView view, PupilSlip pupil, IStringLocalizer<SlipsText> localizer) => new(
        localizer["Paper.Kind"], view.Class.School, view.Event.Title, view.ChildOf(pupil, localizer), view.WithNames ? pupil.Name : null,
        localizer["Paper.Scan"], localizer["Paper.Or"], view.ShortUpToCode, SlipCode.Spaced(pupil.Code!),
        view.Until is { } until ? localizer.Until("Paper.Until", until) : null, localizer["Paper.Free"], localizer["Paper.Reply"],
        view.HostsOf(localizer), view.PledgesOf(pupil, localizer), SlipConsent.Of(pupil.Slip!, view.Event, localizer),
        localizer["Paper.Words"],
        [localizer["Paper.Student"], localizer["Paper.Guardian"], localizer["Paper.Date"]]);
}
