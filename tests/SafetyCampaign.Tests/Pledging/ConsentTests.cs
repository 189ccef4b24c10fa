using System.Net;
using System.Security.Cryptography;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>What was agreed to is on record word for word, by its hash; and the one consent can be withdrawn without the other.</summary>
public sealed class ConsentTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private readonly HttpClient phone = app.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh-CN", true)]
    [InlineData("en", true)]
    [InlineData("zh-CN", false)]
    [InlineData("en", false)]
    public async Task The_hash_that_is_kept_is_that_of_the_sentences_on_the_page(string language, bool asksAboutNames)
    {
        var e = await app.SeedEventAsync();
        await app.ChangeEventAsync(e.Id, gathering => gathering.ShowNames(asksAboutNames));
        var document = new HtmlParser().ParseDocument(await phone.GetStringAsync($"/e/{e.Code}?lang={language}", Cancellation));
        List<string> sentences = [document.GetElementById("consent-words")!.TextContent];
        if (document.GetElementById("Form_ShowMaskedName")?.ParentElement!.QuerySelector("span") is { } masked)
            sentences.AddRange(masked.ChildNodes[0].TextContent, masked.QuerySelector("small")!.TextContent);
        Assert.Equal(asksAboutNames ? 3 : 1, sentences.Count);

        var request = Signing.Family(e);
        request["consents"]!["wording"] = document.QuerySelector(".submit button")!.GetAttribute("value");
        var receipt = $"/r/{(await (await phone.SignAsync(e.Code, request)).JsonAsync())["receipt"]}";

        var consents = (await (await phone.GetAsync(receipt + "/data?handler=File", Cancellation)).JsonAsync())["consents"]!;
        Assert.Equal(1, consents["rulesVersion"]!.GetValue<int>());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', sentences)))),
            consents["wordingHash"]!.GetValue<string>());
        Assert.NotNull(consents["guardianAt"]);
        Assert.Null(consents["maskedNameAt"]);
    }

    [Fact]
    public async Task The_rules_on_the_page_are_recorded_though_newer_ones_came_into_force_since()
    {
        var e = await app.SeedEventAsync();
        await using (var db = app.OpenStore())
        {
            var campaign = await db.Campaigns.Include(c => c.Rules).SingleAsync(c => c.Id == e.CampaignId, Cancellation);
            campaign.Settle(campaign.RulesInForce.Settings with { Purpose = "新的用途" }, app.Get<TimeProvider>().GetUtcNow());
            await db.SaveChangesAsync(Cancellation);
        }
        await app.Get<PublishedEvents>().ContentChangedAsync(changed => changed.CampaignId == e.CampaignId);

        Assert.Equal((1, true), await SignedUnderAsync(e, "1.zh-CN"));
        Assert.Equal((2, true), await SignedUnderAsync(e, "2.en"));
        Assert.Equal((2, true), await SignedUnderAsync(e, "2.en.guardian"));
        string?[] tokens = [null, "", "3.zh-CN", "1.fr", "1", "zh-CN", "-1.en", "1.en.en", "1.guardian", ".guardian", "1..guardian"];
        foreach (var unknown in tokens)
            Assert.Equal((2, false), await SignedUnderAsync(e, unknown));
    }

    [Fact]
    public async Task Without_a_script_the_button_sends_what_stood_on_the_page()
    {
        var e = await app.SeedEventAsync();
        var browser = new ScriptlessBrowser(phone);
        var form = (await browser.OpenAsync($"/e/{e.Code}?lang=en")).PostedForms[0];
        foreach (var (name, value) in new[] { ("Form.Signers[Student].Name", "王小明"), ("Form.Signers[Guardian].Name", "王芳") })
            WebForm.Type(form.Controls.Single(control => control.GetAttribute("name") == name), value);
        form.Controls.Single(c => c.Id == "Form_GuardianConsent").SetAttribute("checked", "");
        foreach (var option in form.Controls.Single(c => c.Id == "Form_Class").QuerySelectorAll("option"))
            option.ToggleAttribute("selected", option.GetAttribute("value") == $"{e.Primary}");

        var receipt = await browser.PressAsync(form, form.Pressable.Single(button => button.GetAttribute("name") == "Form.Wording"));

        Assert.Equal(HttpStatusCode.OK, receipt.Status);
        Assert.StartsWith("/r/", receipt.Path);
        var data = await (await phone.GetAsync(receipt.Path + "/data?handler=File", Cancellation)).JsonAsync();
        Assert.NotNull(data["consents"]!["wordingHash"]);
    }

    [Fact]
    public async Task A_family_is_asked_about_a_masked_name_only_where_the_screen_shows_names()
    {
        var e = await app.SeedEventAsync();
        Assert.DoesNotContain("遮名", await phone.GetStringAsync($"/e/{e.Code}", Cancellation), StringComparison.Ordinal);

        await app.ChangeEventAsync(e.Id, gathering => gathering.ShowNames(true));

        Assert.Contains("大屏上可以显示我们的遮名", await phone.GetStringAsync($"/e/{e.Code}", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_masked_name_is_taken_off_on_the_receipt_without_a_script_and_the_pledge_counts_on()
    {
        var e = await app.SeedEventAsync();
        var request = Signing.Family(e);
        request["consents"]!["showMaskedName"] = true;
        var receipt = $"/r/{(await (await phone.SignAsync(e.Code, request)).JsonAsync())["receipt"]}";
        var browser = new ScriptlessBrowser(phone);
        var form = (await browser.OpenAsync(receipt)).PostedForms.Single(f => f.Action == receipt + "?handler=HideName");

        var after = await browser.PressAsync(form, form.DefaultButton);

        Assert.Equal(receipt, after.Address);
        Assert.Contains("撤回了在大屏上显示遮名的同意", after.Document.Body!.TextContent);
        Assert.DoesNotContain(after.PostedForms, f => f.Action!.EndsWith("HideName", StringComparison.Ordinal));
        Assert.Equal(2, await phone.PeopleAsync(e.Code));
        var data = await (await phone.GetAsync(receipt + "/data?handler=File", Cancellation)).JsonAsync();
        Assert.False(data["showMaskedName"]!.GetValue<bool>());
        Assert.NotNull(data["consents"]!["maskedNameAt"]);
        Assert.NotNull(data["consents"]!["maskedNameWithdrawnAt"]);
        Assert.Equal("MaskedNameWithdrawn", data["acts"]!.AsArray().Single()!["what"]!.GetValue<string>());
        var page = await browser.OpenAsync(receipt + "/data");
        Assert.Contains("撤回显示遮名的同意 · 本人", page.Document.Body!.TextContent);
    }

    [Fact]
    public async Task Whoever_agreed_to_no_masked_name_has_nothing_to_take_off()
    {
        var e = await app.SeedEventAsync();
        var receipt = await phone.SignedAsync(e);

        Assert.DoesNotContain("handler=HideName", await phone.GetStringAsync(receipt, Cancellation));
        await phone.PostAsync(receipt + "?handler=HideName", null, Cancellation);

        Assert.DoesNotContain("撤回了在大屏上", await phone.GetStringAsync(receipt, Cancellation));
    }

    private async Task<(int?, bool)> SignedUnderAsync(SeededEvent e, string? wording)
    {
        var request = Signing.Family(e, $"王小明{string.Concat(Guid.NewGuid().ToByteArray().Select(b => (char)('一' + b)))}");
        request["consents"]!["wording"] = wording;
        var answer = await phone.SignAsync(e.Code, request);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        await using var db = app.OpenStore();
        var head = await db.Pledges.Where(p => p.EventId == e.Id && p.Position == 0).OrderBy(p => p.Sequence).LastAsync(Cancellation);
        return (head.RulesVersion, head.ConsentHash is not null);
    }
}
