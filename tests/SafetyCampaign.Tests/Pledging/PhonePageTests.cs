using System.Globalization;
using System.Net;
using System.Text;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>The phone page as a plain form, without a script.</summary>
public sealed partial class PhonePageTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private readonly HttpClient phone = app.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_family_signs_and_is_led_to_its_receipt()
    {
        var e = await app.SeedEventAsync();

        var answer = await phone.SubmitAsync($"/e/{e.Code}", Family(e));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(2, await phone.PeopleAsync(e.Code));
        var receipt = await phone.GetStringAsync(answer.Headers.Location, Cancellation);
        Assert.Contains("王小明", receipt);
        Assert.Contains("第1和2位签名人", receipt);
    }

    [Theory]
    [InlineData("2027-01-03T00:00+08:00", "zh-CN", "到1月2日 24:00为止")]
    [InlineData("2027-01-03T00:00+08:00", "en", "2 January, 24:00")]
    [InlineData("2027-01-03T18:30+08:00", "zh-CN", "到1月3日 18:30为止")]
    public async Task The_midnight_that_ends_a_day_is_written_as_its_end(string until, string language, string words)
    {
        var end = DateTimeOffset.Parse(until, CultureInfo.InvariantCulture);
        var e = await app.SeedEventAsync(homeSigningUntil: end);
        using var reader = app.CreateClient(language);

        Assert.Contains(words, await reader.GetStringAsync($"/e/{e.Code}", Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2027-01-02T19:00+08:00", "zh-CN", "1月2日（周六）19:00–24:00")]
    [InlineData("2027-01-02T19:00+08:00", "en", "Saturday 2 January, 19:00–24:00")]
    [InlineData("2027-01-01T19:00+08:00", "zh-CN", "1月1日（周五）19:00至1月2日（周六）24:00")]
    public async Task An_event_that_ends_at_midnight_ends_on_its_own_day(string starts, string language, string words)
    {
        var e = await app.SeedEventAsync();
        var end = DateTimeOffset.Parse("2027-01-03T00:00+08:00", CultureInfo.InvariantCulture);
        await app.ChangeEventAsync(e.Id, gathering =>
            gathering.Schedule(DateTimeOffset.Parse(starts, CultureInfo.InvariantCulture), end, homeSigningUntil: null));
        using var reader = app.CreateClient(language);

        Assert.Contains(words, await reader.GetStringAsync($"/e/{e.Code}", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pasted_name_is_taken_without_what_nobody_sees_in_the_form_and_the_api_and_is_one_with_the_typed_one()
    {
        var e = await app.SeedEventAsync();
        var typed = Signing.Family(e);
        var pasted = typed.DeepClone();
        pasted["signers"]![0]!["name"] = "\uFEFF王\u200B小\u202E明\u2066";
        pasted["signers"]![1]!["name"] = "王\u00AD芳\r\n";

        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, pasted)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await phone.SignAsync(e.Code, typed)).StatusCode); // the same key: the same content
        var fields = Family(e);
        fields["Form.Signers[Student].Name"] = "王小\u200D明\u00A0";
        fields["Form.Signers[Guardian].Name"] = "王\u061C刚";
        fields["Form.Signers[Guardian].Relation"] = "father";
        var answer = await phone.SubmitAsync($"/e/{e.Code}", fields);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(3, await phone.PeopleAsync(e.Code)); // the child counts once
        await using var db = app.OpenStore();
        Assert.Equal(["王刚", "王小明", "王小明", "王芳"],
            (await db.Pledges.Where(p => p.EventId == e.Id).Select(p => p.Name).ToListAsync(Cancellation)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Form.Class=%00")]
    [InlineData("{}")]
    public async Task A_form_that_cannot_be_read_is_the_askers_mistake_and_not_an_unknown_event(string body)
    {
        var e = await app.SeedEventAsync();
        using var form = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");

        var answer = await phone.PostAsync($"/e/{e.Code}", form, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("PUT", "/e/{0}", "GET, POST")]
    [InlineData("TRACE", "/display/{0}", "GET")]
    [InlineData("DELETE", "/r/{1}", "GET, POST")]
    [InlineData("POST", "/r/{1}", "GET, POST")]
    public async Task A_method_without_a_handler_is_refused(string method, string address, string allowed)
    {
        var e = await app.SeedEventAsync();
        var receipt = (await (await phone.SignAsync(e.Code, Signing.Family(e))).JsonAsync())["receipt"];
        using var request = new HttpRequestMessage(new HttpMethod(method),
            string.Format(CultureInfo.InvariantCulture, address, e.Code, receipt));

        var answer = await phone.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(allowed, string.Join(", ", answer.Content.Headers.Allow));
    }

    [Fact]
    public async Task Pressing_twice_signs_once()
    {
        var e = await app.SeedEventAsync();
        var fields = Family(e);
        fields["Form.Key"] = Guid.CreateVersion7().ToString();

        var first = await phone.SubmitAsync($"/e/{e.Code}", fields);
        var second = await phone.SubmitAsync($"/e/{e.Code}", fields);

        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(2, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task A_form_already_handed_in_can_be_handed_in_again_for_somebody_else()
    {
        var e = await app.SeedEventAsync();
        var fields = Family(e);
        fields["Form.Key"] = Guid.CreateVersion7().ToString();
        await phone.SubmitAsync($"/e/{e.Code}", fields);
        fields["Form.Signers[Student].Name"] = "李小红";

        var answer = await phone.SubmitAsync($"/e/{e.Code}", fields);
        var page = await answer.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("value=\"李小红\"", page);
        Assert.DoesNotContain(fields["Form.Key"], page);
    }

    [Theory]
    [InlineData("Form.Signers[Student].Name", "", "请填写姓名。")]
    [InlineData("Form.Signers[Guardian].Name", "😀", "姓名里有不能用的符号")]
    [InlineData("Form.Signers[Guardian].Relation", "aunt", "请选择与孩子的关系。")]
    [InlineData("Form.Class", "", "请选择班级")]
    [InlineData("Form.Class", "2147483647", "这个班级不在本次活动中")]
    [InlineData("Form.GuardianConsent", "false", "请选“同意”或“不同意”")]
    [InlineData("Form.Key", "no key", "请重新打开页面")]
    [InlineData("Form.Signers[Student].Version", "99", "承诺书刚刚更新了")]
    public async Task What_is_wrong_is_said_at_its_field_and_the_rest_is_kept(string field, string value, string line)
    {
        var e = await app.SeedEventAsync();
        var fields = Family(e);
        fields[field] = value;

        var answer = await phone.SubmitAsync($"/e/{e.Code}", fields);
        var page = await answer.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(line, page);
        var form = new HtmlParser().ParseDocument(page);
        foreach (var (other, kept) in fields.Where(f => f.Key != field && f.Key.EndsWith("Name", StringComparison.Ordinal)))
            Assert.Equal(kept, form.QuerySelector($"[name='{other}']")!.GetAttribute("value"));
        Assert.Equal(0, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task Everything_missing_is_told_at_once()
    {
        var e = await app.SeedEventAsync();

        var answer = await phone.SubmitAsync($"/e/{e.Code}", []);
        var page = await answer.Content.ReadAsStringAsync(Cancellation);

        foreach (var field in new[] { "Form_Class", "Form_Signers_Student__Name", "Form_Signers_Guardian__Name", "Form_GuardianConsent" })
            Assert.Contains($"href=\"#{field}\"", page);
    }

    [Fact]
    public async Task The_code_of_a_class_chooses_the_class()
    {
        var e = await app.SeedEventAsync();
        Assert.Contains($"<option selected=\"selected\" value=\"{e.Primary}\">",
            await phone.GetStringAsync($"/e/{e.Code}?c={e.Primary}", Cancellation));
    }

    [Theory]
    [InlineData(EventState.Draft, "还没有开始签名")]
    [InlineData(EventState.Closed, "签名已经结束")]
    public async Task While_signing_is_not_open_the_page_says_why_and_shows_no_form(EventState state, string words)
    {
        var e = await app.SeedEventAsync(state);

        var page = await phone.GetStringAsync($"/e/{e.Code}", Cancellation);

        Assert.Contains(words, page);
        Assert.Contains("不私自下水游泳", page);
        Assert.DoesNotContain("<form", page);
    }

    [Fact]
    public async Task An_event_that_closes_while_somebody_writes_says_so_and_keeps_what_was_typed()
    {
        var e = await app.SeedEventAsync();
        var key = Guid.CreateVersion7().ToString();
        await app.ChangeEventAsync(e.Id, gathering => gathering.Close(DateTimeOffset.UtcNow));
        var fields = Family(e);
        fields["Form.Key"] = key;

        var answer = await phone.SubmitAsync($"/e/{e.Code}", fields);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("签名已经结束", page);
        Assert.Contains($"value=\"{fields["Form.Signers[Student].Name"]}\"", page);
    }

    [Fact]
    public async Task A_rehearsal_is_marked_as_one()
    {
        var e = await app.SeedEventAsync(EventState.Rehearsal);
        Assert.Contains("现在签的不计数", await phone.GetStringAsync($"/e/{e.Code}", Cancellation));
    }

    [Theory]
    [InlineData("/e/ZZZZZZ", "没有找到这个活动")]
    [InlineData("/e/what%20is%20this", "没有找到这个活动")]
    [InlineData("/r/AAAAAAAABltBdRlhXxDZiN0R", "没有找到这份回执")]
    [InlineData("/nowhere", "没有找到这一页")]
    public async Task What_is_not_there_is_said_in_words(string address, string words)
    {
        var answer = await phone.GetAsync(address, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task The_home_page_leads_to_an_event_and_keeps_a_mistyped_code()
    {
        var e = await app.SeedEventAsync();

        var found = await phone.GetAsync($"/?code={e.Code.ToLowerInvariant()}", Cancellation);
        var missed = await phone.GetStringAsync("/?code=abc", Cancellation);

        Assert.Equal($"/e/{e.Code}", found.Headers.Location?.ToString());
        Assert.Contains("value=\"abc\"", missed);
        Assert.Contains("没有找到这个活动码", missed);
    }

    [Theory]
    [InlineData("https://pledge.example/e/{0}", "/e/{0}")]
    [InlineData("pledge.example/e/{0}/", "/e/{0}")]
    [InlineData("7K3M-QW9D-XX4C", "/s/7K3MQW9DXX4C")]
    [InlineData("https://pledge.example/s/7k3mqw9dxx4c?from=wechat", "/s/7K3MQW9DXX4C")]
    public async Task The_home_page_takes_a_pasted_address_and_the_code_of_a_slip(string typed, string address)
    {
        var e = await app.SeedEventAsync();

        var found = await phone.GetAsync($"/?code={Uri.EscapeDataString(string.Format(null, typed, e.Code))}", Cancellation);

        Assert.Equal(string.Format(null, address, e.Code), found.Headers.Location?.ToString());
    }

    private static Dictionary<string, string> Family(SeededEvent e) => new()
    {
        ["Form.Party"] = "Family",
        ["Form.Class"] = $"{e.Primary}",
        ["Form.Signers[Student].Name"] = "王小明",
        ["Form.Signers[Guardian].Name"] = "王芳",
        ["Form.Signers[Guardian].Relation"] = "mother",
        ["Form.GuardianConsent"] = "true",
    };
}
