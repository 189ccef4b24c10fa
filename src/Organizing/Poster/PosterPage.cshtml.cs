using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Desk;
using SafetyCampaign.Drawing;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Poster;

/// <summary>An event on one sheet of paper, A4 or A3, for the wall of a hall; or for the wall of one class.</summary>
[Authorize(Policy = Policies.Read)]
public sealed class PosterPage(DeskPageDependencies desk, PublicAddress address) : EventPageModel(desk)
{
    [BindProperty(SupportsGet = true)]
    public string? Size { get; set; }

    [BindProperty(SupportsGet = true, Name = "c")]
    public int? ClassId { get; set; }

    /// <summary>With the classes, some of which may belong to schools outside this account's access scope.</summary>
    public PublishedEvent Public { get; private set; } = null!;

    public string Paper => string.Equals(Size, "a3", StringComparison.OrdinalIgnoreCase) ? "a3" : "a4";
    public PublishedClass? Class => Public.ClassOf(ClassId);
    public QrDrawing Qr => new(address.PhonePageInQr(Public.Code, ClassId));
    public string PhonePage => address.PhonePage(Public.Code, ClassId);
    public string ShortAddress => address.Short;
    public bool PhonesCannotReach => address.IsThisMachineOnly;

    /// <summary>How much room the title needs; a Chinese character is as wide as two Latin ones.</summary>
    public string TitleLength => Public.Title.Sum(c => c < '⺀' ? 1 : 2) switch { <= 28 => "short", <= 52 => "middle", _ => "long" };

    /// <summary>The code without its quiet zone, which the sheet leaves white around it.</summary>
    public static string QrViewBox(QrDrawing qr)
    {
        var side = qr.Side - 2 * QrDrawing.QuietZone;
        return string.Create(CultureInfo.InvariantCulture, $"{QrDrawing.QuietZone} {QrDrawing.QuietZone} {side} {side}");
    }

    public string When(IStringLocalizer<PosterText> localizer) => WhenOf(Public, localizer);

    internal static string WhenOf(PublishedEvent e, IStringLocalizer<PosterText> localizer)
    {
        var (starts, ends) = (e.Local(e.StartsAt), e.Local(e.EndsAt));
        var start = starts.ToString(localizer["When"], CultureInfo.CurrentUICulture);
        return starts.Date == ends.Date ? $"{start}–{ends.ToString("HH:mm", CultureInfo.InvariantCulture)}" : start;
    }

    public async Task<IActionResult> OnGetAsync()
    {
        if (await Published.FindAsync(Event.Id) is not { } found || (ClassId is not null && found.ClassOf(ClassId) is null))
            return NotFound();
        Public = found.Localized();
        return Page();
    }
}
