using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Records.Verifier;
using SafetyCampaign.Storage;
using Document = UglyToad.PdfPig.PdfDocument;

namespace SafetyCampaign.Tests.Records;

/// <summary>
/// A guardian who typed no name is called after the child at the desk, in every list and in the archive, and corrected there.
/// </summary>
public sealed class HandwrittenNamesTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private const string Shown = "陈思雨的奶奶／外婆";
    private readonly HttpClient phone = app.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_list_and_the_book_call_it_after_the_child_and_say_that_the_name_was_not_typed()
    {
        var (e, desk) = await BeginAsync();

        Assert.Contains(Shown, await TextAsync(desk, $"/organize/events/{e.Code}/signers"));
        Assert.Contains("姓名未输入，只有手写", await TextAsync(desk, $"/organize/events/{e.Code}/signers?name={Uri.EscapeDataString(Shown)}"));
        Assert.Contains(Shown, await TextAsync(desk, $"/organize/events/{e.Code}/signers?sort=Name"));
        var pledges = await TextAsync(desk, $"/organize/events/{e.Code}/records/pledges.csv");
        Assert.Contains($"\"2\",\"{Shown}\",", pledges, StringComparison.Ordinal);
        Assert.Contains("\"手写，姓名未输入\"", pledges, StringComparison.Ordinal);
        var families = await TextAsync(desk, $"/organize/events/{e.Code}/records/families.csv");
        Assert.Contains($"\"陈思雨\",\"{Shown}\",\"奶奶／外婆\"", families, StringComparison.Ordinal);
        Assert.Contains(Shown, await TextAsync(desk, $"/organize/events/{e.Code}/records/book?c={e.Primary}"));
        using var pdf = Document.Open(await (await desk.GetAsync($"/organize/events/{e.Code}/records/book.pdf")).Content
            .ReadAsByteArrayAsync(Cancellation));
        Assert.Contains(pdf.GetPages(), page => page.Text.Replace(" ", "", StringComparison.Ordinal)
            .Contains("陈思雨的奶奶", StringComparison.Ordinal));
        var english = await DeskVisitor.SignInAsync(app, e.Organization, language: "en");
        Assert.Contains("grandmother of 陈思雨", await TextAsync(english, $"/organize/events/{e.Code}/records/pledges.csv"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_archive_holds_what_was_signed_and_the_verifier_has_the_words()
    {
        var (e, desk) = await BeginAsync();

        var files = await ArchiveTests.MakeAsync(app, desk, e);

        Assert.Contains("\"name\":\"陈思雨\",\"relation\":\"grandmother\"", Encoding.UTF8.GetString(files["data/leaves.txt"]),
            StringComparison.Ordinal);
        Assert.Contains("\"signature\":\"handwrittenname\"", Encoding.UTF8.GetString(files["data/leaves.txt"]), StringComparison.Ordinal);
        var verifier = app.Get<VerifierFile>().Html;
        foreach (var word in new[] { "{0}的奶奶／外婆", "grandmother of {0}", "Guardian.Of.grandmother", "Guardian.Child.Seat" })
            Assert.Contains(word, verifier, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_the_desk_the_name_is_given_by_who_may_and_the_audit_log_says_so()
    {
        var (e, desk) = await BeginAsync();
        await using var db = app.OpenStore();
        var first = await db.Pledges.Where(p => p.EventId == e.Id).MinAsync(p => p.Sequence, Cancellation);
        var address = $"/organize/events/{e.Code}/lost-receipt/guardian/{first}";
        Assert.Contains($"记为“{Shown}”", await TextAsync(desk, address));
        var observer = await DeskVisitor.SignInAsync(app, e.Organization, OrganizerRole.Observer);
        Assert.Equal(HttpStatusCode.Forbidden, (await observer.GetAsync(address)).StatusCode);

        await CorrectAsync("");
        Assert.Contains(Shown, await TextAsync(desk, address));
        await CorrectAsync("李桂兰");

        var page = await TextAsync(desk, address);
        Assert.Contains("<strong>李桂兰</strong>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Shown, page, StringComparison.Ordinal);
        Assert.True(await db.AuditEntries.AnyAsync(
            a => a.EventCode == e.Code && a.Action == AuditAction.PledgeCorrected && a.Reason == AuditReason.LostReceipt, Cancellation));
        var guardian = await db.Pledges.AsNoTracking().SingleAsync(p => p.Sequence == first + 1, Cancellation);
        Assert.Equal(SignatureKind.Handwritten, guardian.SignatureKind);

        Task<HttpResponseMessage> CorrectAsync(string name) => desk.SendAsync(address,
            ("Form.Signers[0].Name", "陈思雨"), ("Form.Signers[0].Class", $"{e.Primary}"), ("Form.Signers[1].Name", name),
            ("Form.Signers[1].Relation", "Grandmother"));
    }

    [Fact]
    public async Task It_is_erased_with_the_rest()
    {
        var (e, desk) = await BeginAsync();
        await using var db = app.OpenStore();
        var first = await db.Pledges.Where(p => p.EventId == e.Id).MinAsync(p => p.Sequence, Cancellation);

        Assert.True(await app.Get<PledgeLedger>().EraseAsync(first));

        Assert.All(await db.Pledges.Where(p => p.EventId == e.Id).ToListAsync(Cancellation),
            p => Assert.Equal((null, null), (p.Name, p.Relation)));
        Assert.DoesNotContain("陈思雨", await TextAsync(desk, $"/organize/events/{e.Code}/records/pledges.csv"), StringComparison.Ordinal);
        Assert.Equal(2, await phone.PeopleAsync(e.Code));
    }

    private async Task<(SeededEvent E, DeskVisitor Desk)> BeginAsync()
    {
        var e = await app.SeedEventAsync();
        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, Signing.FamilyByHand(e, "陈思雨"))).StatusCode);
        return (e, await DeskVisitor.SignInAsync(app, e.Organization));
    }

    private static async Task<string> TextAsync(DeskVisitor desk, string address) =>
        WebUtility.HtmlDecode(await desk.ReadAsync(address));
}
