using System.Net;
using SafetyCampaign.Drawing;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Organizing.Poster;

public sealed class PosterPageTests
{
    [Fact]
    public async Task The_poster_says_what_where_when_and_how_to_sign()
    {
        await using var app = await StartAsync();
        var e = await app.SeedEventAsync(startsAt: new DateTimeOffset(2026, 7, 17, 1, 30, 0, TimeSpan.Zero));
        var visitor = await DeskVisitor.SignInAsync(app, e.Organization, OrganizerRole.Observer);

        var page = await visitor.ReadAsync($"/organize/events/{e.Code}/poster");

        Assert.Contains("data-paper=\"a4\"", page);
        Assert.Contains("<h1>暑期防溺水宣传活动</h1>", page);
        Assert.Contains("社区广场", page);
        Assert.Contains("2026年7月17日 星期五 09:30–11:30", page);
        Assert.Contains("每一个孩子，<wbr>都平安回家", page);
        Assert.Contains("<b>pledge.<wbr>example.<wbr>org</b>", page);
        Assert.Contains($"<b class=\"code\">{e.Code}</b>", page);
        Assert.Contains(new QrDrawing($"https://PLEDGE.EXAMPLE.ORG/E/{e.Code}").Path(), page);
        Assert.Contains("大塘冲社区", page);
        Assert.Contains("绿舟应急救援队", page);
    }

    [Fact]
    public async Task The_code_is_drawn_without_its_quiet_zone_which_the_sheet_leaves_white()
    {
        await using var app = await StartAsync();
        var e = await app.SeedEventAsync();
        var visitor = await DeskVisitor.SignInAsync(app, e.Organization, language: "en");

        var page = await visitor.ReadAsync($"/organize/events/{e.Code}/poster");

        var side = new QrDrawing($"https://PLEDGE.EXAMPLE.ORG/E/{e.Code}").Side - 8;
        Assert.Contains($"viewBox=\"4 4 {side} {side}\"", page);
        Assert.Contains("Every child comes home safe", page);
    }

    [Fact]
    public async Task A_class_gets_a_poster_of_its_own_on_either_paper()
    {
        await using var app = await StartAsync();
        var e = await app.SeedEventAsync();
        var visitor = await DeskVisitor.SignInAsync(app, e.Organization);

        var page = await visitor.ReadAsync($"/organize/events/{e.Code}/poster?size=a3&c={e.Primary}");

        Assert.Contains("data-paper=\"a3\"", page);
        Assert.Contains("<p class=\"class\">大塘冲小学 <span class=\"unbroken\">五（1）班</span></p>", page);
        Assert.Contains(new QrDrawing($"https://PLEDGE.EXAMPLE.ORG/E/{e.Code}?c={e.Primary}").Path(), page);
        Assert.Contains($"/organize/events/{e.Code}/poster.pdf?size=a3&c={e.Primary}", page);
        var file = await visitor.GetAsync($"/organize/events/{e.Code}/poster.pdf?size=a3&c={e.Primary}");
        using var pdf = UglyToad.PdfPig.PdfDocument.Open(await file.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal((842, 1191), ((int)Math.Round(pdf.GetPage(1).Width), (int)Math.Round(pdf.GetPage(1).Height)));
        Assert.Contains("五（1）班", pdf.GetPage(1).Text);
        Assert.Contains("pledge.example.org", pdf.GetPage(1).Text);
    }

    [Fact]
    public async Task Before_paper_is_wasted_it_warns_of_an_address_that_no_phone_can_open()
    {
        await using var app = new CampaignApp();
        await app.InitializeAsync();
        var e = await app.SeedEventAsync();
        var visitor = await DeskVisitor.SignInAsync(app, e.Organization);

        Assert.Contains("PublicBaseUrl", await visitor.ReadAsync($"/organize/events/{e.Code}/poster"));
    }

    [Fact]
    public async Task Another_organizations_event_and_another_events_class_are_not_there()
    {
        await using var app = await StartAsync();
        var own = await app.SeedEventAsync();
        var other = await app.SeedEventAsync();
        var visitor = await DeskVisitor.SignInAsync(app, own.Organization);

        using var elsewhere = await visitor.GetAsync($"/organize/events/{other.Code}/poster");
        using var otherClass = await visitor.GetAsync($"/organize/events/{own.Code}/poster?c={other.Primary}");

        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, otherClass.StatusCode);
    }

    private static async Task<CampaignApp> StartAsync()
    {
        var app = new CampaignApp { Settings = { ["PublicBaseUrl"] = "https://pledge.example.org" } };
        await app.InitializeAsync();
        return app;
    }
}
