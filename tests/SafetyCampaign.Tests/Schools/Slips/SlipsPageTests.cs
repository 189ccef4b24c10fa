using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Schools.Slips;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Schools.Slips;

/// <summary>Issuing, printing, replacing and ending the slips of a class, at the desk and by the class teacher's link.</summary>
public sealed partial class SlipsPageTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Slips_are_printed_two_to_a_sheet_again_with_the_same_codes_and_a_replaced_one_ends()
    {
        var e = await app.SeedEventAsync(homeSigningUntil: app.Get<TimeProvider>().GetUtcNow().AddDays(20));
        var pupils = await app.SeedRosterAsync(e, e.Primary, (1, "王小明"), (2, "王小红"), (3, "赵小雨"), (4, "陈一"), (5, "陈二"));
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        var here = DeskRoutes.EventSlips(e.Code, e.Primary);
        Assert.Empty(Codes(await desk.ReadAsync(here)));

        await desk.SendAsync($"{here}?handler=Issue");
        var page = await desk.ReadAsync(here);

        var codes = Codes(page);
        Assert.Equal(5, codes.Count);
        Assert.Equal(3, page.Split("<section class=\"sheet\">").Length - 1);
        Assert.Contains("发了5张回家单", page);
        Assert.Contains("五（1）班3号<b>赵小雨</b>", page);
        Assert.DoesNotContain("<b>赵小雨</b>", await desk.ReadAsync($"{here}?names=no"));
        Assert.Equal(codes, Codes(await desk.ReadAsync(here)));
        var message = page[page.IndexOf("<textarea", StringComparison.Ordinal)..];
        message = message[..message.IndexOf("</textarea>", StringComparison.Ordinal)];
        Assert.Contains($"/s/{codes[0]}", message);
        Assert.DoesNotContain("王小明", message[message.IndexOf('>', StringComparison.Ordinal)..]);

        var file = await (await desk.GetAsync($"{here}?handler=Pdf")).Content.ReadAsByteArrayAsync(Cancellation);
        using (var pdf = UglyToad.PdfPig.PdfDocument.Open(file))
        {
            Assert.Equal(3, pdf.NumberOfPages);
            var text = pdf.GetPage(2).Text;
            Assert.All(["大塘冲小学", "赵小雨", "回执", SlipCode.Spaced(codes[2])], words => Assert.Contains(words, text, StringComparison.Ordinal));
        }

        await desk.SendAsync($"{here}?handler=Replace", ("entry", $"{pupils[1]}"));
        var anew = Codes(await desk.ReadAsync(here));
        Assert.Equal(codes.Where((_, i) => i != 1), anew.Where((_, i) => i != 1));
        Assert.NotEqual(codes[1], anew[1]);
        await desk.SendAsync($"{here}?handler=Revoke", ("entry", $"{pupils[0]}"));
        using var phone = app.CreateClient();
        Assert.Equal([HttpStatusCode.Gone, HttpStatusCode.Gone, HttpStatusCode.OK, HttpStatusCode.OK],
            [await OpenedAsync(phone, codes[0]), await OpenedAsync(phone, codes[1]), await OpenedAsync(phone, anew[1]),
                await OpenedAsync(phone, codes[2])]);

        await using var db = app.OpenStore();
        Assert.All(await db.Slips.AsNoTracking().ToListAsync(Cancellation), slip => Assert.DoesNotContain(slip.ProtectedCode, codes));
        Assert.Equal([(AuditAction.SlipsIssued, 5), (AuditAction.SlipsReplaced, 1), (AuditAction.SlipsRevoked, 1)], await LinesAsync(e));
        var seen = await db.AuditEntries.AsNoTracking().OrderBy(a => a.Sequence)
            .LastAsync(a => a.EventCode == e.Code && a.Action == AuditAction.NamesViewed, Cancellation);
        Assert.Equal((AuditReason.Slips, e.Primary, 5), (seen.Reason, seen.ClassId, seen.Count));
    }

    [Fact]
    public async Task What_is_signed_on_the_paper_of_a_slip_stands_on_the_part_that_comes_back_as_it_was_when_the_slip_was_issued()
    {
        var e = await app.SeedEventAsync();
        await app.SeedRosterAsync(e, e.Primary, (1, "王小明"));
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        var here = DeskRoutes.EventSlips(e.Code, e.Primary);
        var published = (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!;
        await desk.SendAsync($"{here}?handler=Issue");
        await app.RewriteTextAsync(e, SignerRole.Student);

        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await desk.ReadAsync(here));
        var part = page.QuerySelector(".slip .reply")!.TextContent;
        var file = await (await desk.GetAsync($"{here}?handler=Pdf")).Content.ReadAsByteArrayAsync(Cancellation);
        using var pdf = UglyToad.PdfPig.PdfDocument.Open(file);
        var letters = pdf.GetPage(1).Text.Replace(" ", "", StringComparison.Ordinal); // without those at which lines are broken

        foreach (var role in new[] { SignerRole.Student, SignerRole.Guardian })
        {
            var wording = published.TextFor(role)!.Wording; // version 1
            foreach (var words in wording.Clauses.Append(wording.Title).Append(wording.Closing))
            {
                Assert.Contains(words, part, StringComparison.Ordinal);
                Assert.Contains(words, letters, StringComparison.Ordinal);
            }
        }
        var erased = $"{published.Rules[0].Settings.EraseOn:yyyy年M月d日}删除姓名和签名";
        Assert.Contains(erased, part.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(erased, letters, StringComparison.Ordinal);
        Assert.DoesNotContain("我已读过", part, StringComparison.Ordinal); // version 2
        Assert.Contains("主办方：", part, StringComparison.Ordinal);
        Assert.Contains("有1张回家单发的时候是旧版", page.Body!.TextContent, StringComparison.Ordinal);
        await desk.SendAsync($"{here}?handler=Replace");
        Assert.Contains("我已读过", await desk.ReadAsync(here), StringComparison.Ordinal);
        Assert.DoesNotContain("发的时候是旧版", await desk.ReadAsync(here), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_signing_has_ended_no_slip_is_offered_to_be_issued_printed_or_sent()
    {
        var e = await app.SeedEventAsync();
        await app.SeedRosterAsync(e, e.Primary, (1, "王小明"), (2, "王小红"));
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        using var teacher = app.CreateClient();
        string[] addresses = [DeskRoutes.EventSlips(e.Code, e.Primary), DeskRoutes.EventPrint(e.Code), $"/class/{secret}/slips"];
        async Task<string> ReadAsync(string address)
        {
            var page = await (address.StartsWith("/class/", StringComparison.Ordinal)
                ? teacher.GetStringAsync(address, Cancellation)
                : desk.ReadAsync(address));
            return page.Replace("handler=Pdf", "slips.pdf", StringComparison.Ordinal);
        }

        await desk.SendAsync($"{addresses[0]}?handler=Issue");
        foreach (var address in addresses)
            Assert.Contains("slips.pdf", await ReadAsync(address), StringComparison.Ordinal);

        await app.ChangeEventAsync(e.Id, gathering => gathering.Close(DateTimeOffset.UtcNow));

        foreach (var address in addresses)
        {
            var page = await ReadAsync(address);
            Assert.Contains("签名已经结束，这些回家单不能再签", page, StringComparison.Ordinal);
            Assert.DoesNotContain("slips.pdf", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<textarea", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_class_teacher_does_the_same_by_the_class_link_and_a_used_slip_is_not_printed_again()
    {
        var e = await app.SeedEventAsync();
        await app.SeedRosterAsync(e, e.Primary, (1, "王小明"), (2, "王小红"));
        var (id, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        using var teacher = app.CreateClient();
        var here = $"/class/{secret}/slips";
        Assert.Contains(here, await teacher.GetStringAsync($"/class/{secret}", Cancellation), StringComparison.Ordinal);

        var issued = await PostAsync(teacher, $"{here}?handler=Issue");
        Assert.Equal((HttpStatusCode.SeeOther, here), (issued.StatusCode, issued.Headers.Location?.ToString()));
        var codes = Codes(await teacher.GetStringAsync(here, Cancellation));
        Assert.Equal(2, codes.Count);
        var request = Signing.Family(e, "王小明");
        request["slip"] = codes[0];
        Assert.Equal(HttpStatusCode.Created, (await teacher.SignAsync(e.Code, request)).StatusCode);

        Assert.Equal([codes[1]], Codes(await teacher.GetStringAsync(here, Cancellation)));
        var pdf = await teacher.GetAsync(new Uri($"{here}.pdf?names=no", UriKind.Relative), Cancellation);
        Assert.Equal("application/pdf", pdf.Content.Headers.ContentType?.MediaType);
        await PostAsync(teacher, $"{here}?handler=Replace");
        Assert.DoesNotContain(codes[1], await teacher.GetStringAsync(here, Cancellation), StringComparison.Ordinal);
        Assert.Equal([(AuditAction.SlipsIssued, 2), (AuditAction.SlipsReplaced, 2)], await LinesAsync(e));
        await using var db = app.OpenStore();
        Assert.All(await db.AuditEntries.AsNoTracking().Where(a => a.EventCode == e.Code && a.Action == AuditAction.SlipsIssued)
            .ToListAsync(Cancellation), line => Assert.Equal($"{id}", line.Detail));
    }

    [Fact]
    public async Task A_class_without_a_list_is_told_what_to_do()
    {
        var e = await app.SeedEventAsync();
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        using var teacher = app.CreateClient();

        Assert.Contains("请先导入名单", await teacher.GetStringAsync($"/class/{secret}/slips", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_who_issue_at_once_the_second_adds_nothing_and_every_pupil_has_one_slip()
    {
        var e = await app.SeedEventAsync();
        var pupils = await app.SeedRosterAsync(e, e.Primary, (1, "王小明"), (2, "王小红"));
        var published = await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation);
        await using var first = app.OpenStore();
        await using var second = app.OpenStore();
        var slips = app.Get<ClassSlips>();
        await slips.IssueAsync(first, published!, e.Primary, Cancellation);
        await slips.IssueAsync(second, published!, e.Primary, Cancellation);

        Assert.True(await ClassSlips.SaveAsync(first, Cancellation));
        Assert.False(await ClassSlips.SaveAsync(second, Cancellation));

        await using var db = app.OpenStore();
        Assert.Equal(pupils.Length, await db.Slips.CountAsync(slip => slip.EventId == e.Id, Cancellation));
    }

    private async Task<List<(AuditAction, int?)>> LinesAsync(SeededEvent e)
    {
        await using var db = app.OpenStore();
        return [.. (await db.AuditEntries.AsNoTracking().Where(a => a.EventCode == e.Code && a.Action >= AuditAction.SlipsIssued
            && a.Action <= AuditAction.SlipsRevoked).OrderBy(a => a.Sequence).ToListAsync(Cancellation)).Select(a => (a.Action, a.Count))];
    }

    private static async Task<HttpStatusCode> OpenedAsync(HttpClient phone, string code) =>
        (await phone.GetAsync(new Uri($"/s/{code}", UriKind.Relative), Cancellation)).StatusCode;

    private static async Task<HttpResponseMessage> PostAsync(HttpClient teacher, string address)
    {
        using var nothing = new FormUrlEncodedContent([]);
        return await teacher.PostAsync(new Uri(address, UriKind.Relative), nothing, Cancellation);
    }

    /// <summary>In the order of the sheets.</summary>
    private static List<string> Codes(string page) => [.. Printed().Matches(page).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("""aria-label="[^"]*/s/([0-9A-Z]{12})"[^>]*viewBox""")]
    private static partial Regex Printed();
}
