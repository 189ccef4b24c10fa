using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Organizing.SetUp;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>An organizer whose mouse is broken: everything by Tab, typing and Enter.</summary>
public sealed class DeskJourneys(Browser browser) : Journey(browser, new CampaignApp { Kestrel = true })
{
    [Fact]
    public async Task On_a_phone_the_titles_of_events_are_read_in_few_lines()
    {
        const string Title = "城南镇第三中心小学二〇二六年暑期防溺水宣传与签名活动";
        var e = await App.SeedEventAsync(title: Title);
        var page = await PhoneAsync();
        await SignInAsync(page, e);
        await page.GotoAsync("/organize?search=城南镇");
        await Expect(page.Locator(".event-rows a").First).ToBeVisibleAsync();

        foreach (var width in new[] { 360, 390 })
        {
            await page.SetViewportSizeAsync(width, 780);
            await NoSidewaysAsync(page);
            var letters = await page.Locator(".event-rows a").EvaluateAllAsync<double[]>(
                """
                links => links.map(it => {
                  const text = document.createRange();
                  text.selectNodeContents(it);
                  return it.textContent.trim().length / new Set([...text.getClientRects()].map(line => Math.round(line.top))).size;
                })
                """);
            Assert.NotEmpty(letters);
            Assert.All(letters, inALine => Assert.True(inALine > 8, $"{inALine} letters in a line at {width} px"));
        }
    }

    [Fact]
    public async Task In_English_an_event_that_was_not_held_takes_no_more_room_in_the_list_and_a_table_no_more_than_the_page()
    {
        var e = await App.SeedEventAsync(EventState.Draft, "没办成的活动", DateTimeOffset.UtcNow.AddDays(-3));
        var page = await DeskAsync();
        await SignInAsync(page, e);

        await page.GotoAsync("/organize?lang=en&search=没办成");
        var missed = page.Locator(".event-rows .missed");
        await Expect(missed).ToHaveTextAsync("The day has passed; signing was never opened");
        Assert.InRange((await missed.BoundingBoxAsync())!.Height, 1, 30); // one line
        await page.GotoAsync("/organize/rollup?lang=en");
        Assert.Equal(0, await page.Locator(".table-frame").EvaluateAsync<int>(
            """
            table => {
              for (const name of table.querySelectorAll('tbody th'))
                name.className = 'depth-4';
              for (const number of table.querySelectorAll('td'))
                number.textContent = '10,240';
              return table.scrollWidth - table.clientWidth;
            }
            """));
    }

    [Fact]
    public async Task From_the_first_start_to_the_poster_by_keyboard_alone()
    {
        var page = await DeskAsync();
        await page.GotoAsync((await App.Get<SetUpInvitation>().PathAsync(TestContext.Current.CancellationToken))!);
        await AccessibleAsync(page);

        await TypeAsync(page.GetByLabel("你所在的组织"), "大塘冲社区");
        await TypeAsync(page.GetByLabel("用户名"), "王老师");
        await TypeAsync(page.Locator("#Password"), "four unrelated words");
        await TypeAsync(page.Locator("#Repeated"), "four unrelated words");
        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "创建并进入" }));

        await TypeAsync(page.GetByLabel("地点"), "社区广场");
        // The parts of a date field are the browser's own; what matters is that Tab reaches it.
        await ReachAsync(page.GetByLabel("开始", new() { Exact = true }));
        await page.GetByLabel("开始", new() { Exact = true }).FillAsync("2097-07-17T09:00");
        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "创建活动" }));

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "暑期防溺水宣传活动" })).ToBeVisibleAsync();
        await PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "开始演练" }));
        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "开始演练" }));
        await Expect(page.Locator("h1 .badge")).ToHaveTextAsync("演练");

        await PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "开放签名" }));
        await PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "现在写上" }));
        await TypeAsync(page.GetByLabel("负责人"), "张老师（示例）");
        await TypeAsync(page.GetByLabel("联系方式"), "000-0000-0000");
        await ReachAsync(page.GetByRole(AriaRole.Button, new() { Name = "保存为新版本" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".notice.success")).ToBeVisibleAsync(); // the same address
        await PressAsync(page.Locator("a.back"));
        await PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "开放签名" }));
        var code = page.Url.Split('/')[^2];
        await TypeAsync(page.GetByLabel("活动码"), code);
        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "开放签名" }));
        await Expect(page.Locator("h1 .badge")).ToHaveTextAsync("签名中");

        using (var phone = App.CreateClient())
            await phone.SignAsync(code, Signing.Alone("teacher"));
        await PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "打印海报" }));
        await Expect(page.Locator(".code")).ToHaveTextAsync(code);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "暑期防溺水宣传活动" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_first_press_of_tab_offers_to_skip_to_the_content()
    {
        var e = await App.SeedEventAsync();
        var page = await DeskAsync();
        await SignInAsync(page, e);
        await page.GotoAsync($"/organize/events/{e.Code}");

        await page.Keyboard.PressAsync("Tab");

        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "跳到正文" })).ToBeFocusedAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "跳到正文" })).ToBeInViewportAsync();
    }

    [Fact]
    public async Task From_sign_in_to_a_printed_poster_in_eight_interactions()
    {
        var account = await AddTeamAsync(await App.SeedEventAsync());
        var page = await DeskAsync();
        await page.AddInitScriptAsync("window.print = () => { document.title = 'printed'; };");
        await page.GotoAsync("/organize");
        var interactions = 0;

        await FillAsync(page.GetByLabel("用户名"), account);
        await FillAsync(page.GetByLabel("密码"), DeskVisitor.Password);
        await ClickAsync(page.Locator("main button").First);
        await FillAsync(page.GetByLabel("地点"), "江边广场");
        await FillAsync(page.GetByLabel("开始", new() { Exact = true }), "2097-07-17T09:00");
        await ClickAsync(page.GetByRole(AriaRole.Button, new() { Name = "创建活动" }));
        await ClickAsync(page.GetByRole(AriaRole.Link, new() { Name = "打印海报" }));
        await ClickAsync(page.Locator("[data-print]"));

        await Expect(page).ToHaveTitleAsync("printed");
        Assert.Equal(8, interactions);

        Task FillAsync(ILocator field, string text)
        {
            interactions++;
            return field.FillAsync(text);
        }

        Task ClickAsync(ILocator what)
        {
            interactions++;
            return what.ClickAsync();
        }
    }

    [Fact]
    public async Task Escape_closes_the_account_menu_and_another_language_keeps_what_was_typed()
    {
        var e = await App.SeedEventAsync();
        var page = await DeskAsync();
        await SignInAsync(page, e);
        await page.GotoAsync($"/organize/events/{e.Code}/facts");
        var menu = page.Locator("details.menu");
        await menu.Locator("summary").ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(menu).Not.ToHaveAttributeAsync("open", new Regex(""));
        await Expect(menu.Locator("summary")).ToBeFocusedAsync();
        await menu.Locator("summary").ClickAsync();
        await page.Locator("h1").ClickAsync();
        await Expect(menu).Not.ToHaveAttributeAsync("open", new Regex(""));

        await page.Locator("#Form_Place").FillAsync("新礼堂");
        await page.Locator("#Form_ShowsNames").CheckAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "English" }).ClickAsync();

        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Expect(page.Locator("#Form_Place")).ToHaveValueAsync("新礼堂");
        await Expect(page.Locator("#Form_ShowsNames")).ToBeCheckedAsync();
        await page.ReloadAsync(); // put back once
        await Expect(page.Locator("#Form_Place")).ToHaveValueAsync("社区广场");
    }

    /// <summary>A team without an event, and its organizer's account.</summary>
    private async Task<string> AddTeamAsync(SeededEvent e)
    {
        await using var db = App.OpenStore();
        var district = await db.Organizations.FindAsync([e.District], TestContext.Current.CancellationToken);
        var team = new Organization("绿舟救援队", OrganizationKind.RescueTeam, district);
        db.Add(team);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await DeskVisitor.AddAccountAsync(App, "队长", team.Id);
        return "队长";
    }

    private static async Task TypeAsync(ILocator field, string text)
    {
        await ReachAsync(field);
        await field.Page.Keyboard.PressAsync("Control+A");
        await field.Page.Keyboard.InsertTextAsync(text);
    }

    private static async Task PressAsync(ILocator what)
    {
        await ReachAsync(what);
        var before = what.Page.Url;
        await what.Page.Keyboard.PressAsync("Enter");
        await what.Page.WaitForURLAsync(url => url != before);
    }

    /// <summary>Presses Tab until the focus is where it should be, and can be seen there.</summary>
    private static async Task ReachAsync(ILocator target)
    {
        await target.WaitForAsync();
        for (var presses = 0; presses < 100; presses++)
        {
            if (await target.EvaluateAsync<bool>("it => it === document.activeElement"))
            {
                await Expect(target).ToBeInViewportAsync();
                return;
            }
            await target.Page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"Tab does not lead to {target}.");
    }
}
