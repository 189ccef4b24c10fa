using System.Net;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display;

namespace SafetyCampaign.Tests.Display;

/// <summary>The stage as the server writes it, before any script runs.</summary>
public sealed class StagePageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_counts_stand_in_the_page_and_no_name_does()
    {
        await using var app = await StartAsync();
        var e = await app.SeedEventAsync();
        using var client = app.CreateClient();
        using var signed = await client.SignAsync(e.Code, Signing.Family(e, child: "王小明", parent: "王芳"));

        var page = await client.GetStringAsync($"/display/{e.Code}", Cancellation);

        Assert.Contains("data-state=\"open\"", page);
        Assert.Contains("<b data-people=\"2\">2</b>", page);
        Assert.Contains("<b data-families=\"1\">1</b>", page);
        Assert.Contains($"data-class=\"{e.Primary}\" data-by-families=\"{e.Primary}\" data-by-people=\"\" data-count=\"1\"", page);
        Assert.Contains($"data-class=\"{e.Senior}\" data-by-families=\"\" data-by-people=\"{e.Senior}\" data-count=\"0\"", page);
        Assert.Contains("暑期防溺水宣传活动", page);
        Assert.DoesNotContain("小明", page);
        Assert.DoesNotContain("王芳", page);
    }

    [Fact]
    public async Task Above_sixty_classes_each_school_has_one_vessel()
    {
        await using var app = await StartAsync();
        var e = await app.SeedEventAsync();
        await app.SeedFurtherClassesAsync(e, 60);
        using var client = app.CreateClient();

        var page = await client.GetStringAsync($"/display/{e.Code}", Cancellation);

        Assert.DoesNotContain("<span class=\"name\">五1班</span>", page);
        Assert.Contains("<span class=\"name\">大塘冲小学</span>", page);
    }

    [Fact]
    public async Task While_the_count_is_held_the_code_stands_in_the_lifebuoy_and_the_page_says_where()
    {
        await using var app = await StartAsync();
        var e = await app.SeedEventAsync();
        await app.Get<StageConductor>().HoldAsync(e.Id, true);
        using var client = app.CreateClient();

        var page = await client.GetStringAsync($"/display/{e.Code}", Cancellation);

        Assert.Contains("data-code=\"plate\"", page);
        Assert.Contains("data-mode=\"held\"", page);
    }

    [Fact]
    public async Task It_is_black_only_where_the_host_has_blanked_it_and_says_what_it_cannot_do_without_scripts()
    {
        await using var app = await StartAsync();
        var e = await app.SeedEventAsync();
        using var client = app.CreateClient();
        var page = await client.GetStringAsync($"/display/{e.Code}", Cancellation);
        await app.Get<StageConductor>().BlankAsync(e.Id, true);
        var blank = await client.GetStringAsync($"/display/{e.Code}", Cancellation);

        Assert.DoesNotContain("data-blank", page);
        Assert.Contains(" data-blank>", blank);
        Assert.Contains("<noscript><p class=\"still\">没有脚本", page);
    }

    [Fact]
    public async Task People_can_scan_it_or_type_what_stands_under_the_picture()
    {
        await using var app = await StartAsync();
        var e = await app.SeedEventAsync();
        using var client = app.CreateClient();

        var page = await client.GetStringAsync($"/display/{e.Code}", Cancellation);

        Assert.Contains("<b>pledge.<wbr>example.<wbr>org</b>", page);
        Assert.Contains($"<b>{e.Code}</b>", page);
        Assert.Contains(new SafetyCampaign.Drawing.QrDrawing($"https://PLEDGE.EXAMPLE.ORG/E/{e.Code}").Path(), page);
    }

    [Theory]
    [InlineData(EventState.Draft, "draft", "活动开始，签名稍后开放")]
    [InlineData(EventState.Rehearsal, "rehearsal", "演练")]
    [InlineData(EventState.Open, "open", "扫码，现在签")]
    [InlineData(EventState.Closed, "closed", "签名已结束")]
    public async Task Each_state_says_what_people_can_do(EventState state, string hook, string words)
    {
        await using var app = await StartAsync();
        var e = await app.SeedEventAsync(state);
        using var client = app.CreateClient();

        var page = await client.GetStringAsync($"/display/{e.Code}", Cancellation);

        Assert.Contains($"data-state=\"{hook}\"", page);
        Assert.Contains(words, page);
    }

    [Theory]
    [InlineData(SceneKind.Signing)]
    [InlineData(SceneKind.Welcome)]
    [InlineData(SceneKind.Thanks)]
    public async Task Once_signing_is_closed_no_scene_has_a_code_to_scan(SceneKind kind)
    {
        await using var app = await StartAsync();
        var e = await app.SeedEventAsync();
        using var client = app.CreateClient();
        await app.ShowSceneAsync(e, kind);
        Assert.DoesNotContain("data-code=\"none\"", await client.GetStringAsync($"/display/{e.Code}", Cancellation));

        await app.Get<StageConductor>().CloseAsync(e.Id);

        Assert.Contains("data-code=\"none\"", await client.GetStringAsync($"/display/{e.Code}", Cancellation));
    }

    [Fact]
    public async Task The_wave_of_a_countdown_in_which_nobody_signed_is_of_all_and_it_never_says_a_zero()
    {
        await using var app = await StartAsync();
        var e = await app.SeedEventAsync();
        using var client = app.CreateClient();
        await app.ShowSceneAsync(e, SceneKind.Wave);
        Assert.Contains("data-said=\"None\"", await client.GetStringAsync($"/display/{e.Code}", Cancellation));
        await client.SignAsync(e.Code, Signing.Family(e));
        await app.Get<StageConductor>().SignNowAsync(e.Id);
        await app.Get<StageConductor>().HoldAsync(e.Id, false);

        await app.ShowSceneAsync(e, SceneKind.Wave);

        var page = await client.GetStringAsync($"/display/{e.Code}", Cancellation);
        Assert.Contains("data-said=\"All\"", page);
        Assert.Contains("<b data-all=\"2\">2</b>", page);
    }

    [Fact]
    public async Task When_signing_from_home_has_ended_the_stage_no_longer_asks_for_it()
    {
        await using var app = await StartAsync();
        var e = await app.SeedEventAsync(startsAt: DateTimeOffset.UtcNow.AddDays(-9), homeSigningUntil: DateTimeOffset.UtcNow.AddDays(-1));
        using var client = app.CreateClient();

        Assert.Contains("data-state=\"closed\"", await client.GetStringAsync($"/display/{e.Code}", Cancellation));
    }

    [Fact]
    public async Task It_speaks_english_too()
    {
        await using var app = await StartAsync();
        var e = await app.SeedEventAsync();
        using var client = app.CreateClient("en");

        var page = await client.GetStringAsync($"/display/{e.Code}", Cancellation);

        Assert.Contains("Scan to sign now", page);
        Assert.Contains("<span class=\"name\">5-1</span>", page);
    }

    [Fact]
    public async Task A_screen_that_keeps_no_cookie_is_shown_the_same()
    {
        await using var app = await StartAsync();
        var e = await app.SeedEventAsync();
        using var client = app.CreateClient();
        using var without = app.CreateClient();

        for (var i = 0; i < 2; i++)
        {
            using var page = await client.GetAsync($"/display/{e.Code.ToLowerInvariant()}", Cancellation);
            using var ask = new HttpRequestMessage(HttpMethod.Get, $"/display/{e.Code}") { Headers = { { "Cookie", "device=forgotten" } } };
            using var same = await without.SendAsync(ask, Cancellation);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (page.StatusCode, same.StatusCode));
            Assert.Equal(i == 0, page.Headers.Contains("Set-Cookie"));
        }
    }

    [Theory]
    [InlineData("ZZZZZZ")]
    [InlineData("no-such-event")]
    public async Task There_is_no_stage_without_an_event(string code)
    {
        await using var app = await StartAsync();
        using var client = app.CreateClient();

        using var page = await client.GetAsync($"/display/{code}", Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }

    private static async Task<CampaignApp> StartAsync()
    {
        var app = new CampaignApp { Settings = { ["PublicBaseUrl"] = "https://pledge.example.org" } };
        await app.InitializeAsync();
        return app;
    }
}
