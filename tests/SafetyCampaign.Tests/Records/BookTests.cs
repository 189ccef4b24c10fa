using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;
using Document = UglyToad.PdfPig.PdfDocument;

namespace SafetyCampaign.Tests.Records;

/// <summary>The pledge book: what was signed, and by whom, class by class.</summary>
public abstract partial class BookTests(CampaignApp app)
{
    private readonly HttpClient phone = app.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_book_begins_with_its_chapters_and_the_wordings_that_were_signed_and_names_nobody_there()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        await phone.SignedAsync(e, "陈思雨", "陈强");
        await phone.SignAsync(e.Code, Signing.Alone("teacher", name: "何老师"));

        var book = await desk.ReadAsync($"/organize/events/{e.Code}/records/book");

        Assert.Matches($"records/book\\?c={e.Primary}\">大塘冲小学 五（1）班</a>\\s*<span class=\"count\">2份</span>", book);
        Assert.Contains("?c=none\">不属于任何班级</a>", book);
        Assert.DoesNotContain($"?c={e.Junior}", book); // nobody of it has signed
        Assert.Equal(3, Version().Count(book)); // student, guardian, teacher: no volunteer has signed
        Assert.DoesNotContain("陈思雨", book);
    }

    [Fact]
    public async Task A_chapter_holds_every_signature_of_its_class_with_a_code_that_finds_its_record_and_each_look_is_noted()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        await phone.SignedAsync(e, "陈思雨", "陈强");
        await app.InvalidateAsync(await phone.SignedAsync(e, "郑小河", "郑洋"));
        var gone = await app.Get<Receipts>().FindAsync((await phone.SignedAsync(e, "周小鱼", "周海"))["/r/".Length..], Cancellation);
        await app.Get<PledgeLedger>().WithdrawAsync(gone!.Receipt.Sequence);

        var chapter = await desk.ReadAsync($"/organize/events/{e.Code}/records/book?c={e.Primary}");

        Assert.Equal(["陈思雨", "陈强"], Name().Matches(chapter).Select(m => m.Groups[1].Value));
        Assert.Equal(2, Ink().Count(chapter));
        var code = Code().Match(chapter).Groups[1].Value;
        Assert.Contains("第1", await phone.GetStringAsync(new Uri($"/verify/{code}", UriKind.Relative), Cancellation));
        await using var db = app.OpenStore();
        var line = await db.AuditEntries.SingleAsync(a => a.EventCode == e.Code && a.Reason == AuditReason.PledgeBook, Cancellation);
        Assert.Equal((2, e.Primary), (line.Count!.Value, line.ClassId!.Value));
    }

    [Fact]
    public async Task A_class_with_seats_stands_in_their_order_with_whoever_signed_beside_a_pupil_and_those_without_one_behind()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        await phone.SignedAsync(e, "借读生", "借读父"); // on no list
        await phone.SignedAsync(e, "周小鱼", "周海"); // before there was a list: known by the name below
        await app.SeedRosterAsync(e, e.Primary, (12, "李思雨"), (3, "王小明"), (null, "赵雷"), (7, "周小鱼"));
        await phone.SignedAsync(e, "李思雨", "李芳");
        await phone.SignedAsync(e, "赵雷", "赵母");
        await phone.SignedAsync(e, "王小明", "王芳");
        await using (var db = app.OpenStore())
        {
            var pupil = await db.Roster.SingleAsync(r => r.ClassId == e.Primary && r.Name == "周小鱼", Cancellation);
            await db.Pledges.Where(p => p.EventId == e.Id && p.Name == "周小鱼")
                .ExecuteUpdateAsync(p => p.SetProperty(x => x.RosterEntryId, pupil.Id), Cancellation);
        }

        var chapter = await desk.ReadAsync($"/organize/events/{e.Code}/records/book?c={e.Primary}");

        string[] ordered = ["王小明", "王芳", "周小鱼", "周海", "李思雨", "李芳", "借读生", "借读父", "赵雷", "赵母"];
        Assert.Equal(ordered, Name().Matches(chapter).Select(m => m.Groups[1].Value));
        var address = $"/organize/events/{e.Code}/records/book.pdf?class={e.Primary}";
        using var pdf = Document.Open(await (await desk.GetAsync(address)).Content.ReadAsByteArrayAsync(Cancellation));
        var text = string.Concat(pdf.GetPages().Select(page => page.Text)).Replace(" ", "", StringComparison.Ordinal);
        Assert.Equal(ordered, ordered.OrderBy(name => text.IndexOf(name, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_class_that_takes_no_part_has_no_chapter()
    {
        var (e, other) = (await app.SeedEventAsync(), await app.SeedEventAsync());
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);

        foreach (var chapter in new[] { $"{other.Primary}", "0", "x" })
            Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync($"/organize/events/{e.Code}/records/book?c={chapter}")).StatusCode);
        Assert.Contains("还没有人签名", await desk.ReadAsync($"/organize/events/{e.Code}/records/book?c={e.Primary}"));
    }

    [GeneratedRegex("<p class=\"kind\">[^<]*，第\\d+版</p>")]
    private static partial Regex Version();

    [GeneratedRegex("<th scope=\"row\">([^<]*)</th>")]
    private static partial Regex Name();

    [GeneratedRegex("<td class=\"ink\">\\s*<svg")]
    private static partial Regex Ink();

    [GeneratedRegex("<td class=\"code\">([^<]+)</td>")]
    private static partial Regex Code();
}

public sealed class BookOnSqliteTests(CampaignApp app) : BookTests(app), IClassFixture<CampaignApp>;

public sealed class BookOnPostgresTests(PostgresApp app) : BookTests(app.Required), IClassFixture<PostgresApp>;
