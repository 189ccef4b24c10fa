using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>A browser without JavaScript, or one whose script never came.</summary>
public sealed class WithoutScriptJourneys(Browser browser) : Journey(browser)
{
    [Fact]
    public async Task Without_a_script_a_family_signs_by_typing()
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync(with => with.JavaScriptEnabled = false);
        var family = await Signer.ScanAsync(page, e);

        await family.ChooseClassAsync(e.Primary);
        await family.NameAsync("学生的姓名", "阿卜杜热合曼·阿卜杜克热木");
        await family.NameAsync("家长的姓名", "𠮷田");
        await family.ConsentAsync();
        await family.Submit.ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "承诺回执" })).ToBeVisibleAsync();
        await Expect(page.GetByText("阿卜杜热合曼·阿卜杜克热木").First).ToBeVisibleAsync();
        using var anyone = App.CreateClient();
        Assert.Equal(2, await anyone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task Without_a_script_a_mother_chooses_the_class_of_each_of_two_children_and_is_done_with_one_press()
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync(with => with.JavaScriptEnabled = false);
        var family = await Signer.ScanAsync(page, e);

        await family.ChooseAsync("家长和两个孩子一起签");
        await family.ChooseClassAsync(e.Primary);
        await family.NameAsync("学生的姓名", "王小明");
        await page.GetByLabel("第二个孩子在哪个班").SelectOptionAsync($"{e.Junior}");
        await family.NameAsync("第二个孩子的姓名", "王小红");
        await family.NameAsync("家长的姓名", "王芳");
        await family.ConsentAsync();
        await family.Submit.ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "承诺回执" })).ToBeVisibleAsync();
        await using var db = App.OpenStore();
        var second = await db.Pledges.SingleAsync(p => p.EventId == e.Id && p.Name == "王小红", TestContext.Current.CancellationToken);
        Assert.Equal(e.Junior, second.ClassId);
    }

    [Fact]
    public async Task Without_a_script_a_mistake_is_named_and_everything_typed_is_kept()
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync(with => with.JavaScriptEnabled = false);
        var family = await Signer.ScanAsync(page, e);
        await family.ChooseClassAsync(e.Junior);
        await family.NameAsync("学生的姓名", "王小明😀");
        await family.NameAsync("家长的姓名", "王芳");
        await page.GetByLabel("与孩子的关系（选填）").SelectOptionAsync("grandmother");
        await family.Submit.ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("姓名里有不能用的符号");
        await Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("请选“同意”或“不同意”");
        await Expect(page.GetByLabel("班级", new() { Exact = true })).ToHaveValueAsync(e.Junior.ToString());
        await Expect(page.GetByLabel("家长的姓名")).ToHaveValueAsync("王芳");
        await Expect(page.GetByLabel("与孩子的关系（选填）")).ToHaveValueAsync("grandmother");
        await family.NameAsync("学生的姓名", "王小明");
        await family.ConsentAsync();
        await family.Submit.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "承诺回执" })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("zh-CN", "人数不会自己更新")]
    [InlineData("en-GB", "the count stands still")]
    public async Task Without_a_script_the_stage_shows_its_code_its_address_and_one_sentence(string locale, string sentence)
    {
        var e = await App.SeedEventAsync();
        var stage = await StageAsync(with => (with.JavaScriptEnabled, with.Locale) = (false, locale));
        await stage.GotoAsync($"/display/{e.Code}");

        foreach (var seen in new[] { ".scan .qr", ".scan .code b", ".scan .address b", ".scan .still" })
        {
            await Expect(stage.Locator(seen)).ToBeVisibleAsync();
            await Expect(stage.Locator(seen)).ToBeInViewportAsync(new() { Ratio = 1 });
        }
        await Expect(stage.Locator(".scan .code b")).ToHaveTextAsync(e.Code);
        await Expect(stage.Locator(".scan .still")).ToContainTextAsync(sentence);
        await Expect(stage.Locator("noscript:visible > *")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Without_a_script_who_declines_is_offered_the_lesson()
    {
        var page = await PhoneAsync(with => with.JavaScriptEnabled = false);
        await Signer.ScanAsync(page, await App.SeedEventAsync());

        await page.GetByRole(AriaRole.Link, new() { Name = "不同意" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "没关系" })).ToBeInViewportAsync();
        await Expect(page.Locator("#declined").GetByText("知去向")).ToBeVisibleAsync();
        await NoSidewaysAsync(page);
    }
}
