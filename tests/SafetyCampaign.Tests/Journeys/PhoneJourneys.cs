using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>What a family does at 360 × 640 in WeChat.</summary>
public sealed class PhoneJourneys(Browser browser) : Journey(browser)
{
    [Fact]
    public async Task A_family_signs_by_hand_and_the_stage_beside_it_rises()
    {
        var e = await App.SeedEventAsync();
        var stage = await StageAsync();
        await stage.GotoAsync($"/display/{e.Code}");
        var family = await Signer.ScanAsync(await PhoneAsync(), e);

        await family.FillInAsync(e);
        await family.HasWrittenAsync("Student");
        await family.ShowSubmitAsync();
        await family.Submit.ClickAsync();

        await family.ThankedAsync("1和2");
        await Expect(stage.Locator(".signing [data-people]")).ToHaveTextAsync("2");
        await Expect(stage.Locator(".signing [data-families]")).ToHaveTextAsync("1");
        await using var db = App.OpenStore();
        Assert.Equal(2, await SignaturesOf(db, e).CountAsync(TestContext.Current.CancellationToken));
        Assert.All(await SignaturesOf(db, e).ToListAsync(TestContext.Current.CancellationToken),
            s => Assert.Equal(StrokesProblem.None, Strokes.Check(s.Strokes)));

        await family.Page.GetByRole(AriaRole.Link, new() { Name = "查看回执" }).ClickAsync();
        await Expect(family.Page.GetByRole(AriaRole.Heading, new() { Name = "承诺回执" })).ToBeVisibleAsync();
        await Expect(family.Page.GetByRole(AriaRole.Img, new() { Name = "王小明的手写签名" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_button_to_the_signing_covers_none_of_those_who_may_sign()
    {
        var page = (await Signer.ScanAsync(await PhoneAsync(), await App.SeedEventAsync())).Page;

        var covered = await page.EvaluateAsync<string[]>(
            """
            () => {
              const found = new Set();
              const button = document.querySelector('.thumb');
              for (let y = 0; y < document.documentElement.scrollHeight; y += 40) {
                scrollTo(0, y);
                const { top, bottom } = button.getBoundingClientRect();
                for (const party of document.querySelectorAll('.party, .field')) {
                  const box = party.getBoundingClientRect();
                  if (box.height > 0 && box.top < bottom && box.bottom > top)
                    found.add(party.textContent.trim());
                }
              }
              return [...found];
            }
            """);

        Assert.Empty(covered);
    }

    [Fact]
    public async Task A_touch_is_no_signature_and_what_was_written_can_be_written_again()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.ChooseClassAsync(e.Primary);
        await family.ReadOnAsync();
        await family.NameAsync("学生的姓名", "王小明");
        await family.OpenPadAsync("Student");
        var pad = family.Page.Locator("#pad");

        await family.Canvas.StrokeAsync((0.5, 0.5));
        await pad.GetByText("完成").ClickAsync();
        await Expect(pad.GetByText("还没有写")).ToBeVisibleAsync();

        await family.Canvas.SignAsync();
        await pad.GetByText("重写").ClickAsync();
        await pad.GetByText("完成").ClickAsync();
        await Expect(pad.GetByText("还没有写")).ToBeVisibleAsync();

        await family.Canvas.SignAsync();
        await family.ClosePadAsync();
        await family.HasWrittenAsync("Student");
        await Expect(family.Page.GetByLabel("学生的姓名")).ToHaveValueAsync("王小明");
    }

    [Fact]
    public async Task A_name_that_would_be_refused_is_told_before_anything_is_drawn_and_what_is_signed_can_be_read_beside_it()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.ChooseClassAsync(e.Primary);
        await family.ReadOnAsync();
        var name = family.Page.GetByLabel("学生的姓名");
        await Expect(family.Part("Student").Locator(".fold")).ToBeVisibleAsync(); // the rest of the script is there
        foreach (var (typed, words) in new[] { ("王小明😀", "姓名里有不能用的符号"), ("13812345678", "长号码") })
        {
            await name.FillAsync(typed);
            await family.Part("Student").GetByRole(AriaRole.Button, new() { Name = "手写签名" }).ClickAsync();
            await Expect(name).ToHaveAttributeAsync("aria-invalid", "true");
            await Expect(name).ToBeFocusedAsync();
            await Expect(family.Page.Locator("#problems")).ToContainTextAsync(words);
            await Expect(family.Canvas).ToBeHiddenAsync();
        }
        await family.Part("Student").GetByText("读承诺书").ClickAsync();
        await Expect(family.Part("Student").Locator(".wording li").First).ToBeVisibleAsync();
        await family.FillInAsync(e);
        await Expect(family.Part("Student").Locator("[data-way=hand]")).ToHaveTextAsync("已手写签名 · 重写");
        await family.ShowSubmitAsync();
        await family.Submit.ClickAsync();

        await family.ThankedAsync("1和2");
    }

    [Fact]
    public async Task What_is_missing_is_said_before_anything_is_sent()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.ReadOnAsync();
        await family.Next.ClickAsync();
        await Expect(family.Page.GetByLabel("班级", new() { Exact = true })).ToBeFocusedAsync();
        await Expect(family.Page.GetByLabel("班级", new() { Exact = true })).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(family.Page.Locator("#problems li")).ToHaveCountAsync(3); // what is missing on this screen
        await family.ChooseClassAsync(e.Primary);
        await family.ShowSubmitAsync();

        await family.Submit.ClickAsync();

        foreach (var line in new[] { "请填写姓名", "请手写签名", "请选“同意”或“不同意”" })
            await Expect(family.Page.Locator("#problems")).ToContainTextAsync(line);
        await Expect(family.Page.GetByLabel("学生的姓名")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_text_rewritten_while_it_was_read_is_read_again_and_the_names_stay()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.FillInAsync(e);
        await App.RewriteTextAsync(e, SignerRole.Student);

        await family.Submit.ClickAsync();
        await family.Page.GetByRole(AriaRole.Button, new() { Name = "看新的承诺书" }).ClickAsync();
        await Expect(family.Page.GetByText("我已读过。")).ToBeVisibleAsync();
        await family.ReadOnAsync();
        await Expect(family.Page.GetByLabel("学生的姓名")).ToHaveValueAsync("王小明");
        await family.WriteAsync("Student");
        await family.WriteAsync("Guardian");
        await family.Submit.ClickAsync();

        await family.ThankedAsync("1和2");
    }

    [Fact]
    public async Task A_second_family_signs_at_the_same_phone_without_the_first_ones_names()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.FillInAsync(e);
        await family.Submit.ClickAsync();
        await family.ThankedAsync("1和2");

        await family.Page.GetByText("换个人来签").ClickAsync();
        await Expect(family.Page.GetByLabel("学生的姓名")).ToHaveValueAsync("");
        await family.FillInAsync(e, child: "李小红", parent: "李强");
        await family.Submit.ClickAsync();

        await family.ThankedAsync("3和4");
    }

    [Fact]
    public async Task A_class_in_the_address_is_chosen_already()
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync();
        await page.GotoAsync($"/e/{e.Code}?c={e.Junior}");
        await Expect(page.GetByLabel("班级", new() { Exact = true })).ToHaveValueAsync(e.Junior.ToString());
    }

    [Theory]
    [InlineData(EventState.Draft, "还没有开始签名")]
    [InlineData(EventState.Closed, "签名已经结束")]
    public async Task When_signing_is_not_open_the_page_says_why_and_offers_no_form(EventState state, string words)
    {
        var e = await App.SeedEventAsync(state);
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await Expect(family.Page.GetByRole(AriaRole.Heading, new() { Name = words })).ToBeVisibleAsync();
        await Expect(family.Submit).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(EventState.Rehearsal)]
    [InlineData(EventState.Open)]
    public async Task A_phone_that_came_too_early_opens_by_itself_with_its_class(EventState state)
    {
        var e = await App.SeedEventAsync(EventState.Draft);
        var page = await PhoneAsync();
        await page.GotoAsync($"/e/{e.Code}?c={e.Junior}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "还没有开始签名" })).ToBeVisibleAsync();

        await App.ChangeEventAsync(e.Id, gathering =>
        {
            if (state == EventState.Rehearsal)
                gathering.Rehearse();
            else
                gathering.Open(DateTimeOffset.UnixEpoch);
        });

        await Expect(page.GetByLabel("班级", new() { Exact = true })).ToHaveValueAsync(e.Junior.ToString());
    }

    [Fact]
    public async Task In_rehearsal_the_phone_says_that_nothing_counts()
    {
        var e = await App.SeedEventAsync(EventState.Rehearsal);
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await Expect(family.Page.GetByText("现在签的不计数")).ToBeVisibleAsync();
    }
}
