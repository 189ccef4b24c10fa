using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>What anybody can learn from the code on a certificate, and what nobody can.</summary>
public sealed class VerifyPageTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private readonly HttpClient anyone = app.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_code_shows_the_record_with_masked_names()
    {
        var page = await anyone.GetStringAsync(await SignAsync(await app.SeedEventAsync(title: "清水湾防溺水")), Cancellation);

        foreach (var shown in new[] { "有效", "清水湾防溺水", "社区广场", "学生 王**", "家长 王*", "1、2", "《学生防溺水承诺书》第1版", "电子承诺记录" })
            Assert.Contains(shown, page);
        foreach (var hidden in new[] { "王小明", "王芳", "妈妈", "大塘冲小学", "<path d=\"M100 100" })
            Assert.DoesNotContain(hidden, page);
    }

    [Fact]
    public async Task It_says_that_a_name_was_corrected_after_signing()
    {
        var e = await app.SeedEventAsync();
        var address = await SignAsync(e);
        await using var db = app.OpenStore();
        var first = await db.Pledges.Where(p => p.EventId == e.Id).MinAsync(p => p.Sequence, Cancellation);
        Assert.DoesNotContain("更正过", await anyone.GetStringAsync(address, Cancellation));

        await app.Get<PledgeLedger>().CorrectAsync(first, [new("汪小明", e.Primary, null), new("王芳", e.Primary, null)]);

        var page = await anyone.GetStringAsync(address, Cancellation);
        Assert.Contains("有效", page);
        Assert.Contains("学生 汪**", page);
        Assert.Contains("签名人后来更正过姓名或班级", page);
    }

    [Fact]
    public async Task It_speaks_English()
    {
        var page = await anyone.GetStringAsync(await SignAsync(await app.SeedEventAsync()) + "?lang=en", Cancellation);

        foreach (var shown in new[] { "Valid", "王**, Student", "version 1", "electronic pledge record" })
            Assert.Contains(shown, page);
    }

    [Theory]
    [InlineData("lower case")]
    [InlineData("no dashes")]
    [InlineData("spaces")]
    [InlineData("look-alikes")]
    [InlineData("long dashes")]
    [InlineData("full width")]
    public async Task A_code_may_be_written_as_people_copy_it(string how)
    {
        var code = (await SignAsync(await app.SeedEventAsync()))["/verify/".Length..];
        var written = how switch
        {
            "lower case" => code.ToLowerInvariant(),
            "no dashes" => code.Replace("-", ""),
            "spaces" => $" {code.Replace('-', ' ')} ",
            "long dashes" => code.Replace('-', '—'),
            "full width" => string.Concat(code.Select(c => (char)(c + 0xFEE0))),
            _ => code.Replace('0', 'O').Replace('1', 'l'),
        };

        var page = await anyone.GetAsync($"/verify/{Uri.EscapeDataString(written)}", Cancellation);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains(code, await page.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData("https://safe.example/verify/{0}")]
    [InlineData("https://safe.example/verify/{0}/")]
    [InlineData("https://safe.example/verify/{0}。")]
    [InlineData("https://safe.example/verify/{0}&from=singlemessage")]
    [InlineData("核验码：{0}，谢谢")]
    [InlineData("verification code {0}")]
    [InlineData("“{0}”")]
    [InlineData("\u200B{0}\uFEFF")]
    [InlineData("核验码\t{0}")]
    [InlineData("HTTP://192.168.1.5:5000/VERIFY/{0}?lang=en#main")]
    [InlineData("核验：https://safe.example/verify/{0} （张老师）")]
    [InlineData(" {0}　")]
    public async Task An_address_may_be_pasted_in_place_of_the_code(string pasted)
    {
        var address = await SignAsync(await app.SeedEventAsync());
        var typed = string.Format(System.Globalization.CultureInfo.InvariantCulture, pasted, address["/verify/".Length..]);
        Assert.True(typed.Length <= 300, "The field takes it.");

        var answer = await anyone.GetAsync($"/verify?typed={Uri.EscapeDataString(typed)}", Cancellation);

        Assert.Equal(address, Uri.UnescapeDataString(answer.Headers.Location!.ToString()));
    }

    [Theory]
    [InlineData("/verify?typed=%00", "zh-CN", "地址里有不能用的字符")]
    [InlineData("/?code=%00", "en", "It has characters that cannot be used")]
    public async Task What_no_keyboard_types_gets_words_of_its_own(string address, string language, string words)
    {
        using var somebody = app.CreateClient(language);

        var answer = await somebody.GetAsync(address, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_that_is_nearly_right_is_answered_as_one_that_is_all_wrong()
    {
        var address = await SignAsync(await app.SeedEventAsync());
        var near = address[..^1] + (address[^1] == 'A' ? 'B' : 'A');
        const string far = "/verify/7ZZZ-ZZZZ-ZZZZ";

        var (ofNear, ofFar) = (await anyone.GetAsync(near, Cancellation), await anyone.GetAsync(far, Cancellation));

        Assert.Equal(HttpStatusCode.NotFound, ofNear.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, ofFar.StatusCode);
        var (nearPage, farPage) = (await ofNear.Content.ReadAsStringAsync(Cancellation),
            await ofFar.Content.ReadAsStringAsync(Cancellation));
        Assert.Contains("没有找到这个核验码的记录", nearPage);
        Assert.Equal(nearPage.Replace(near[8..], "…"), farPage.Replace(far[8..], "…"));
    }

    [Fact]
    public async Task The_proof_holds_at_its_own_place_alone()
    {
        var address = await SignAsync(await app.SeedEventAsync());
        var code = address["/verify/".Length..].Replace("-", "");
        var place = code[..6];
        var next = place[..5] + Crockford.Alphabet[(Crockford.ValueOf(place[5]) + 1) % 32];

        Assert.Equal(HttpStatusCode.NotFound, (await anyone.GetAsync($"/verify/{next}{code[6..]}", Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("0000-0000-000U")]
    [InlineData("ſſſſſſſſſſſſ")]
    [InlineData("٠٠٠٠٠٠٠٠٠٠٠٠")]
    [InlineData("<script>")]
    [InlineData("../../e/ABC123")]
    [InlineData("ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ")]
    [InlineData("000000000000000000000000000000000000000000000000000000000000000000000000")]
    public async Task What_is_no_code_is_not_found_either(string code) =>
        Assert.Equal(HttpStatusCode.NotFound, (await anyone.GetAsync($"/verify/{Uri.EscapeDataString(code)}", Cancellation)).StatusCode);

    [Fact]
    public async Task The_form_leads_to_the_codes_own_address()
    {
        var answer = await anyone.GetAsync("/verify?typed=" + Uri.EscapeDataString(" 0000-01ab /cdef "), Cancellation);

        Assert.Equal("/verify/0000-01ab%20%2Fcdef", answer.Headers.Location?.OriginalString);
        Assert.Contains("请先输入核验码", await anyone.GetStringAsync("/verify?typed=+", Cancellation));
        Assert.DoesNotContain("请先输入核验码", await anyone.GetStringAsync("/verify", Cancellation));
    }

    [Fact]
    public async Task Nobody_keeps_what_it_shows()
    {
        var answer = await anyone.GetAsync(await SignAsync(await app.SeedEventAsync()), Cancellation);

        Assert.Equal("no-store, private", answer.Headers.CacheControl!.ToString());
        Assert.Equal(["noindex"], answer.Headers.GetValues("X-Robots-Tag"));
    }

    [Fact]
    public async Task A_rehearsal_is_called_one() =>
        Assert.Contains("不计数", await anyone.GetStringAsync(await SignAsync(await app.SeedEventAsync(EventState.Rehearsal)), Cancellation));

    [Fact]
    public async Task A_withdrawn_record_says_so_and_no_more_of_whom()
    {
        var (address, pledge) = await SignedAsync();
        await app.Get<PledgeLedger>().WithdrawAsync(pledge);

        await ShowsAsync(address, "已撤回", withNames: false);
    }

    [Fact]
    public async Task A_record_whose_names_were_erased_still_stands()
    {
        var (address, pledge) = await SignedAsync();
        await app.Get<PledgeLedger>().EraseAsync(pledge);

        await ShowsAsync(address, "有效", withNames: false);
    }

    [Fact]
    public async Task An_invalidated_record_says_so_until_that_is_taken_back()
    {
        var (address, pledge) = await SignedAsync();

        await app.Get<PledgeLedger>().InvalidateAsync([pledge], by: 1);
        await ShowsAsync(address, "没有计入", withNames: true);

        await app.Get<PledgeLedger>().ReinstateAsync([pledge], by: 1);
        await ShowsAsync(address, "有效", withNames: true);
    }

    private async Task ShowsAsync(string address, string state, bool withNames)
    {
        var page = await anyone.GetStringAsync(address, Cancellation);
        Assert.Contains(state, page);
        Assert.Equal(withNames, page.Contains("王**"));
        Assert.Equal(!withNames, page.Contains("姓名已删除"));
    }

    private async Task<(string Address, long Pledge)> SignedAsync()
    {
        var e = await app.SeedEventAsync();
        var answer = await (await anyone.SignAsync(e.Code, Signing.Family(e))).JsonAsync();
        var signed = await app.Get<Receipts>().FindAsync((string)answer["receipt"]!, Cancellation);
        return ($"/verify/{answer["verification"]}", signed!.Receipt.Sequence);
    }

    private async Task<string> SignAsync(SeededEvent e) =>
        $"/verify/{(await (await anyone.SignAsync(e.Code, Signing.Family(e))).JsonAsync())["verification"]}";
}
