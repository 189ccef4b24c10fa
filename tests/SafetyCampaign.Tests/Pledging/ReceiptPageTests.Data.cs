using System.Text.Json.Nodes;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>What signers read and take along of what is kept of them.</summary>
public sealed partial class ReceiptPageTests
{
    [Fact]
    public async Task My_data_is_a_file_that_holds_all_that_is_kept()
    {
        var e = await app.SeedEventAsync();
        var receipt = await phone.SignedAsync(e);

        var answer = await phone.GetAsync(receipt + "/data?handler=File", Cancellation);
        var data = await answer.JsonAsync();

        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal($"pledge-{data["verification"]}.json", answer.Content.Headers.ContentDisposition.FileName);
        Assert.Equal((e.Code, true, false),
            (data["eventCode"]!.GetValue<string>(), data["guardianConsent"]!.GetValue<bool>(), data["showMaskedName"]!.GetValue<bool>()));
        var child = data["pledges"]![0]!;
        Assert.Equal(("王小明", "Student", 1),
            (child["name"]!.GetValue<string>(), child["role"]!.GetValue<string>(), child["textVersion"]!.GetValue<int>()));
        Assert.Equal("不私自下水游泳", child["text"]!["clauses"]![0]!.GetValue<string>());
        Assert.Equal("en", child["translations"]![0]!["language"]!.GetValue<string>());
        var official = OfficialTexts.For(SignerRole.Student)[0];
        Assert.Equal(Convert.ToHexStringLower(PledgeTextHash.Of(official, OfficialTexts.TranslationsOf(official))),
            child["textHash"]!.GetValue<string>());
        Assert.Equal(800, child["handwriting"]!["strokes"]![0]![2]!["x"]!.GetValue<int>());
        Assert.Equal("Mother", data["pledges"]![1]!["relation"]!.GetValue<string>());
    }

    [Fact]
    public async Task My_data_tells_when_the_signing_page_was_opened_where_one_of_ours_was()
    {
        var e = await app.SeedEventAsync();
        var opened = DateTimeOffset.UtcNow;
        var keys = (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!.Keys;
        var request = Signing.Family(e);
        request["key"] = keys.Issue(opened).ToString();
        var byPage = $"/r/{(await (await phone.SignAsync(e.Code, request)).JsonAsync())["receipt"]}";
        var own = await phone.SignedAsync(e);

        var data = await DataOfAsync(byPage);

        Assert.Equal(opened.ToUnixTimeMilliseconds(), data["pageOpenedAt"]!.GetValue<DateTimeOffset>().ToUnixTimeMilliseconds());
        Assert.Contains("打开签名页", await ReadAsync(byPage + "/data"));
        Assert.Null((await DataOfAsync(own))["pageOpenedAt"]);

        async Task<JsonObject> DataOfAsync(string receipt) =>
            await (await phone.GetAsync(receipt + "/data?handler=File", Cancellation)).JsonAsync();
    }

    [Fact]
    public async Task A_receipt_keeps_the_languages_of_the_version_that_was_signed()
    {
        var e = await app.SeedEventAsync();
        var receipt = await phone.SignedAsync(e);
        await app.RewriteTextAsync(e, SignerRole.Student, []);

        var page = await ReadAsync(receipt + "?lang=en");

        Assert.Contains("""<li>不私自下水游泳<span lang="en" dir="ltr">I will not go swimming without permission</span></li>""", page);
    }

    [Fact]
    public async Task My_data_can_be_read_on_the_page_where_nothing_can_be_downloaded()
    {
        var page = await ReadAsync(await phone.SignedAsync(await app.SeedEventAsync()) + "/data");

        foreach (var shown in new[] { "王小明", "王芳", "妈妈", "大塘冲小学 五（1）班", "第1版：学生防溺水承诺书", "<path d=\"M100 100c", "选带“浏览器”或“Safari”的一项" })
            Assert.Contains(shown, page);
    }

    [Fact]
    public async Task My_data_tells_what_was_done_since_and_no_longer_whose_it_was()
    {
        var receipt = await phone.SignedAsync(await app.SeedEventAsync());
        await phone.PostAsync(receipt + "?handler=Withdraw", null, Cancellation);

        var data = await (await phone.GetAsync(receipt + "/data?handler=File", Cancellation)).JsonAsync();

        Assert.Equal("Withdrawn", data["acts"]!.AsArray().Single()!["what"]!.GetValue<string>());
        Assert.Null(data["pledges"]![0]!["name"]);
        Assert.Null(data["pledges"]![0]!["handwriting"]);
        Assert.Contains("撤回 · 本人", await ReadAsync(receipt + "/data"));
    }
}
