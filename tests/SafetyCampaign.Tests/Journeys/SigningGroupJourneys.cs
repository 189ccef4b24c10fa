using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>Whoever signs together, and what they agree to.</summary>
public sealed class SigningGroupJourneys(Browser browser) : Journey(browser)
{
    [Fact]
    public async Task Two_children_of_two_classes_and_their_mother_sign_in_one_go()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.ChooseAsync("家长和两个孩子一起签");
        await family.ChooseClassAsync(e.Primary);
        await family.NameAsync("学生的姓名", "王小明");
        await family.WriteAsync("Student");
        await Expect(family.Page.GetByRole(AriaRole.Heading, new() { Name = "把手机给第二个孩子" })).ToBeFocusedAsync();
        await family.NameAsync("第二个孩子的姓名", "王小红");
        await family.OpenPadAsync("Sibling");
        await family.Canvas.SignAsync();
        await family.Page.Locator("#pad").GetByText("完成").ClickAsync();
        await Expect(family.Page.GetByLabel("第二个孩子在哪个班")).ToBeFocusedAsync(); // without it nobody goes on
        await family.Page.GetByLabel("第二个孩子在哪个班").SelectOptionAsync(e.Junior.ToString());
        await family.Next.ClickAsync();
        await Expect(family.Page.GetByRole(AriaRole.Heading, new() { Name = "把手机交给家长" })).ToBeFocusedAsync();
        await family.ConsentAsync();
        await family.NameAsync("家长的姓名", "王芳");
        await family.WriteAsync("Guardian");
        await family.Submit.ClickAsync();

        await family.ThankedAsync("1–3");
        await Expect(family.Page.Locator(".certificate img")).ToHaveCountAsync(2);
        foreach (var certificate in await family.Page.Locator(".certificate img").AllAsync())
            await Expect(certificate).ToHaveJSPropertyAsync("naturalWidth", 1080);
        await using var db = App.OpenStore();
        var classes = await db.Pledges.Where(p => p.EventId == e.Id).OrderBy(p => p.Sequence).Select(p => p.ClassId)
            .ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal([e.Primary, e.Junior, e.Primary], classes);
    }

    [Theory]
    [InlineData("只有家长签", "Guardian", "家长的姓名")]
    [InlineData("教师", "Teacher", "教师的姓名")]
    [InlineData("志愿者或社区工作者", "Volunteer", "你的姓名")]
    public async Task Grown_ups_sign_alone_and_are_asked_for_no_consent(string party, string seat, string label)
    {
        var e = await App.SeedEventAsync();
        var person = await Signer.ScanAsync(await PhoneAsync(), e);
        await person.ChooseAsync(party);
        if (seat == "Guardian")
            await person.ChooseClassAsync(e.Junior);
        await person.ReadOnAsync();
        await Expect(person.Page.GetByText("家长同意")).ToBeHiddenAsync();
        await person.NameAsync(label, "阿依古丽·买买提");
        await person.WriteAsync(seat);
        await person.Submit.ClickAsync();

        await person.ThankedAsync("1");
    }

    [Fact]
    public async Task A_student_signs_alone_only_in_a_class_that_is_old_enough()
    {
        var e = await App.SeedEventAsync();
        var student = await Signer.ScanAsync(await PhoneAsync(), e);
        await student.ChooseClassAsync(e.Primary);

        await student.ChooseAsync("学生自己签");
        var picker = student.Page.GetByLabel("班级", new() { Exact = true });
        await Expect(picker).ToHaveValueAsync("");
        await Expect(picker.Locator($"option[value='{e.Primary}']")).ToBeDisabledAsync();
        await student.ChooseClassAsync(e.Senior);
        await student.ReadOnAsync();
        await student.NameAsync("学生的姓名", "𠮷川一");
        await student.WriteAsync("Student");
        await student.Submit.ClickAsync();

        await student.ThankedAsync("1");
    }

    [Fact]
    public async Task A_student_who_begins_at_the_first_button_is_not_told_to_hand_the_phone_on_and_signs_alone()
    {
        var e = await App.SeedEventAsync();
        var student = await Signer.ScanAsync(await PhoneAsync(), e);
        await student.Page.GetByText("开始签名").ClickAsync();
        await Expect(student.Page.Locator("#sign .step-title")).ToHaveTextAsync("学生先签");

        await student.Page.GetByRole(AriaRole.Button, new() { Name = "我是高中、中职学生，自己签" }).ClickAsync();

        await Expect(student.Page.Locator("#sign .step-title")).ToHaveTextAsync("签名");
        await Expect(student.Page.Locator("#sign .step-title")).ToBeFocusedAsync();
        await AccessibleAsync(student.Page);
        await student.ChooseClassAsync(e.Senior);
        await student.NameAsync("学生的姓名", "王一");
        await student.WriteAsync("Student");
        await student.Submit.ClickAsync();
        await student.ThankedAsync("1");
    }

    [Fact]
    public async Task No_and_yes_look_alike_and_neither_is_chosen_beforehand()
    {
        var e = await App.SeedEventAsync();
        await App.ChangeEventAsync(e.Id, gathering => gathering.ShowNames(true));
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.ChooseClassAsync(e.Primary);
        await family.ReadOnAsync();

        Assert.False(await (await family.ShowAsync(family.Page.GetByLabel("同意", new() { Exact = true }))).IsCheckedAsync());
        Assert.False(await family.Page.GetByLabel("大屏上可以显示我们的遮名").IsCheckedAsync());
        // Both are measured at one moment, and once more until they agree: the step's style sheet may come after its words.
        await family.Page.WaitForFunctionAsync(
            """
            () => {
              const look = it => {
                const style = getComputedStyle(it), box = it.getBoundingClientRect();
                return [box.width, box.height, style.color, style.backgroundColor, style.borderColor, style.fontSize, style.fontWeight].join();
              };
              const [yes, no] = [".choices label", ".choices a"].map(at => look(document.querySelector(at)));
              return getComputedStyle(document.querySelector(".choices")).display === "grid" && yes === no;
            }
            """);
    }

    [Fact]
    public async Task Who_declines_is_offered_the_lesson_and_leaves_nothing_behind()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        var sent = new List<string>();
        family.Page.Request += (_, request) => sent.Add(request.Method);
        await family.FillInAsync(e);
        sent.Clear();
        family.Page.Dialog += (_, dialog) => dialog.AcceptAsync();

        await (await family.ShowAsync(family.Page.Locator(".consent [href='#declined']"))).ClickAsync();

        await Expect(family.Page.GetByRole(AriaRole.Heading, new() { Name = "没关系" })).ToBeVisibleAsync();
        await Expect(family.Page.GetByText("知去向").Locator("visible=true")).ToBeVisibleAsync();
        Assert.DoesNotContain("POST", sent);
        await family.Page.HasNothingStoredAsync();
        await family.Page.GetByText("回去看看").ClickAsync();
        await Expect(family.Page.GetByLabel("班级", new() { Exact = true })).ToHaveValueAsync("");
        await family.ChooseClassAsync(e.Primary);
        await family.ReadOnAsync();
        await Expect(family.Page.GetByLabel("学生的姓名")).ToHaveValueAsync("");
        await Expect(family.Part("Student").GetByText("还没有签名")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_masked_name_on_the_screen_is_agreed_to_on_its_own()
    {
        var e = await App.SeedEventAsync();
        await App.ChangeEventAsync(e.Id, gathering => gathering.ShowNames(true));
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.FillInAsync(e);
        await family.Page.GetByLabel("大屏上可以显示我们的遮名").CheckAsync();
        await family.Submit.ClickAsync();
        await family.ThankedAsync("1和2");

        await using var db = App.OpenStore();
        Assert.All(await db.Pledges.Where(p => p.EventId == e.Id).ToListAsync(TestContext.Current.CancellationToken),
            pledge => Assert.True(pledge.ShowMaskedName));
    }

    [Fact]
    public async Task The_thanks_show_the_certificate_to_keep()
    {
        var e = await App.SeedEventAsync();
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.FillInAsync(e);
        await family.Submit.ClickAsync();
        await family.ThankedAsync("1和2");

        var certificate = family.Page.GetByRole(AriaRole.Img, new() { Name = "承诺证书" });
        await Expect(certificate).ToHaveJSPropertyAsync("naturalWidth", 1080);
        await Expect(family.Page.GetByText("长按图片，保存到手机")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_certificate_that_does_not_come_leaves_a_word_in_its_place()
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync();
        await page.RouteAsync("**/certificate.png", route => route.AbortAsync());
        var family = await Signer.ScanAsync(page, e);
        await family.FillInAsync(e);
        await family.Submit.ClickAsync();
        await family.ThankedAsync("1和2");

        await Expect(page.GetByText("稍后在回执里能看到")).ToBeVisibleAsync();
        await Expect(page.GetByText("长按图片")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_certificate_whose_turn_has_not_come_says_when_and_comes_by_itself()
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync();
        var (asked, isBusy) = (0, true);
        await page.RouteAsync("**/certificate.png", async route =>
        {
            asked++;
            if (isBusy)
                await route.FulfillAsync(new() { Status = 503, Headers = new Dictionary<string, string> { ["Retry-After"] = "1" } });
            else
                await route.ContinueAsync();
        });
        var family = await Signer.ScanAsync(page, e);
        await family.FillInAsync(e);
        await family.Submit.ClickAsync();
        await family.ThankedAsync("1和2");

        await Expect(page.GetByText("现在要证书的人多，约1秒后出来。")).ToBeVisibleAsync();
        isBusy = false;

        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "承诺证书" })).ToHaveJSPropertyAsync("naturalWidth", 1080);
        await Expect(page.GetByText("现在要证书的人多")).ToBeHiddenAsync();
        await Expect(page.GetByText("长按图片，保存到手机")).ToBeVisibleAsync();
        Assert.True(asked > 1);
    }

    [Fact]
    public async Task The_certificate_is_fetched_once_and_the_browser_lets_go_of_it_when_the_pledge_is_withdrawn()
    {
        var e = await App.SeedEventAsync();
        var page = await PhoneAsync();
        var fetched = new List<IResponse>();
        page.Response += (_, answer) =>
        {
            if (answer.Url.EndsWith("/certificate.png", StringComparison.Ordinal))
                fetched.Add(answer);
        };
        var family = await Signer.ScanAsync(page, e);
        await family.FillInAsync(e);
        await family.Submit.ClickAsync();
        await family.ThankedAsync("1和2");
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "承诺证书" })).ToHaveJSPropertyAsync("naturalWidth", 1080);

        await page.Locator("a.receipt").ClickAsync();
        var shown = page.Locator(".certificate img");
        await shown.ScrollIntoViewIfNeededAsync();
        await Expect(shown).ToHaveJSPropertyAsync("naturalWidth", 1080);
        Assert.Equal(2, fetched.Count);
        Assert.InRange((await fetched[0].Request.SizesAsync()).ResponseBodySize, 10_000, 61_440);
        Assert.Equal(0, (await fetched[1].Request.SizesAsync()).ResponseBodySize); // it only asked whether it still holds
        Assert.Equal(200, await KeptAsync(page));

        var address = page.Url;
        await page.GotoAsync(address); // the button below is one of several ways; what follows is the same for each
        await page.EvaluateAsync("address => fetch(`${address}?handler=Withdraw`, { method: 'POST' })", address);
        await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });

        Assert.Equal(0, await KeptAsync(page));
    }

    /// <summary>What the browser's own cache answers for the certificate of this receipt; 0 where it holds nothing.</summary>
    private static Task<int> KeptAsync(IPage page) => page.EvaluateAsync<int>(
        """
        () => fetch(`${location.pathname}/certificate.png`, { cache: 'only-if-cached', mode: 'same-origin' })
          .then(answer => answer.ok ? 200 : 0, () => 0)
        """);
}
