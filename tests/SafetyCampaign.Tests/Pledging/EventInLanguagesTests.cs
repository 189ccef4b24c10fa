using System.Net;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;
using Document = UglyToad.PdfPig.PdfDocument;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>What an event is called reaches each reader in the reader's language, on every page and paper, however it is cached.</summary>
public sealed class EventInLanguagesTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private const string Title = "Riverside lesson";
    private const string Place = "School hall";
    private const string Partner = "Green Boat Rescue";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_phone_page_is_kept_for_each_language_and_anew_after_a_change()
    {
        var e = await TranslatedAsync();
        using var english = app.CreateClient("en");
        using var chinese = app.CreateClient();
        for (var again = 0; again < 2; again++)
        {
            var page = await TextAsync(english, $"/e/{e.Code}");
            Assert.All([Title, Place, Partner], name => Assert.Contains(name, page));
            Assert.DoesNotContain("暑期防溺水宣传活动", page);
            var original = await TextAsync(chinese, $"/e/{e.Code}");
            Assert.Contains("暑期防溺水宣传活动", original);
            Assert.DoesNotContain(Title, original);
        }

        await app.ChangeEventAsync(e.Id, x => x.Translate("en", "Lakeside lesson", null));

        var changed = await TextAsync(english, $"/e/{e.Code}");
        Assert.Contains("Lakeside lesson", changed);
        Assert.Contains("<span lang=\"zh-CN\">社区广场</span>", changed); // has no translation any more, and says in which language it is
    }

    [Fact]
    public async Task The_facts_of_the_api_are_in_the_language_asked_for_and_so_is_their_etag()
    {
        var e = await TranslatedAsync();
        using var english = app.CreateClient("en-GB, en;q=0.8");
        using var chinese = app.CreateClient();

        using var first = await english.GetAsync($"/api/events/{e.Code}", Cancellation);
        using var second = await chinese.GetAsync($"/api/events/{e.Code}", Cancellation);

        var (translated, original) = (await first.JsonAsync(), await second.JsonAsync());
        Assert.Equal((Title, Place), ((string?)translated["title"], (string?)translated["place"]));
        Assert.Equal(("暑期防溺水宣传活动", "社区广场"), ((string?)original["title"], (string?)original["place"]));
        Assert.NotEqual(first.Headers.ETag, second.Headers.ETag);
        Assert.Contains("Accept-Language", first.Headers.Vary.SelectMany(v => v.Split(", ")));
    }

    [Fact]
    public async Task Receipt_certificate_and_verification_name_the_event_as_their_reader_knows_it()
    {
        var e = await TranslatedAsync();
        using var english = app.CreateClient("en");
        using var chinese = app.CreateClient();
        var receipt = await english.SignedAsync(e);

        Assert.Contains(Title, await TextAsync(english, receipt));
        Assert.DoesNotContain(Title, await TextAsync(chinese, receipt));
        Assert.Contains(Title, await TextAsync(english, receipt + "/data"));
        var page = await PdfAsync(english, receipt + "/certificate.pdf");
        Assert.All([Title, Place, Partner], name => Assert.Contains(name, page));
        var original = await PdfAsync(chinese, receipt + "/certificate.pdf");
        Assert.Contains("社区广场", original);
        Assert.DoesNotContain(Title, original);
        var picture = await english.GetByteArrayAsync(receipt + "/certificate.png", Cancellation);
        Assert.NotEqual(picture, await chinese.GetByteArrayAsync(receipt + "/certificate.png", Cancellation));
        Assert.Equal(picture, await english.GetByteArrayAsync(receipt + "/certificate.png", Cancellation));

        var code = (await english.GetStringAsync(receipt, Cancellation)).Split("/verify/")[1].Split('"')[0];
        var verified = await TextAsync(english, "/verify/" + code);
        Assert.All([Title, Place], name => Assert.Contains(name, verified));
        Assert.Contains("社区广场", await TextAsync(chinese, "/verify/" + code));
    }

    [Fact]
    public async Task The_stage_and_its_welcome_speak_the_language_of_the_screen()
    {
        var e = await TranslatedAsync();

        var stage = await TextAsync(app.CreateClient("en"), $"/display/{e.Code}");

        Assert.All([Title, Place, Partner], name => Assert.Contains(name, stage));
        Assert.Contains("<dd><span lang=\"zh-CN\">大塘冲社区</span>", stage);
        Assert.DoesNotContain(Title, await TextAsync(app.CreateClient(), $"/display/{e.Code}"));
    }

    [Fact]
    public async Task A_scene_that_is_called_as_the_template_calls_it_is_called_so_in_the_language_of_stage_and_host()
    {
        var e = await app.SeedEventAsync();
        var english = await DeskVisitor.SignInAsync(app, e.Organization, language: "en");
        foreach (var address in new[] { $"/display/{e.Code}", $"/host/{e.Code}" })
            Assert.Contains("The pledge, read together", await english.ReadAsync(address));

        await app.ChangeScenesAsync(e.Id, scene =>
            scene.Edit(scene.Kind == SceneKind.Oath ? "江边宣誓" : scene.Title, scene.Notes, scene.Settings));

        foreach (var address in new[] { $"/display/{e.Code}", $"/host/{e.Code}" })
            Assert.Contains("江边宣誓", await english.ReadAsync(address));
    }

    [Fact]
    public async Task Poster_book_report_host_page_and_sheets_are_in_the_language_of_the_desk()
    {
        var e = await TranslatedAsync();
        await app.CreateClient().SignedAsync(e);
        var english = await DeskVisitor.SignInAsync(app, e.Organization, language: "en");
        var chinese = await DeskVisitor.SignInAsync(app, e.Organization);
        var desk = $"/organize/events/{e.Code}";

        string[] pages = [$"{desk}/poster", $"/host/{e.Code}", $"{desk}/records/book", $"{desk}/records/report", $"{desk}/classes"];
        foreach (var address in pages)
        {
            Assert.Contains(Title, await english.ReadAsync(address));
            Assert.DoesNotContain(Title, await chinese.ReadAsync(address));
        }
        foreach (var file in new[] { $"{desk}/poster.pdf", $"{desk}/records/book.pdf", $"{desk}/records/report.pdf" })
        {
            var paper = (await PdfAsync(english.Client, file)).Replace(" ", "", StringComparison.Ordinal);
            Assert.Contains("Riversidelesson", paper);
            Assert.DoesNotContain("Riversidelesson", (await PdfAsync(chinese.Client, file)).Replace(" ", "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_logo_is_of_its_partner_in_every_language()
    {
        var e = await TranslatedAsync();
        await using (var db = app.OpenStore())
        {
            db.Pictures.Add(new EventPicture(e.Id, EventPictureKind.Logo, "绿舟应急救援队", [1], 10, 10));
            await db.SaveChangesAsync(Cancellation);
        }
        await app.ChangeEventAsync(e.Id, x => x.Publish());

        var published = (await app.Get<PublishedEvents>().FindAsync(e.Code, Cancellation))!;
        var english = published.In(InterfaceLanguages.OfTheProduct[1].Culture);

        Assert.Equal(Partner, Assert.Single(english.Logos).Subject);
        Assert.Equal("绿舟应急救援队", Assert.Single(published.Logos).Subject);
        Assert.Same(english, published.In(InterfaceLanguages.OfTheProduct[1].Culture));
        Assert.Same(published, english.In(InterfaceLanguages.Default.Culture));
    }

    private async Task<SeededEvent> TranslatedAsync()
    {
        var e = await app.SeedEventAsync();
        await app.ChangeEventAsync(e.Id, x =>
            x.Translate("en", Title, Place, new Dictionary<string, string> { ["绿舟应急救援队"] = Partner }));
        return e;
    }

    private static async Task<string> TextAsync(HttpClient client, string address) =>
        WebUtility.HtmlDecode(await client.GetStringAsync(address, Cancellation));

    private static async Task<string> PdfAsync(HttpClient client, string address)
    {
        using var pdf = Document.Open(await client.GetByteArrayAsync(address, Cancellation));
        return string.Concat(pdf.GetPages().Select(page => page.Text));
    }
}
