using System.Text;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;
using SafetyCampaign.Tests.Schools.Paper;

namespace SafetyCampaign.Tests.Schools.Classes;

/// <summary>
/// A class of five, of which one signed by phone before there was a list, one by the relay, one on paper and one by phone; the fifth has
/// not.
/// </summary>
internal sealed class SignedClass(CampaignApp app, SeededEvent e, HttpClient phone)
{
    public static readonly string[] Names = ["王小明", "李思雨", "张伟", "陈静", "赵六"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public SeededEvent Event => e;

    public HttpClient Phone => phone;

    public int School { get; private set; }

    public int[] Pupils { get; private set; } = [];

    /// <summary>Of the class link.</summary>
    public string Secret { get; private set; } = "";

    /// <summary>Of the printed page.</summary>
    public int Sheet { get; private set; }

    public DeskVisitor Organizer { get; private set; } = null!;

    public static async Task<SignedClass> SeedAsync(CampaignApp app, SeededEvent e)
    {
        var signed = new SignedClass(app, e, app.CreateClient());
        await signed.SignAsync();
        return signed;
    }

    /// <summary>Students, people and families of a class, as the tally has them.</summary>
    public ClassTotals Of(int classId) => app.Get<TallyBoard>().Totals(e.Id).ByClass.GetValueOrDefault(classId);

    /// <summary>Counts the rows anew and fails where they say something else.</summary>
    public async Task RecountAsync()
    {
        var before = app.Get<TallyBoard>().Totals(e.Id);
        await app.Get<TallyRecount>().RunAsync(Cancellation);
        var after = app.Get<TallyBoard>().Totals(e.Id);
        Assert.Equal((before.People, before.Families, before.Students), (after.People, after.Families, after.Students));
        foreach (var classId in before.ByClass.Keys.Union(after.ByClass.Keys))
            Assert.Equal(before.ByClass.GetValueOrDefault(classId), after.ByClass.GetValueOrDefault(classId));
    }

    /// <summary>The numbers of the event's classes at the desk: expected, signed, families.</summary>
    public async Task<Dictionary<string, string>> CoverageAsync(string? code = null)
    {
        var page = new HtmlParser().ParseDocument(await Organizer.ReadAsync(DeskRoutes.EventCoverage(code ?? e.Code)));
        return page.QuerySelectorAll("tbody tr:not(.school)").ToDictionary(row => row.QuerySelector("th")!.TextContent.Trim(),
            row => string.Join(' ', row.QuerySelectorAll("td").Take(3).Select(td => td.TextContent)));
    }

    /// <summary>What the class's teacher sees: signed of expected.</summary>
    public async Task<string> TeacherSeesAsync(string? secret = null)
    {
        var page = new HtmlParser().ParseDocument(
            await phone.GetStringAsync(new Uri($"/class/{secret ?? Secret}", UriKind.Relative), Cancellation));
        return $"{page.QuerySelector("h1")!.TextContent.Trim().Split(' ')[^1]} {page.QuerySelector(".numbers .large dd")!.TextContent}";
    }

    /// <summary>Imports a list of the school, as somebody at the desk does.</summary>
    public async Task ImportAsync(params string[] lines)
    {
        var here = DeskRoutes.Roster(School);
        using var file = new ByteArrayContent(Encoding.UTF8.GetBytes(string.Join('\n', lines.Prepend("班级,座号,姓名"))));
        var shown = await DeskVisitor.TextAsync(await Organizer.UploadAsync($"{here}?handler=Upload", file, "名单.csv", "file"));
        var answer = await Organizer.PostAsync($"{here}?handler=Import", DeskVisitor.Form(shown));
        Assert.Equal(System.Net.HttpStatusCode.Redirect, answer.StatusCode);
    }

    private async Task SignAsync()
    {
        await phone.SignedAsync(e, Names[0], "王芳"); // before there is a list
        Pupils = await app.SeedRosterAsync(e, e.Primary, [.. Names.Select((name, i) => ((int?)(i + 1), name))]);
        (_, Secret) = await app.SeedClassLinkAsync(e, e.Primary);
        (await phone.SignInClassAsync(Secret, Names[1], Pupils[1])).EnsureSuccessStatusCode();
        (Sheet, _) = await app.SeedPaperAsync(e, e.Primary, Pupils, 5, rehearsal: false,
            () => TestPicture.Of(SkiaSharp.SKEncodedImageFormat.Jpeg, 40, 10));
        await CountPaperAsync(("d2", "withguardian"));
        await phone.SignedAsync(e, Names[3], "陈母");
        await using (var db = app.OpenStore())
        {
            School = (await db.Classes.SingleAsync(c => c.Id == e.Primary, Cancellation)).SchoolId;
            RosterRule.SetExpected(await db.Classes.SingleAsync(c => c.Id == e.Primary, Cancellation),
                await db.Roster.Where(r => r.ClassId == e.Primary).ToListAsync(Cancellation), app.Get<TimeProvider>().GetUtcNow());
            await db.SaveChangesAsync(Cancellation);
        }
        await app.Get<PublishedEvents>().ContentChangedAsync(changed => changed.Id == e.Id);
        Organizer = await DeskVisitor.SignInAsync(app, e.District);
        Assert.Equal(new ClassTotals(7, 3, 4), Of(e.Primary));
    }

    /// <summary>Decides rows of the printed page by the class link, and counts them.</summary>
    public async Task CountPaperAsync(params (string Row, string Decision)[] decided)
    {
        var page = await phone.OpenAsync($"/class/{Secret}/sheets?sheet={Sheet}");
        page = await phone.PressAsync(page, "count", decided);
        Assert.Contains($"已计入{decided.Length}行", SheetPages.Notice(page));
    }
}
