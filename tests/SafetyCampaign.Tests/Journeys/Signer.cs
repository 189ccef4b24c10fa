using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>Somebody with the phone page in hand, who does what the labels say.</summary>
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

    public Task ChooseAsync(string party) => page.Locator("label.party", new() { HasText = party }).ClickAsync();

    public Task ChooseClassAsync(int id) => page.GetByLabel("班级", new() { Exact = true }).SelectOptionAsync(id.ToString());

    public Task ReadOnAsync() => page.GetByText("读完了，去签名").ClickAsync();

    public Task NameAsync(string label, string name) => page.GetByLabel(label).FillAsync(name);

    public Task TypeSignatureAsync(string role) => Part(role).GetByRole(AriaRole.Button, new() { Name = "用姓名代替" }).ClickAsync();

    public async Task OpenPadAsync(string role)
    {
        await Part(role).GetByRole(AriaRole.Button, new() { Name = "手写签名" }).ClickAsync();
        await Expect(Canvas).ToBeVisibleAsync();
    }

    public async Task WriteAsync(string role)
    {
        await OpenPadAsync(role);
        await Canvas.SignAsync();
        await ClosePadAsync();
    }

    public async Task ClosePadAsync()
    {
        await page.Locator("#pad").GetByText("完成").ClickAsync();
        await Expect(Canvas).ToBeHiddenAsync();
    }

    public Task ConsentAsync() => page.GetByLabel("同意", new() { Exact = true }).CheckAsync();

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

    /// <summary>Pressed by script: the request may just have gone off by itself, and the button with it.</summary>
    public Task SendNowAsync() => page.EvaluateAsync("document.getElementById('send-now').click()");

    public ILocator Part(string seat) => page.Locator($"[data-seat='{seat}']");
}
