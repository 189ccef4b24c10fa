using System.Globalization;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Drawing;
using SafetyCampaign.Drawing.Book;
using SafetyCampaign.Drawing.Pdf;
using SafetyCampaign.Layout;
using SafetyCampaign.Ledger;
using SafetyCampaign.Operations;
using SafetyCampaign.Records.Seals;
using SafetyCampaign.Storage;
using SkiaSharp;

namespace SafetyCampaign.Records.Book;

/// <summary>
/// The pledge book as a PDF/A: cover, contents, wordings, and every signer in rows, in the language of whoever takes it out. It needs as
/// much memory for 50,000 signers as for 600.
/// </summary>
public sealed class BookPdf(
    PledgeBook book, SealReader seals, IStringLocalizer<BookText> words, IStringLocalizer<LayoutText> shared,
    IStringLocalizer<DeskText> desk, PublicAddress address, InterfaceLanguages languages, TimeProvider time)
{
    /// <summary>Names whose characters no face has are listed up to here.</summary>
    private const int MaxListed = 300;

    private const string Mark = "*";

    /// <summary>What verification codes, numbers, times and code points are written with.</summary>
    private const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz -:./,()+*";

    /// <param name="file">Empty, to be sought and read.</param>
    /// <param name="e">The event.</param>
    /// <param name="only">The class whose book it is; null for the whole event.</param>
    /// <param name="plan">What is printed, see <see cref="PledgeBook.PlanAsync"/>.</param>
    /// <param name="drawn">Told after each page: how many of how many.</param>
    /// <param name="cancellationToken">Ends the drawing.</param>
    public async Task WriteAsync(
        Stream file, PublishedEvent e, PublishedClass? only, BookPlan plan, Action<int, int>? drawn, CancellationToken cancellationToken)
    {
        using var fonts = new FontSubsets();
        using var drawing = new BookDrawing(FrameOf(e));
        var undrawable = await AddNamesAsync(fonts, e, plan, cancellationToken);
        var before = await FrontAsync(drawing, e, only, plan, undrawable.Count > 0, cancellationToken);
        var after = Back(drawing, undrawable);
        foreach (var page in before.Concat(after))
            PdfDocument.Collect(fonts, PdfPage.A4(page));
        AddFixedTexts(fonts, drawing, e, plan, await book.ConfirmersAsync(e.Id, cancellationToken));
        fonts.Make();

        var pages = before.Count + plan.Parts.Sum(PagesOf) + after.Count;
        using var pdf = new PdfDocument(file, PropertiesOf(e, only), fonts);
        foreach (var page in before)
            Draw(page);
        foreach (var part in plan.Parts)
            await foreach (var rows in book.SignersAsync(e.Id, part, plan.Last, cancellationToken)
                .Chunk(BookDrawing.MaxRows).Take(PagesOf(part)).WithCancellation(cancellationToken))
                Draw(canvas => drawing.DrawRows(canvas, TitleOf(part, e), [.. rows.Select(signer => RowOf(signer, e))]));
        foreach (var page in after)
            Draw(page);
        pdf.Close();

        void Draw(Action<SKCanvas> draw)
        {
            var canvas = pdf.BeginPage(PdfPage.A4Width, PdfPage.A4Height);
            draw(canvas);
            if (pdf.Pages > 1)
                drawing.DrawFoot(canvas, pdf.Pages, pages);
            pdf.EndPage();
            drawn?.Invoke(pdf.Pages, pages);
        }
    }

    private static int PagesOf(BookPart part) => (part.Pledges + BookDrawing.MaxRows - 1) / BookDrawing.MaxRows;

    private BookFrame FrameOf(PublishedEvent e) => new(e.Title,
        [.. new[] { "Number", "Name", "Role", "Signature", "At", "Code" }.Select(column => words[$"Col.{column}"].Value)],
        words["Verify", $"{address.Short}/verify"], (page, pages) => words["Page", page, pages]);

    private PdfProperties PropertiesOf(PublishedEvent e, PublishedClass? only) => new(
        string.Join(" · ", new[] { words["Title"], e.Title, only?.LocalizedFullName() }.OfType<string>()), languages.Current.Tag,
        time.GetUtcNow(), e.Organization);

    private string TitleOf(BookPart part, PublishedEvent e) => part.Roles is [var role]
        ? string.Join(" · ", new[] { e.ClassOf(part.ClassId)?.LocalizedFullName(), shared[$"Role.{role}"].Value }.OfType<string>())
        : e.ClassOf(part.ClassId)?.LocalizedFullName() ?? words["NoClass"];

    /// <summary>Cover, contents and wordings.</summary>
    private async Task<List<Action<SKCanvas>>> FrontAsync(
        BookDrawing drawing, PublishedEvent e, PublishedClass? only, BookPlan plan, bool hasUndrawable, CancellationToken cancellationToken)
    {
        var cover = CoverOf(e, only, plan, await seals.FindAsync(e.Id, cancellationToken));
        List<Action<SKCanvas>> front = [canvas => drawing.DrawCover(canvas, cover)];
        if (plan.Pledges == 0)
            return [.. front, .. drawing.Sentences(words["Contents"], [words["Nothing"]])];
        var wordings = drawing.Wordings(words["Wordings"], WordingsOf(await book.TextsAsync(e.Id, only?.Id, cancellationToken)));
        var lines = plan.Parts.Count + 1 + (hasUndrawable ? 1 : 0);
        var page = 2 + (lines + BookDrawing.MaxLines - 1) / BookDrawing.MaxLines;
        List<BookContentsLine> contents = [new(words["Wordings"], "", page)];
        page += wordings.Count;
        foreach (var part in plan.Parts)
        {
            contents.Add(new(TitleOf(part, e), words[part.Pledges == 1 ? "Count.One" : "Count", part.Pledges], page));
            page += PagesOf(part);
        }
        if (hasUndrawable)
            contents.Add(new(words["Undrawable"], "", page));
        foreach (var (index, chunk) in contents.Chunk(BookDrawing.MaxLines).Index())
            front.Add(canvas => drawing.DrawContents(canvas, words["Contents"], chunk, 1 + index * BookDrawing.MaxLines));
        return [.. front, .. wordings];
    }

    private BookCover CoverOf(PublishedEvent e, PublishedClass? only, BookPlan plan, SealSummary? seal)
    {
        var zone = e.Zone.Id;
        List<(string, string)> facts = [];
        if (only is not null)
            facts.Add((words["Class"], only.LocalizedFullName()));
        facts.Add((words["When"], desk.Span(e.StartsAt, e.EndsAt, zone)));
        facts.Add((words["Place"], e.Place));
        facts.Add((words["By"], string.Join(words["Comma"], e.Askers)));
        if (e.Partners.Count > 0)
            facts.Add((words["With"], string.Join(words["Comma"], e.Partners)));
        facts.Add((words["Signed"], words[plan.Pledges == 1 ? "Signed.Pledges.One" : "Signed.Pledges", plan.Pledges]));
        return new BookCover(words["Kind"], e.Title, facts, words["Seal"],
            [
                words["Until", e.Rules[0].Settings.EraseOn], words["Made", desk.Moment(time.GetUtcNow(), zone)],
                .. seal is null ? [] : new[] { words["SealLine", seal.Code, seal.Version, desk.Moment(seal.SealedAt, zone)].Value },
            ]);
    }

    private IReadOnlyList<BookWording> WordingsOf(IReadOnlyList<PledgeText> texts) =>
    [
        .. from text in texts
           let kind = words["Version", shared[$"Role.{text.Role}"], text.Version].Value
           let translations = text.Translations.Select(t => new BookWording($"{kind} · {LanguageOf(t.Language)}", t.Wording))
           from wording in translations.Prepend(new BookWording(kind, text.Wording))
           select wording,
    ];

    private static string LanguageOf(string tag)
    {
        try
        {
            return CultureInfo.GetCultureInfo(tag).NativeName;
        }
        catch (CultureNotFoundException)
        {
            return tag;
        }
    }

    private IReadOnlyList<Action<SKCanvas>> Back(BookDrawing drawing, List<(int Number, string Name)> undrawable) => undrawable.Count == 0
        ? []
        : drawing.Sentences(words["Undrawable"],
            [
                words["Undrawable.Why"],
                .. undrawable.Take(MaxListed).Select(signer => words["Undrawable.Name", signer.Number, signer.Name,
                    string.Join(' ', Fonts.MissingIn(signer.Name).Select(rune => $"U+{rune.Value:X4}"))].Value),
                .. undrawable.Count > MaxListed ? [words["Undrawable.More", undrawable.Count - MaxListed].Value] : Array.Empty<string>(),
            ]);

    private BookRow RowOf(BookSigner signer, PublishedEvent e)
    {
        var name = signer.Name ?? words["Erased"].Value;
        return new BookRow(
            signer.Number.ToString(CultureInfo.InvariantCulture),
            Fonts.MissingIn(name).Count > 0 ? name + Mark : name,
            shared[$"Role.{signer.Role}"],
            signer.Relation is { } relation ? shared[$"Relation.{relation}"].Value : null,
            InkOf(signer.Strokes),
            signer.Name is null ? "" : words[$"Signature.{signer.SignatureKind}"],
            e.Local(signer.SignedAt).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            string.Join(" · ", new[] { shared[$"Channel.{signer.Channel}"].Value, signer.ConfirmedBy,
                signer.IsLate ? words["AfterClosing"].Value : null }.OfType<string>()),
            signer.Digest is { } digest ? Receipt.VerificationOf(signer.Sequence, digest) : "",
            signer.Paper);
    }

    private static Handwriting? InkOf(byte[]? strokes)
    {
        try
        {
            return strokes is null ? null : Strokes.Decode(strokes);
        }
        catch (FormatException)
        {
            return null; // one damaged signature must not cost the others their book
        }
    }

    /// <returns>Those whose names have a character that no face has.</returns>
    private async Task<List<(int Number, string Name)>> AddNamesAsync(
        FontSubsets fonts, PublishedEvent e, BookPlan plan, CancellationToken cancellationToken)
    {
        var undrawable = new List<(int, string)>();
        var seen = new HashSet<char>();
        foreach (var part in plan.Parts)
            await foreach (var signer in book.NamesAsync(e.Id, part, plan.Last, cancellationToken))
            {
                // Ideographs do not change beside each other: each needs to be looked up once.
                var isPlain = signer.Name.All(letter => letter is >= '\u4E00' and <= '\u9FA5');
                if (isPlain && signer.Name.All(seen.Contains))
                    continue;
                fonts.Add(signer.Name, Fonts.SemiBold);
                if (isPlain)
                    seen.UnionWith(signer.Name);
                else if (Fonts.MissingIn(signer.Name).Count > 0)
                    undrawable.Add(signer);
            }
        return undrawable;
    }

    private void AddFixedTexts(
        FontSubsets fonts, BookDrawing drawing, PublishedEvent e, BookPlan plan, IReadOnlyCollection<string> confirmers)
    {
        string[] texts =
        [
            Letters, words["Erased"], .. drawing.FixedTexts, .. plan.Parts.Select(part => TitleOf(part, e)),
            .. Enum.GetValues<SignerRole>().Select(role => shared[$"Role.{role}"].Value),
            .. Enum.GetValues<GuardianRelation>().Select(relation => shared[$"Relation.{relation}"].Value),
            .. Enum.GetValues<SigningChannel>().Select(channel => shared[$"Channel.{channel}"].Value),
            .. Enum.GetValues<SignatureKind>().Select(kind => words[$"Signature.{kind}"].Value), " · ", words["AfterClosing"],
            .. confirmers,
        ];
        foreach (var text in texts)
        {
            fonts.Add(text, Fonts.Regular);
            fonts.Add(text, Fonts.SemiBold);
        }
    }
}
