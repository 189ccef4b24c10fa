using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Schools.Slips;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>The phone page of somebody who opened it before signing ended, asked for again by its key.</summary>
public sealed partial class LatePageTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Opening = new(2026, 7, 17, 1, 0, 0, TimeSpan.Zero); // 9:00 where the event is

    private readonly FakeTimeProvider clock = new(Opening);
    private readonly CampaignApp app;

    public LatePageTests() => app = new CampaignApp { Clock = clock };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("zh-CN", "签名已经结束。这一页是结束前打开的，09:40前提交的仍然收下。", "09:40前提交仍然收下。")]
    [InlineData("en", "what you submit until 09:40 is still taken.", "We still accept it until 09:40.")]
    public async Task It_has_the_form_with_its_key_and_says_until_when_it_is_taken(string language, string words, string onPad)
    {
        var e = await app.SeedEventAsync();
        using var phone = app.CreateClient(language);
        var key = KeyOf(await ReadAsync(phone, e))!;
        await CloseAsync(e, Opening.AddMinutes(10));

        for (var times = 0; times < 2; times++) // the second is the page that was kept
        {
            var late = await ReadAsync(phone, e, key);
            Assert.Equal(key, KeyOf(late));
            Assert.Contains(words, late, StringComparison.Ordinal);
            Assert.Contains($"data-pad=\"{onPad}\"", late, StringComparison.Ordinal);
        }
        var another = KeyOf(await ReadAsync(phone, e, key[..^6] + "abcdef"));
        Assert.EndsWith("abcdef", another, StringComparison.Ordinal); // of a second family on the same page
        Assert.Contains("data-late", await ReadAsync(phone, e), StringComparison.Ordinal);
        Assert.DoesNotContain("key=", await ReadAsync(phone, e, key), StringComparison.Ordinal); // in no link

        clock.SetUtcNow(Opening.AddMinutes(40));
        Assert.Null(KeyOf(await ReadAsync(phone, e, key)));
        Assert.DoesNotContain("data-late", await ReadAsync(phone, e), StringComparison.Ordinal); // nor the page that was kept
    }

    [Fact]
    public async Task Only_a_key_of_before_the_end_brings_the_form_and_without_a_grace_none_does()
    {
        var e = await app.SeedEventAsync();
        using var phone = app.CreateClient();
        var key = KeyOf(await ReadAsync(phone, e))!;
        await CloseAsync(e, Opening.AddMinutes(10));
        var after = (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!.Keys.Issue(clock.GetUtcNow());

        foreach (var other in new[] { after.ToString(), $"{Guid.CreateVersion7(Opening)}", "x", "" })
            Assert.Null(KeyOf(await ReadAsync(phone, e, other)));
        Assert.NotNull(KeyOf(await ReadAsync(phone, e, key)));
        await app.ChangeEventAsync(e.Id, gathering => gathering.AllowGrace(0));

        var over = await ReadAsync(phone, e, key);
        Assert.Null(KeyOf(over));
        Assert.DoesNotContain("data-late", over, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_signing_is_open_and_once_it_is_opened_again_the_page_has_a_key_of_its_own()
    {
        var e = await app.SeedEventAsync();
        using var phone = app.CreateClient();
        var key = KeyOf(await ReadAsync(phone, e))!;
        Assert.NotEqual(key, KeyOf(await ReadAsync(phone, e, key)));
        await CloseAsync(e, Opening.AddMinutes(10));

        await app.ChangeEventAsync(e.Id, gathering => gathering.Open(clock.GetUtcNow()));

        var page = await ReadAsync(phone, e, key);
        Assert.NotEqual(key, KeyOf(page));
        Assert.DoesNotContain("id=\"late\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(14 * 60 + 30, 30, "24:00前")] // closed at 23:30: the midnight that ends the day
    [InlineData(14 * 60 + 30, 40, "7月18日 00:10前")]
    [InlineData(10, 24 * 60, "7月18日 09:10前")]
    public async Task Another_day_is_named(int closedAfter, int grace, string words)
    {
        var e = await app.SeedEventAsync();
        await app.ChangeEventAsync(e.Id, gathering => gathering.AllowGrace(grace));
        using var phone = app.CreateClient();
        var key = KeyOf(await ReadAsync(phone, e))!;
        await CloseAsync(e, Opening.AddMinutes(closedAfter));

        Assert.Contains($"打开的，{words}", await ReadAsync(phone, e, key), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_a_script_that_comes_back_with_a_line_says_it_too()
    {
        var e = await app.SeedEventAsync();
        using var phone = app.CreateClient();
        var key = KeyOf(await ReadAsync(phone, e))!;
        await CloseAsync(e, Opening.AddMinutes(10));

        var answer = await phone.PostAsync($"/e/{e.Code}", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Form.Key"] = key,
            ["Form.Party"] = "Teacher",
            ["Form.Signers[Teacher].Name"] = "",
            ["Form.Signers[Teacher].Version"] = "1",
        }), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("09:40前提交的仍然收下", await DeskVisitor.TextAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slip_has_the_same()
    {
        var e = await app.SeedEventAsync();
        var slip = await app.SeedSlipAsync(e, (await app.SeedRosterAsync(e, e.Primary, (1, "王小明")))[0]);
        using var phone = app.CreateClient();
        var address = $"/s/{slip}";
        var key = KeyOf(await phone.GetStringAsync(address, Cancellation))!;
        await CloseAsync(e, Opening.AddMinutes(10));

        Assert.Null(KeyOf(await phone.GetStringAsync(address, Cancellation)));
        var late = WebUtility.HtmlDecode(await phone.GetStringAsync($"{address}?key={key}", Cancellation));

        Assert.Equal(key, KeyOf(late));
        Assert.Contains("09:40前提交的仍然收下", late, StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(HttpClient phone, SeededEvent e, string? key = null) =>
        WebUtility.HtmlDecode(await phone.GetStringAsync($"/e/{e.Code}{(key is null ? "" : $"?key={key}")}", Cancellation));

    private static string? KeyOf(string page) => KeyOfPage().Match(page) is { Success: true } found ? found.Groups[1].Value : null;

    private async Task CloseAsync(SeededEvent e, DateTimeOffset at)
    {
        clock.SetUtcNow(at);
        await app.ChangeEventAsync(e.Id, gathering => gathering.Close(at));
    }

    [GeneratedRegex("""name="Form.Key" value="([^"]+)""")]
    private static partial Regex KeyOfPage();
}
