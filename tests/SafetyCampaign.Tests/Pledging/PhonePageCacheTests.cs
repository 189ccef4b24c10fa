using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>The phone page is made once for all who ask for it; each has a key of its own, and nobody sees anything of another.</summary>
public sealed partial class PhonePageCacheTests(PhonePageCacheTests.TurnedClock app) : IClassFixture<PhonePageCacheTests.TurnedClock>
{
    public sealed class TurnedClock : CampaignApp
    {
        public TurnedClock() => Clock = Now;

        public FakeTimeProvider Now { get; } = new(new DateTimeOffset(2026, 6, 1, 8, 0, 0, TimeSpan.Zero));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh-CN", "还没有开始签名", "签名到现在还没有开放。有疑问请问主办方", "主办方已经把这个活动归档")]
    [InlineData("en", "Signing has not opened yet", "signing has not been opened. If you have a question", "have archived this event")]
    public async Task An_event_whose_signing_was_never_opened_says_so_once_it_is_over_or_archived(
        string language, string before, string over, string archived)
    {
        var e = await app.SeedEventAsync(EventState.Draft, startsAt: app.Now.GetUtcNow().AddHours(1));
        using var phone = app.CreateClient(language);
        Assert.Contains(before, await ReadAsync(), StringComparison.Ordinal);

        await app.ChangeEventAsync(e.Id, gathering => gathering.Archive(app.Now.GetUtcNow()));
        Assert.Contains(archived, await ReadAsync(), StringComparison.Ordinal);
        await app.ChangeEventAsync(e.Id, gathering => gathering.Restore());
        Assert.Contains(before, await ReadAsync(), StringComparison.Ordinal);

        app.Now.Advance(TimeSpan.FromDays(1));
        var page = await ReadAsync();
        Assert.Contains(over, page, StringComparison.Ordinal);
        Assert.DoesNotContain(before, page, StringComparison.Ordinal);

        async Task<string> ReadAsync() => WebUtility.HtmlDecode(await phone.GetStringAsync($"/e/{e.Code}", Cancellation));
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip;q=1, br;q=0.5", "gzip")]
    [InlineData("br;q=0, gzip;q=0.1", "gzip")]
    [InlineData("*", "br")]
    [InlineData("identity", null)]
    [InlineData("gzip;q=0", null)]
    [InlineData("nonsense;;", null)]
    public async Task In_each_encoding_it_is_the_same_page_with_another_key(string accepted, string? encoding)
    {
        var e = await app.SeedEventAsync();
        var plain = await PageAsync($"/e/{e.Code}", accepted: "");

        var first = await PageAsync($"/e/{e.Code}", accepted);
        var second = await PageAsync($"/e/{e.Code}", accepted);

        Assert.Equal((encoding, encoding), (first.Encoding, second.Encoding));
        Assert.Equal(3, new[] { plain.Key, first.Key, second.Key }.Distinct().Count());
        Assert.All(new[] { first, second }, page => Assert.Equal(plain.Rest, page.Rest));
        Assert.Equal(7, Guid.Parse(first.Key!).Version);
    }

    [Fact]
    public async Task Two_hundred_at_once_have_two_hundred_keys()
    {
        var e = await app.SeedEventAsync();

        var pages = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => PageAsync($"/e/{e.Code}")));

        Assert.Equal(200, pages.Select(page => page.Key).Distinct().Count());
        Assert.Single(pages.Select(page => page.Rest).Distinct());
    }

    [Fact]
    public async Task Nothing_of_one_visitor_stands_in_the_page_of_another()
    {
        var e = await app.SeedEventAsync();
        await DeskVisitor.AddAccountAsync(app, $"王老师{e.Code}", e.Organization);
        using var desk = app.CreateClient();
        await new DeskVisitor(desk).SignInAsync($"王老师{e.Code}");

        // Whoever asks first makes the page.
        var pages = new List<string> { await desk.GetStringAsync($"/e/{e.Code}?utm_source=MARK", Cancellation) };
        foreach (var (address, cookies) in new[]
        {
            ($"/e/{e.Code.ToLowerInvariant()}?from=MARK", "said=MARK; device=MARK; lang=MARK"),
            ($"/E/{e.Code}?MARK=MARK", "lang=c%3DMARK%7Cuic%3DMARK"), ($"/e/{e.Code}?c=MARK", "MARK=MARK"),
            ($"/e/{e.Code}?lang=MARK", "device=MARK"), ($"/e/{e.Code}?c=99999999&Form.Key=MARK&Form.Class=MARK", "lang=en"),
        })
        {
            using var visitor = app.CreateClient();
            foreach (var (name, value) in new[]
            {
                ("Cookie", cookies), ("User-Agent", "MARK"), ("Referer", "http://mark.example/MARK"), ("X-Mark", "MARK"),
                ("Accept-Language", "MARK"), ("Host", "mark.example"),
            })
                visitor.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
            pages.Add(await visitor.GetStringAsync(address, Cancellation));
        }
        // This one is answered by itself: a link of the page leads back to it.
        await desk.GetStringAsync($"/e/{e.Code}?read=MARK", Cancellation);
        foreach (var address in new[] { $"/e/{e.Code}", $"/e/{e.Code}?lang=zh-CN", $"/e/{e.Code}?c={e.Primary}", $"/e/{e.Code}?read=en" })
            pages.Add((await PageAsync(address)).Html);

        Assert.All(pages, page => Assert.DoesNotContain("MARK", page, StringComparison.OrdinalIgnoreCase));
        Assert.Equal((await PageAsync($"/e/{e.Code}")).Rest, Key().Replace(pages[0], ""));
    }

    [Fact]
    public async Task Whatever_is_changed_shows_at_once()
    {
        var e = await app.SeedEventAsync(EventState.Draft);
        var address = $"/e/{e.Code}?c={e.Primary}";
        await ShowsAsync("还没有开始签名");

        await ChangeAsync(gathering => gathering.Rehearse());
        await ShowsAsync("现在签的不计数");
        await ChangeAsync(gathering => gathering.Open(app.Now.GetUtcNow()));
        await ShowsAsync("读完了，去签名");
        await ChangeAsync(gathering => gathering.Describe("新的名称", "学校礼堂", ["新的主办方"], []));
        await ShowsAsync("<h1>新的名称</h1>");
        await app.RewriteTextAsync(e, SignerRole.Student);
        await ShowsAsync("""name="Form.Signers[Student].Version" value="2">""");
        await using (var db = app.OpenStore())
        {
            var campaign = await db.Campaigns.Include(c => c.Rules).SingleAsync(c => c.Id == e.CampaignId, Cancellation);
            campaign.Settle(campaign.RulesInForce.Settings with { Purpose = "新的用途" }, app.Now.GetUtcNow());
            await db.SaveChangesAsync(Cancellation);
        }
        await app.Get<PublishedEvents>().ContentChangedAsync(changed => changed.CampaignId == e.CampaignId);
        await ShowsAsync("新的用途");
        await ShowsAsync("""name="Form.Wording" value="2.zh-CN""");
        await ChangeAsync(gathering => gathering.Schedule(gathering.StartsAt, gathering.EndsAt, app.Now.GetUtcNow().AddMinutes(30)));
        await ShowsAsync("没到现场也可以在家签");
        app.Now.Advance(TimeSpan.FromMinutes(31));
        Assert.Null((await ShowsAsync("签名已经结束")).Key);

        async Task ChangeAsync(Action<CampaignEvent> change) => await app.ChangeEventAsync(e.Id, change);

        async Task<Page> ShowsAsync(string words)
        {
            foreach (var accepted in new[] { "gzip", "br" })
                Assert.Contains(words, (await PageAsync(address, accepted)).Html);
            return await PageAsync(address);
        }
    }

    [Fact]
    public async Task Each_language_and_class_has_its_own_and_links_that_keep_both()
    {
        var e = await app.SeedEventAsync();
        foreach (var _ in Enumerable.Range(0, 2)) // made, then kept
        {
            Assert.Contains("Who is signing", (await PageAsync($"/e/{e.Code}", language: "en")).Html);
            Assert.Contains("谁来签名", (await PageAsync($"/e/{e.Code}")).Html);
            Assert.DoesNotContain("selected=", (await PageAsync($"/e/{e.Code}?c=99999999")).Html.Split("Relation")[0]);
            foreach (var group in new[] { e.Primary, e.Junior })
            {
                var page = (await PageAsync($"/e/{e.Code}?c={group}&from=singlemessage&read=en")).Html;
                Assert.Contains($"""<option selected="selected" value="{group}">""", page);
                Assert.Contains($"""href="/e/{e.Code}?c={group}&amp;read=en&amp;lang=en" """, page);
                Assert.Contains("""<span lang="en" dir="ltr">I will not go swimming without permission</span>""", page);
            }
            Assert.Contains($"""href="/e/{e.Code}?c={e.Junior}&amp;lang=en" """,
                (await PageAsync($"/E/{e.Code.ToLowerInvariant()}?C={e.Junior}")).Html);
        }
    }

    [Fact]
    public async Task Dates_and_words_of_two_languages_do_not_come_together_in_anybody_elses_page()
    {
        var e = await app.SeedEventAsync();
        using var mixed = new HttpRequestMessage(HttpMethod.Get, $"/e/{e.Code}");
        mixed.Headers.Add("Cookie", "lang=c%3Den%7Cuic%3Dzh-CN");
        using var visitor = app.CreateClient();
        using var answer = await visitor.SendAsync(mixed, Cancellation);
        Assert.Contains("Mon", await answer.Content.ReadAsStringAsync(Cancellation));

        Assert.Contains("周一", (await PageAsync($"/e/{e.Code}")).Html);
    }

    [Fact]
    public async Task Caches_are_told_that_it_is_one_phones_own()
    {
        var e = await app.SeedEventAsync();
        using var phone = app.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/e/{e.Code}");
        request.Headers.AcceptEncoding.ParseAdd("gzip");

        using var answer = await phone.SendAsync(request, Cancellation);

        Assert.Equal("no-cache, private", answer.Headers.CacheControl!.ToString());
        Assert.Equal(["Accept-Encoding", "Accept-Language", "Cookie"], answer.Headers.Vary.Order());
        Assert.Null(answer.Headers.ETag);
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal((await answer.Content.ReadAsByteArrayAsync(Cancellation)).Length, answer.Content.Headers.ContentLength);
    }

    /// <summary>A page as it came, apart from its key.</summary>
    private sealed record Page(string? Encoding, string Html)
    {
        public string? Key => PhonePageCacheTests.Key().Match(Html) is { Success: true } found ? found.Groups[1].Value : null;

        public string Rest => PhonePageCacheTests.Key().Replace(Html, "");
    }

    private async Task<Page> PageAsync(string address, string accepted = "gzip", string language = "zh-CN")
    {
        using var phone = app.CreateClient(language);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (accepted != "")
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var answer = await phone.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var encoding = answer.Content.Headers.ContentEncoding.SingleOrDefault();
        await using var sent = await answer.Content.ReadAsStreamAsync(Cancellation);
        await using var plain = encoding switch
        {
            "gzip" => new GZipStream(sent, CompressionMode.Decompress),
            "br" => new BrotliStream(sent, CompressionMode.Decompress),
            _ => sent,
        };
        using var reader = new StreamReader(plain);
        return new Page(encoding, await reader.ReadToEndAsync(Cancellation));
    }

    [GeneratedRegex("""name="Form.Key" value="([^"]+)""")]
    private static partial Regex Key();
}
