using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Desk.Prepared;
using SafetyCampaign.Layout;
using SafetyCampaign.Ledger;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Book;

/// <summary>
/// The pledge book of an event, to read and to print: cover, contents, wordings, and the chapter of one class with every signature.
/// </summary>
[Authorize(Policy = Policies.ReadNames)]
[AuthorizeChanges(Policies.Organize)]
public sealed class BookPage(
    DeskPageDependencies desk, PledgeBook book, BookPdf pdf, PreparedFiles files, InterfaceLanguages languages, PublicAddress address,
    TimeProvider time)
    : EventPageModel(desk)
{
    /// <summary>In an address, the chapter of those who belong to no class.</summary>
    public const string NoClass = "none";

    /// <summary>The class whose chapter is shown, or <see cref="NoClass"/>; nothing for cover, contents and wordings.</summary>
    [BindProperty(SupportsGet = true, Name = "c")]
    public string? Chapter { get; set; }

    [BindProperty(SupportsGet = true)]
    public long After { get; set; }

    public PublishedEvent Public { get; private set; } = null!;

    /// <summary>An observer who may see names reads and prints class by class, and the PDF once it was prepared.</summary>
    public bool MayPrepare => User.MayOrganize();

    public IReadOnlyList<BookChapter> Chapters { get; private set; } = [];

    public IReadOnlyList<PledgeText> Texts { get; private set; } = [];

    public IReadOnlyList<BookSigner> Signers { get; private set; } = [];

    /// <summary>Where the next part of the chapter begins; null on the last.</summary>
    public long? Next { get; private set; }

    /// <summary>The PDF of the whole book, where it is too long to wait for; null before somebody has asked for it.</summary>
    public PreparedFile? Prepared => files.Find(Wanted);

    /// <summary>The whole book is drawn in the background.</summary>
    public bool IsLong => Chapters.Sum(chapter => chapter.Pledges) > PledgeBook.MaxAtOnce;

    private FileWanted Wanted => new(PreparedKind.Book, Event.Id, languages.Current.Tag);

    public DateTimeOffset Now => time.GetUtcNow();

    public string VerifyAddress => $"{address.Short}/verify";

    public PublishedClass? Class => int.TryParse(Chapter, out var id) ? Public.ClassOf(id) : null;

    public bool IsOfNoClass => Chapter == NoClass;

    /// <summary>Null where the row is not the first of its request, which has the code.</summary>
    public static string? Verification(BookSigner signer) =>
        signer.Digest is { } digest ? Receipt.VerificationOf(signer.Sequence, digest) : null;

    /// <summary>Has the PDF of the whole book drawn.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        var cancellationToken = HttpContext.RequestAborted;
        Db.Audit(AuditAction.PledgeBookPrepared, Event);
        await Db.SaveChangesAsync(cancellationToken);
        var e = (await Published.FindAsync(Event.Id, cancellationToken))!.Localized();
        files.Start(Wanted, async (file, drawn, ended) =>
        {
            await pdf.WriteAsync(file, e, only: null, await book.PlanAsync(e, classId: null, ended), drawn, ended);
            return null;
        });
        return Redirect(DeskRoutes.PledgeBook(Event.Code) + "#pdf");
    }

    public async Task<IActionResult> OnGetAsync()
    {
        var cancellationToken = HttpContext.RequestAborted;
        Public = (await Published.FindAsync(Event.Id, cancellationToken))!.Localized();
        if (!string.IsNullOrEmpty(Chapter) && Class is null && !IsOfNoClass)
            return NotFound();
        Chapters = await book.ChaptersAsync(Public, cancellationToken);
        if (string.IsNullOrEmpty(Chapter))
        {
            Texts = await book.TextsAsync(Event.Id, classId: null, cancellationToken);
            return Page();
        }
        var read = await book.SignersAsync(Event.Id, Class?.Id, After, cancellationToken);
        Signers = [.. read.Take(PledgeBook.MaxPledges)];
        Next = read.Count > PledgeBook.MaxPledges ? Signers[^1].Sequence : null;
        if (Signers.Count > 0)
        {
            Db.Audit(AuditAction.NamesViewed, Event, AuditReason.PledgeBook, Signers.Count(s => s.Name is not null)).ClassId = Class?.Id;
            await Db.SaveChangesAsync(cancellationToken); // on disk before the page is sent: no names without a line of the audit log
        }
        return Page();
    }
}
