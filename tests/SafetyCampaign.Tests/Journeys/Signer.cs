using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>Somebody with the phone page in hand, who does what the labels say, on whose screen it stands.</summary>
internal sealed class Signer(IPage page)
{
    public IPage Page => page;

    public ILocator Canvas => page.Locator("#pad canvas");

    public ILocator Submit => page.GetByRole(AriaRole.Button, new() { Name = "签名并提交" });

    public static async Task<Signer> ScanAsync(IPage page, SeededEvent e)
    {
        await page.GotoAsync($"/e/{e.Code}");
        return new Signer(page);
    }

    public ILocator Next => page.GetByRole(AriaRole.Button, new() { Name = "下一步" });

    public async Task ChooseAsync(string party)
    {
        var choice = page.Locator("label.party", new() { HasText = party });
        if (!await choice.IsVisibleAsync())
            await page.EvaluateAsync("location.hash = '#know'");
        await choice.ClickAsync();
    }

    public async Task ChooseClassAsync(int id) =>
        await (await ShowAsync(page.GetByLabel("班级", new() { Exact = true }))).SelectOptionAsync(id.ToString());

    /// <summary>Goes on from the words to the signing, where it has not begun.</summary>
    public async Task ReadOnAsync()
    {
        if (await page.GetByText("读完了，去签名").IsVisibleAsync())
            await page.GetByText("读完了，去签名").ClickAsync();
    }

    public async Task NameAsync(string label, string name) => await (await ShowAsync(page.GetByLabel(label))).FillAsync(name);

    public async Task TypeSignatureAsync(string role)
    {
        await ShowAsync(Part(role));
        await GoneOnAsync(() => Part(role).GetByRole(AriaRole.Button, new() { Name = "用姓名代替" }).ClickAsync());
    }

    /// <summary>
    /// Goes to the screen of somebody's part, as Back and Forward would; without a script, and for what is on no screen of its
    /// own, nothing.
    /// </summary>
    public async Task<ILocator> ShowAsync(ILocator what)
    {
        await what.EvaluateAsync(
            """
            it => {
              const screens = [...document.querySelectorAll('#sign .part:not(.last)')].filter(part => !part.hidden);
              const part = it.closest('#sign .part, #sign .first, #sign .last');
              if (it.offsetParent || !part)
                return;
              const at = part.matches('.last') ? screens.length - 1 : Math.max(0, screens.indexOf(part));
              location.hash = at > 0 ? `#sign-${at}` : '#sign';
            }
            """);
        await Expect(what).ToBeVisibleAsync();
        return what;
    }

    /// <summary>Goes to the screen where all is handed in.</summary>
    public Task ShowSubmitAsync() => ShowAsync(page.Locator(".submit button"));

    /// <summary>What was written stands on the writer's screen.</summary>
    public async Task HasWrittenAsync(string role)
    {
        await ShowAsync(Part(role));
        await Expect(Part(role).Locator("svg path")).ToBeVisibleAsync();
    }

    /// <summary>Does what leads to the next person's screen, where there is one, and waits for it.</summary>
    private async Task GoneOnAsync(Func<Task> act)
    {
        var (from, isLast) = (await page.EvaluateAsync<string>("location.hash"), await Submit.IsVisibleAsync());
        await act();
        // The sheet has a history entry of its own, which is left before anything follows.
        await page.WaitForFunctionAsync("([from, isLast]) => !history.state?.pad && (isLast || location.hash !== from)",
            new object[] { from, isLast });
    }

    public async Task OpenPadAsync(string role)
    {
        await ShowAsync(Part(role));
        await Part(role).GetByRole(AriaRole.Button, new() { Name = "手写签名" }).ClickAsync();
        await Expect(Canvas).ToBeVisibleAsync();
    }

    public async Task WriteAsync(string role)
    {
        await OpenPadAsync(role);
        await Canvas.SignAsync();
        await ClosePadAsync();
    }

    public Task ClosePadAsync() => GoneOnAsync(async () =>
    {
        await page.Locator("#pad").GetByText("完成").ClickAsync();
        await Expect(Canvas).ToBeHiddenAsync();
    });

    public async Task ConsentAsync()
    {
        var consent = await ShowAsync(page.GetByLabel("同意", new() { Exact = true }));
        await GoneOnAsync(() => consent.CheckAsync());
    }

    /// <summary>Everything a family has to do, up to the last press.</summary>
    public async Task FillInAsync(SeededEvent e, string child = "王小明", string parent = "王芳")
    {
        await ChooseClassAsync(e.Primary);
        await ReadOnAsync();
        await NameAsync("学生的姓名", child);
        await WriteAsync("Student");
        await NameAsync("家长的姓名", parent);
        await WriteAsync("Guardian");
        await ConsentAsync();
    }

    public async Task ThankedAsync(string number)
    {
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "谢谢，承诺收到了" })).ToBeVisibleAsync();
        await Expect(page.Locator(".thanks-number")).ToContainTextAsync(number);
    }

    public Task WaitsAsync() => Expect(page.GetByText("还没有送到")).ToBeVisibleAsync();

    /// <summary>Says that the signature which this phone kept, or which has arrived, is this family's.</summary>
    public Task ClaimAsync() => page.Locator(".on-the-way").GetByRole(AriaRole.Button, new() { Name = "是我们签的" }).ClickAsync();

    /// <summary>Pressed by script: the request may just have gone off by itself, and the button with it.</summary>
    public Task SendNowAsync() => page.EvaluateAsync("document.getElementById('send-now').click()");

    public ILocator Part(string seat) => page.Locator($"[data-seat='{seat}']");
}
