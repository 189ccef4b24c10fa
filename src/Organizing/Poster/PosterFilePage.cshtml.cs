using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Drawing.Pdf;
using SafetyCampaign.Drawing.Poster;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.Poster;

/// <summary>The poster as a PDF, for a print shop.</summary>
[Authorize(Policy = Policies.Read)]
public sealed class PosterFilePage(
    DeskPageDependencies desk, PublicAddress address, IStringLocalizer<PosterText> words, InterfaceLanguages languages, TimeProvider time)
    : EventPageModel(desk)
{
    [BindProperty(SupportsGet = true)]
    public string? Size { get; set; }

    [BindProperty(SupportsGet = true, Name = "c")]
    public int? ClassId { get; set; }

    public async Task<IActionResult> OnGetAsync()
    {
        var cancellationToken = HttpContext.RequestAborted;
        if (await Published.FindAsync(Event.Id, cancellationToken) is not { } e || (ClassId is not null && e.ClassOf(ClassId) is null))
            return NotFound();
        e = e.Localized();
        var isA3 = string.Equals(Size, "a3", StringComparison.OrdinalIgnoreCase);
        var poster = await WriteAsync(e, cancellationToken);
        var file = new MemoryStream();
        PdfDocument.Write(file, new PdfProperties($"{words["Title"]} · {e.Title}", languages.Current.Tag, time.GetUtcNow(), e.Organization),
            [PosterDrawing.PageOf(poster, isA3)]);
        file.Position = 0;
        return File(file, "application/pdf", $"{e.Code}-poster-{(isA3 ? "a3" : "a4")}.pdf");
    }

    private async Task<PosterContent> WriteAsync(PublishedEvent e, CancellationToken cancellationToken)
    {
        var ids = e.Logos.Select(logo => logo.Id).ToList();
        var logos = await Db.Pictures.AsNoTracking().Where(picture => ids.Contains(picture.Id)).ToListAsync(cancellationToken);
        var group = e.ClassOf(ClassId);
        return new PosterContent
        {
            Lead = words["Promise.Lead"],
            Promise = words["Promise"],
            Title = e.Title,
            Facts = [PosterPage.WhenOf(e, words), e.Place],
            Call = words["Scan"],
            Class = group is null ? null : $"{group.School} {group.LocalizedName()}",
            How = words["How"],
            ByHand = [(words["OrOpen"], address.Short), (words["Code"], e.Code)],
            Hosts = [.. Named("Hosts", e.Hosts), .. Named("Partners", e.Partners)],
            Logos = [.. ids.Select(id => logos.Find(logo => logo.Id == id)?.Bytes).OfType<byte[]>()],
            Address = address.PhonePageInQr(e.Code, ClassId),
        };
    }

    private IEnumerable<string> Named(string caption, IReadOnlyList<string> names) =>
        names.Count == 0 ? [] : [$"{words[caption]}\u3000{string.Join(words["Comma"], names)}"];
}
