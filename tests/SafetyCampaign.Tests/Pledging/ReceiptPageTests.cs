using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>What the signers keep, and how they take it back.</summary>
public sealed partial class ReceiptPageTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private readonly HttpClient phone = app.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_rendered_once_is_rendered_once_for_each_language_and_names_nobody()
    {
        var e = await app.SeedEventAsync();
        var (one, other) = (await phone.SignedAsync(e, child: "李雷"), await phone.SignedAsync(e));

        foreach (var (receipt, language, shown, hidden) in new[]
        {
            (one, "zh-CN", "有人溺水：叫、伸、抛", "If somebody is drowning: call, reach, throw"),
            (one, "en", "If somebody is drowning: call, reach, throw", "有人溺水：叫、伸、抛"),
            (other, "zh-CN", "有人溺水：叫、伸、抛", "李雷"),
        })
        {
            var page = await phone.GetStringAsync($"{receipt}?lang={language}", Cancellation);
            Assert.Contains(shown, page);
            Assert.DoesNotContain(hidden, page);
        }
    }

    [Fact]
    public async Task It_shows_who_signed_what_and_the_signature_as_it_was_drawn()
    {
        var page = await ReadAsync(await phone.SignedAsync(await app.SeedEventAsync()));

        foreach (var shown in new[] { "王小明", "王芳", "妈妈", "不私自下水游泳", "承诺书第1版", "<path d=\"M100 100c" })
            Assert.Contains(shown, page);
    }

    [Fact]
    public async Task It_holds_the_certificate_at_its_size_with_words_for_those_who_cannot_see_it()
    {
        var receipt = await phone.SignedAsync(await app.SeedEventAsync());

        var page = await ReadAsync(receipt);

        Assert.Contains($"<img src=\"{receipt}/certificate.png\" width=\"1080\" height=\"1528\"", page);
        Assert.Contains("alt=\"王小明和王芳的承诺证书\"", page);
        Assert.Contains("长按图片", page);
    }

    [Fact]
    public async Task It_leads_to_where_its_code_is_checked_and_to_the_rules_that_held_when_it_was_signed()
    {
        var e = await app.SeedEventAsync();

        var receipt = await phone.SignedAsync(e);

        var page = await ReadAsync(receipt);
        foreach (var led in new[] { Regex.Match(page, "/verify/[0-9A-Z-]+").Value, $"/e/{e.Code}/rules/1" })
        {
            Assert.Contains($"href=\"{led}\"", page);
            Assert.Equal(HttpStatusCode.OK, (await phone.GetAsync(led, Cancellation)).StatusCode);
        }
    }

    [Fact]
    public async Task It_keeps_the_words_that_were_signed_when_the_text_is_rewritten()
    {
        var e = await app.SeedEventAsync();
        var receipt = await phone.SignedAsync(e);

        await app.RewriteTextAsync(e, SignerRole.Student);

        var page = await ReadAsync(receipt);
        Assert.Contains("承诺书第1版", page);
        Assert.DoesNotContain("我已读过。", page);
    }

    [Theory]
    [InlineData("zh-CN", "第1和2位签名人", "第3位签名人")]
    [InlineData("en", "Signers no. 1 and 2", "Signer no. 3")]
    public async Task It_numbers_everybody_who_signed_together(string language, string two, string one)
    {
        var e = await app.SeedEventAsync();
        var reader = app.CreateClient(language);
        Assert.Contains(two, await reader.GetStringAsync(await phone.SignedAsync(e), Cancellation));

        var teacher = (await (await phone.SignAsync(e.Code, Signing.Alone("teacher"))).JsonAsync())["receipt"];

        Assert.Contains(one, await reader.GetStringAsync($"/r/{teacher}", Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/correct")]
    [InlineData("/data")]
    [InlineData("/data?handler=File")]
    public async Task Its_address_goes_nowhere(string under)
    {
        var answer = await phone.GetAsync(await phone.SignedAsync(await app.SeedEventAsync()) + under, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("no-store, private", answer.Headers.CacheControl!.ToString());
        Assert.Equal(["no-referrer"], answer.Headers.GetValues("Referrer-Policy"));
        Assert.Equal(["noindex"], answer.Headers.GetValues("X-Robots-Tag"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/correct")]
    [InlineData("/data")]
    [InlineData("/data?handler=File")]
    public async Task A_guessed_address_shows_nothing(string under)
    {
        var guessed = Guess(await phone.SignedAsync(await app.SeedEventAsync()));

        var answer = await phone.GetAsync(guessed + under, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("王小明", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Withdrawing_erases_the_names_and_lowers_the_count()
    {
        var e = await app.SeedEventAsync();
        var receipt = await phone.SignedAsync(e);

        var answer = await phone.PostAsync(receipt + "?handler=Withdraw", null, Cancellation);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(receipt, answer.Headers.Location!.ToString());
        var page = await ReadAsync(receipt);
        Assert.Contains("承诺已撤回", page);
        Assert.DoesNotContain("王小明", page);
        Assert.Equal(0, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task Withdrawing_twice_changes_nothing_more()
    {
        var e = await app.SeedEventAsync();
        var receipt = await phone.SignedAsync(e);
        await phone.SignedAsync(e, child: "李小红", parent: "李强");

        await phone.PostAsync(receipt + "?handler=Withdraw", null, Cancellation);
        var answer = await phone.PostAsync(receipt + "?handler=Withdraw", null, Cancellation);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(2, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task A_guessed_address_withdraws_nothing()
    {
        var e = await app.SeedEventAsync();
        var guessed = Guess(await phone.SignedAsync(e));

        var answer = await phone.PostAsync(guessed + "?handler=Withdraw", null, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(2, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task Whoever_has_withdrawn_may_sign_again_while_signing_is_open()
    {
        var e = await app.SeedEventAsync();
        var receipt = await phone.SignedAsync(e);
        await phone.PostAsync(receipt + "?handler=Withdraw", null, Cancellation);
        Assert.Contains($"href=\"/e/{e.Code}\"", await ReadAsync(receipt));

        await app.ChangeEventAsync(e.Id, it => it.Close(DateTimeOffset.UnixEpoch));

        var closed = await ReadAsync(receipt);
        Assert.Contains("签名已经结束", closed);
        Assert.DoesNotContain($"href=\"/e/{e.Code}\"", closed);
    }

    [Fact]
    public async Task After_the_event_has_closed_a_pledge_can_still_be_withdrawn()
    {
        var e = await app.SeedEventAsync();
        var receipt = await phone.SignedAsync(e);
        await app.ChangeEventAsync(e.Id, it => it.Close(DateTimeOffset.UnixEpoch));

        await phone.PostAsync(receipt + "?handler=Withdraw", null, Cancellation);

        Assert.Equal(0, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task A_rehearsals_receipt_says_that_it_does_not_count() =>
        Assert.Contains("这是演练，不计数", await ReadAsync(await phone.SignedAsync(await app.SeedEventAsync(EventState.Rehearsal))));

    [Fact]
    public async Task While_nothing_can_be_written_the_receipt_says_so_and_changes_nothing()
    {
        await using var failing = new CampaignApp();
        await failing.InitializeAsync();
        var e = await failing.SeedEventAsync();
        using var there = failing.CreateClient();
        var receipt = await there.SignedAsync(e);
        await using var db = failing.OpenStore();
        await db.Database.ExecuteSqlRawAsync(
            "CREATE TRIGGER full BEFORE UPDATE ON pledges BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END", Cancellation);

        var answer = await there.PostAsync(receipt + "?handler=Withdraw", null, Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("什么都没有变", page);
        Assert.Contains("王小明", page);
        Assert.Equal(2, await there.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task Deleting_takes_the_names_and_signatures_and_leaves_the_count()
    {
        var e = await app.SeedEventAsync();
        var receipt = await phone.SignedAsync(e);

        var answer = await phone.PostAsync(receipt + "?handler=Erase", null, Cancellation);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var page = await ReadAsync(receipt);
        Assert.Contains("个人信息已删除", page);
        foreach (var gone in new[] { "王小明", "王芳", "妈妈", "<path d=" })
            Assert.DoesNotContain(gone, page);
        Assert.Equal(2, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task What_has_been_deleted_can_still_be_withdrawn_and_no_longer_corrected()
    {
        var e = await app.SeedEventAsync();
        var receipt = await phone.SignedAsync(e);
        await phone.PostAsync(receipt + "?handler=Erase", null, Cancellation);

        var correcting = await phone.GetAsync(receipt + "/correct", Cancellation);
        await phone.PostAsync(receipt + "?handler=Withdraw", null, Cancellation);

        Assert.Equal(receipt, correcting.Headers.Location!.ToString());
        Assert.Contains("承诺已撤回", await ReadAsync(receipt));
        Assert.Equal(0, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task A_signing_that_an_organizer_marked_as_invalid_says_so_and_whom_to_ask()
    {
        var e = await app.SeedEventAsync();
        var receipt = await phone.SignedAsync(e);
        await app.InvalidateAsync(receipt);

        var page = await ReadAsync(receipt);
        Assert.Contains("这次签名没有计入", page);
        Assert.Contains("请联系大塘冲社区", page);
        Assert.Contains("王小明", page);
        Assert.Contains("主办方记为无效 · 主办方", await ReadAsync(receipt + "/data"));
    }

    [Fact]
    public async Task A_receipt_never_shows_that_somebody_else_signed_for_the_same_child()
    {
        var e = await app.SeedEventAsync();
        await phone.SignAsync(e.Code, Signing.Family(e));
        var father = Signing.Family(e, parent: "王刚");
        father.SignerOf(1)["relation"] = "father";

        var second = $"/r/{(await (await phone.SignAsync(e.Code, father)).JsonAsync())["receipt"]}";
        var alone = Signing.Family(e, child: "李小红", parent: "李强");
        alone.SignerOf(1)["relation"] = "father";
        var other = $"/r/{(await (await phone.SignAsync(e.Code, alone)).JsonAsync())["receipt"]}";

        foreach (var under in new[] { "", "/data", "/correct" })
            Assert.Equal((await ReadAsync(other + under)).Split('<').Length, (await ReadAsync(second + under)).Split('<').Length);
        var data = await ReadAsync(second + "/data?handler=File");
        Assert.DoesNotContain("王芳", data);
        Assert.DoesNotContain("counted", data, StringComparison.OrdinalIgnoreCase);
    }

    private Task<string> ReadAsync(string address) => phone.GetStringAsync(address, Cancellation);

    private static string Guess(string receipt) => receipt[..^1] + (receipt[^1] == 'A' ? 'B' : 'A');
}
