using Microsoft.Playwright;
using SafetyCampaign.Desk;
using SafetyCampaign.Tests.Schools.Slips;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>What a school sends home, and what it carries away from a device that finds no network.</summary>
public sealed class SlipJourneys(Browser browser) : Journey(browser)
{
    [Fact]
    public async Task A_slip_is_issued_at_the_desk_and_its_family_signs_by_hand_and_alone_for_it()
    {
        var e = await App.SeedEventAsync();
        await App.SeedRosterAsync(e, e.Primary, (1, "王小明"), (2, "王小红"));
        var desk = await DeskAsync();
        await SignInAsync(desk, e);
        await desk.GotoAsync(DeskRoutes.EventSlips(e.Code, e.Primary));
        await desk.GetByRole(AriaRole.Button, new() { Name = "发2张回家单" }).ClickAsync();
        await Expect(desk.Locator(".slip")).ToHaveCountAsync(2);
        await AccessibleAsync(desk);
        var address = (await desk.Locator(".slip .qr").First.GetAttributeAsync("aria-label"))!;
        var path = address[address.IndexOf("/s/", StringComparison.Ordinal)..];

        var phone = await PhoneAsync();
        await phone.GotoAsync(path);
        await Expect(phone.Locator(".slip")).ToContainTextAsync("五（1）班，1号");
        await AccessibleAsync(phone);
        await NoSidewaysAsync(phone);
        var family = new Signer(phone);
        await family.ReadOnAsync();
        await family.NameAsync("学生的姓名", "王小明");
        await family.WriteAsync("Student");
        await family.NameAsync("家长的姓名", "王芳");
        await family.WriteAsync("Guardian");
        await family.ConsentAsync();
        await family.ShowSubmitAsync();
        await family.Submit.ClickAsync();
        await family.ThankedAsync("1和2");
        await Expect(phone.GetByText("换个人来签")).ToHaveCountAsync(0);
        var receipt = await phone.Locator("a.receipt").GetAttributeAsync("href");
        await phone.ReloadAsync();
        await Expect(phone.Locator(".on-the-way a")).ToHaveAttributeAsync("href", receipt!);

        await phone.GotoAsync(path);
        await Expect(phone.GetByRole(AriaRole.Heading, new() { Name = "这张回家单已经签过了" })).ToBeVisibleAsync();
        await AccessibleAsync(phone);
    }

    [Fact]
    public async Task What_waits_of_one_slip_is_not_taken_up_by_the_page_of_another()
    {
        var e = await App.SeedEventAsync();
        var pupils = await App.SeedRosterAsync(e, e.Primary, (1, "王小明"), (2, "王小红"));
        var (first, second) = (await App.SeedSlipAsync(e, pupils[0]), await App.SeedSlipAsync(e, pupils[1]));
        var page = await PhoneAsync();
        await page.Context.RouteAsync("**/pledges", route => route.AbortAsync());
        await page.GotoAsync($"/s/{first}");
        var family = new Signer(page);
        await family.ReadOnAsync();
        await family.NameAsync("学生的姓名", "王小明");
        await page.ReloadAsync();
        await Expect(page.GetByLabel("学生的姓名")).ToHaveValueAsync("王小明");
        await family.WriteAsync("Student");
        await family.NameAsync("家长的姓名", "王芳");
        await family.WriteAsync("Guardian");
        await family.ConsentAsync();
        await family.ShowSubmitAsync();
        await family.Submit.ClickAsync();
        await family.WaitsAsync();

        await page.GotoAsync($"/s/{second}");
        await Expect(page.GetByText("有一份签名还在这部手机里")).ToBeVisibleAsync();
        await family.ReadOnAsync();
        await Expect(page.GetByLabel("学生的姓名")).ToHaveValueAsync("");
        await family.NameAsync("学生的姓名", "王小红");
        var stored = new TaskCompletionSource();
        await page.Context.RouteAsync("**/pledges", async route => // stored, but the phone does not hear of it
        {
            await route.FetchAsync();
            await route.AbortAsync();
            stored.TrySetResult();
        });
        await page.GotoAsync($"/s/{first}");
        await family.WaitsAsync();
        await Expect(page.GetByLabel("学生的姓名")).ToHaveValueAsync("王小明");
        await stored.Task;

        // The slip is used by then: its page has no form, and brings the receipt.
        await page.GotoAsync($"/s/{first}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "这张回家单已经签过了" })).ToBeVisibleAsync();
        await page.Context.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
        await Expect(page.GetByText("签名送到了：第1和2位签名人")).ToBeVisibleAsync();
        await Expect(page.Locator(".on-the-way").GetByRole(AriaRole.Link, new() { Name = "查看回执" })).ToBeVisibleAsync();
        await page.GotoAsync($"/s/{second}");
        await Expect(page.GetByLabel("学生的姓名")).ToHaveValueAsync("王小红");
    }

    [Fact]
    public async Task What_a_device_cannot_send_leaves_it_as_a_file_that_the_same_link_reads_in_elsewhere()
    {
        var e = await App.SeedEventAsync();
        await App.SeedRosterAsync(e, e.Primary, (1, "王小明"), (2, "王小红"));
        var (_, secret) = await App.SeedClassLinkAsync(e, e.Primary);
        var (_, other) = await App.SeedClassLinkAsync(e, e.OtherPrimary);
        var tablet = await PhoneAsync();
        await tablet.GotoAsync($"/class/{secret}/relay");
        await tablet.Context.SetOfflineAsync(true);
        await tablet.Locator("#start").ClickAsync();
        await tablet.Locator("[data-turn=sign]").ClickAsync();
        await tablet.Locator("#pad canvas").SignAsync();
        await tablet.GetByRole(AriaRole.Button, new() { Name = "完成" }).ClickAsync();
        await tablet.GetByRole(AriaRole.Button, new() { Name = "其他选择" }).ClickAsync();
        await tablet.Locator("[data-turn=leave]").ClickAsync();
        await tablet.GetByText("一直连不上网怎么办").ClickAsync();
        var saved = await tablet.RunAndWaitForDownloadAsync(() => tablet.Locator("#save-file").ClickAsync());
        var file = await File.ReadAllBytesAsync(await saved.PathAsync(), TestContext.Current.CancellationToken);

        var desk = await StageAsync();
        await desk.GotoAsync($"/class/{other}/relay");
        await ReadInAsync(desk, file);
        await Expect(desk.Locator("#file-told")).ToContainTextAsync("不是用这个班级链接存的");
        await desk.GotoAsync($"/class/{secret}/relay");
        await ReadInAsync(desk, file);

        await Expect(desk.Locator("[data-name=王小明]")).ToHaveAttributeAsync("data-state", "signed");
        await tablet.Context.SetOfflineAsync(false); // the tablet finds its network after all
        await tablet.EvaluateAsync("dispatchEvent(new Event('online'))");
        await Expect(tablet.Locator("[data-name=王小明]")).ToHaveAttributeAsync("data-state", "signed");
        using var anyone = App.CreateClient();
        Assert.Equal(1, await anyone.PeopleAsync(e.Code));
    }

    private static async Task ReadInAsync(IPage page, byte[] file)
    {
        await page.GetByText("一直连不上网怎么办").ClickAsync();
        await page.GetByLabel("读入文件").SetInputFilesAsync(new FilePayload
        {
            Name = "class.relay",
            MimeType = "application/octet-stream",
            Buffer = file,
        });
    }
}
