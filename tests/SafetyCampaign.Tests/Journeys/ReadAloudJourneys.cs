using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>The pledge is read to those who would rather listen, by the phone's own voice.</summary>
public sealed class ReadAloudJourneys(Browser browser) : Journey(browser)
{
    /// <summary>A voice that waits after each clause until it is told to go on.</summary>
    private const string Voice =
        """
        (language => {
          const queue = [];
          window.heard = [];
          window.spoken = [];
          window.finish = () => { queue.shift().onend?.(); next(); };
          const next = () => { if (queue[0]) { heard.push(queue[0].text); spoken.push(queue[0].voice.lang); queue[0].onstart?.(); } };
          window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
          Object.defineProperty(window, 'speechSynthesis', { value: {
            getVoices: () => [{ lang: language }],
            speak: said => { queue.push(said); if (queue.length === 1) next(); },
            cancel: () => { queue.length = 0; },
          } });
        })
        """;

    [Theory]
    [InlineData("zh-CN", "读给我听", "停下")]
    [InlineData("en-GB", "Read it to me", "Stop")]
    public async Task Clause_after_clause_is_read_and_shown_until_it_is_stopped(string locale, string read, string stop)
    {
        var page = await PhoneAsync(with => with.Locale = locale);
        await page.AddInitScriptAsync($"{Voice}('zh_CN')");
        await Signer.ScanAsync(page, await App.SeedEventAsync());

        await page.GetByRole(AriaRole.Button, new() { Name = read }).First.ClickAsync();
        await Expect(page.Locator(".read-now")).ToHaveTextAsync("学生防溺水承诺书");
        await page.EvaluateAsync("finish()");
        await Expect(page.Locator(".read-now")).ToContainTextAsync(
            "不私自下水游泳"); // in English with its translation, which this phone has no voice for
        await page.GetByRole(AriaRole.Button, new() { Name = stop }).ClickAsync();

        await Expect(page.Locator(".read-now")).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = read })).ToHaveCountAsync(2);
        Assert.Equal(["学生防溺水承诺书", "不私自下水游泳"], await page.EvaluateAsync<string[]>("heard"));
    }

    [Fact]
    public async Task On_a_phone_that_speaks_both_languages_each_clause_is_followed_by_its_translation()
    {
        var page = await PhoneAsync(with => with.Locale = "en-GB");
        await page.AddInitScriptAsync($"{Voice.Replace("[{ lang: language }]", "[{ lang: language }, { lang: 'en-GB' }]")}('zh_CN')");
        await Signer.ScanAsync(page, await App.SeedEventAsync());

        await page.GetByRole(AriaRole.Button, new() { Name = "Read it to me" }).First.ClickAsync();
        for (var part = 0; part < 3; part++)
            await page.EvaluateAsync("finish()");

        Assert.Equal(["学生防溺水承诺书", "Student pledge to prevent drowning", "不私自下水游泳", "I will not go swimming without permission"],
            await page.EvaluateAsync<string[]>("heard"));
    }

    [Theory]
    [InlineData("zh-HK,yue-HK,zh-TW,zh-CN", "zh-CN", "读给我听")]
    [InlineData("zh_TW,zh_HK", "zh_TW", "读给我听（这部手机只有粤语或台湾口音）")]
    public async Task The_voice_of_the_mainland_reads_and_another_says_that_it_is_one(string voices, string spoken, string label)
    {
        var page = await PhoneAsync();
        var list = string.Join(", ", voices.Split(',').Select(voice => $"{{ lang: '{voice}' }}"));
        await page.AddInitScriptAsync($"{Voice.Replace("[{ lang: language }]", $"[{list}]", StringComparison.Ordinal)}('')");
        await Signer.ScanAsync(page, await App.SeedEventAsync());

        await page.GetByRole(AriaRole.Button, new() { Name = label, Exact = true }).First.ClickAsync();

        Assert.Equal([spoken], await page.EvaluateAsync<string[]>("spoken"));
    }

    [Fact]
    public async Task Going_on_to_sign_ends_the_reading()
    {
        var page = await PhoneAsync();
        await page.AddInitScriptAsync($"{Voice}('zh-CN')");
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(page, e);
        await page.GetByRole(AriaRole.Button, new() { Name = "读给我听" }).First.ClickAsync();
        await Expect(page.Locator(".read-now")).ToHaveCountAsync(1);

        await family.ReadOnAsync();

        await Expect(page.Locator(".read-now")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_phone_without_a_voice_of_the_language_offers_no_reading()
    {
        var page = await PhoneAsync();
        await page.AddInitScriptAsync($"{Voice}('fr-FR')");
        var fetched = page.WaitForResponseAsync("**/dist/PhoneLater.js");
        await Signer.ScanAsync(page, await App.SeedEventAsync());
        await fetched;
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "读给我听" })).ToHaveCountAsync(0);
    }
}
