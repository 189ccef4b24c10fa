using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Desk.Prepared;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Book;

/// <summary>The pledge book of an event, or of one of its classes, as a PDF.</summary>
[Authorize(Policy = Policies.ReadNames)]
public sealed class BookFilePage(DeskPageDependencies desk, PledgeBook book, BookPdf pdf, PreparedFiles files, InterfaceLanguages languages)
    : EventPageModel(desk)
{
    [BindProperty(SupportsGet = true, Name = "class")]
    public int? ClassId { get; set; }

    public async Task<IActionResult> OnGetAsync()
    {
        var cancellationToken = HttpContext.RequestAborted;
        var e = (await Published.FindAsync(Event.Id, cancellationToken))!.Localized();
        var only = e.ClassOf(ClassId);
        if (ClassId is not null && only is null)
            return NotFound();
        var plan = await book.PlanAsync(e, only?.Id, cancellationToken);
        var made = only is null ? files.Find(new FileWanted(PreparedKind.Book, e.Id, languages.Current.Tag))?.Open() : null;
        if (made is null && only is null && plan.Pledges > PledgeBook.MaxAtOnce)
            return Redirect(DeskRoutes.PledgeBook(e.Code) + "#pdf");
        Db.Audit(AuditAction.NamesViewed, Event, AuditReason.PledgeBook, plan.Pledges).ClassId = only?.Id;
        await Db.SaveChangesAsync(cancellationToken); // on disk before the file is sent: no names without a line of the audit log
        var name = only is null ? $"{e.Code}-book.pdf" : $"{e.Code}-book-{only.Id}.pdf";
        if (made is not null)
            return File(made, PdfContentType, name);
        var file = new MemoryStream();
        await pdf.WriteAsync(file, e, only, plan, drawn: null, cancellationToken);
        file.Position = 0;
        return File(file, PdfContentType, name);
    }

    private const string PdfContentType = "application/pdf";
}
