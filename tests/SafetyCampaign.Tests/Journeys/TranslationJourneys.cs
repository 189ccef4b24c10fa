using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Display;
using SafetyCampaign.Storage;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>Families who read another language than the one in which they sign.</summary>
public sealed class TranslationJourneys(Browser browser) : Journey(browser)
{
    private static readonly IReadOnlyList<string> English = OfficialTexts.TranslationsOf(
        OfficialTexts.For(SignerRole.Student)[0])[0].Wording.Clauses;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task In_english_a_family_reads_both_and_signs(bool script)
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync(with => (with.Locale, with.JavaScriptEnabled) = ("en-GB", script));
        await page.GotoAsync($"/e/{e.Code}");

        var clause = page.Locator(".wording li").First;
        await Expect(clause).ToContainTextAsync("不私自下水游泳");
        await Expect(clause.Locator("[lang=en]")).ToHaveTextAsync(English[0]);
        await NoSidewaysAsync(page);
        await page.Locator("a[href='#sign']").First.ClickAsync();
        await page.Locator("#Form_Class").SelectOptionAsync(e.Primary.ToString());
        await page.Locator("[data-seat=Student] input[type=text]").FillAsync("王小明");
        if (script)
            await page.Locator("[data-seat=Student] [data-way=typed]").ClickAsync();
        await page.Locator("#Form_GuardianConsent").CheckAsync();
        await page.Locator("[data-seat=Guardian] input[type=text]").FillAsync("Anna Smith");
        if (script)
            await page.Locator("[data-seat=Guardian] [data-way=typed]").ClickAsync();
        await page.Locator(".submit button").ClickAsync();

        if (script)
            await Expect(page.Locator(".thanks-number")).ToContainTextAsync("2");
        else
            await Expect(page.Locator(".signed").First.Locator("[lang=en]").First).ToHaveTextAsync("Student pledge to prevent drowning");
        using var anyone = App.CreateClient();
        Assert.Equal(2, await anyone.PeopleAsync(e.Code));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_translation_that_was_added_is_chosen_by_a_link_and_read_from_right_to_left(bool script)
    {
        var e = await App.SeedEventAsync();
        await App.RewriteTextAsync(e, SignerRole.Guardian, [SampleTexts.Uyghur]);
        var page = await PhoneAsync(with => with.JavaScriptEnabled = script);
        await page.GotoAsync($"/e/{e.Code}");

        await page.GetByRole(AriaRole.Link, new() { Name = "ئۇيغۇرچە" }).ClickAsync();

        var translated = page.Locator(".wording li [lang=ug]").First;
        await Expect(translated).ToHaveTextAsync(SampleTexts.Uyghur.Wording.Clauses[0]);
        Assert.Equal("rtl", await translated.EvaluateAsync<string>("it => getComputedStyle(it).direction"));
        Assert.Equal("ltr", await page.Locator(".wording li").First.EvaluateAsync<string>("it => getComputedStyle(it).direction"));
        await Expect(page.Locator("#texts")).ToBeInViewportAsync();
        await NoSidewaysAsync(page);
        if (script)
            await AccessibleAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "只看中文" }).ClickAsync();
        await Expect(page.Locator(".wording [lang=ug]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_was_typed_before_a_translation_was_chosen_is_still_there()
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync();
        var family = await Signer.ScanAsync(page, e);
        await family.ChooseClassAsync(e.Junior);
        await page.GoBackAsync();

        var link = page.Locator(".beside a[lang=en]");
        await Expect(link).ToHaveAttributeAsync("href", new Regex($"c={e.Junior}")); // the script that does it comes after the page
        await link.ClickAsync();

        await Expect(page.Locator(".wording [lang=en]").First).ToBeVisibleAsync();
        await Expect(page.Locator("#Form_Class")).ToHaveValueAsync(e.Junior.ToString());
    }

    [Fact]
    public async Task The_oath_has_its_translation_below_the_line_that_is_read()
    {
        var e = await App.SeedEventAsync();
        var shown = await App.Get<PublishedEvents>().FindAsync(e.Id, TestContext.Current.CancellationToken);
        Assert.True(await App.Get<StageConductor>().ShowAsync(e.Id, shown!.Scenes.First(s => s.Kind == SceneKind.Oath).Id, step: 1));
        var stage = await StageAsync(with => with.Locale = "en-GB");
        await stage.GotoAsync($"/display/{e.Code}");

        var line = stage.Locator(".lines li[aria-current]");
        await Expect(line).ToContainTextAsync("不私自下水游泳");
        await Expect(line).ToHaveAttributeAsync("lang", "zh-CN");
        await Expect(line.Locator(".translated[lang=en]")).ToHaveTextAsync(English[0]);
    }
}
