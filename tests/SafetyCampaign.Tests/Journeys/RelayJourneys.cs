using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Tests.Schools;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>A class signs on its teacher's phone, in WeChat and as on plain http, without a network from the second pupil on.</summary>
public sealed partial class RelayJourneys(Browser browser) : Journey(browser)
{
    private static readonly string[] Names = ["王小明", "王小红", "赵小雨", "赵小雨", "陈一", "陈二", "孙三", "李四", "周五"];

    /// <summary>What a page of plain http has not.</summary>
    private const string PlainHttp =
        """
        Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined });
        Crypto.prototype.randomUUID = undefined;
        Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined });
        Object.defineProperty(Navigator.prototype, 'storage', { value: undefined });
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_class_signs_without_a_network_and_through_a_closed_page_and_each_pupil_counts_once()
    {
        var e = await App.SeedEventAsync();
        var pupils = await App.SeedRosterAsync(e, e.Primary, [.. Names.Select((name, i) => ((int?)(i + 1), name))]);
        var (_, secret) = await App.SeedClassLinkAsync(e, e.Primary);
        var phone = await PhoneAsync();
        await phone.AddInitScriptAsync(PlainHttp);
        await phone.GotoAsync($"/class/{secret}");
        await AccessibleAsync(phone);
        await NoSidewaysAsync(phone);
        await phone.GetByRole(AriaRole.Link, new() { Name = "开始班级接力签名" }).ClickAsync();
        await Expect(phone.Locator("#start")).ToHaveTextAsync("开始：王小明");
        await AccessibleAsync(phone);
        await NoSidewaysAsync(phone);
        await phone.Locator("#start").PressAsync("Enter");
        await Expect(phone.Locator("#turn h2")).ToHaveTextAsync("请1号王小明签名");
        await AccessibleAsync(phone);
        await phone.Locator("[data-turn=sign]").ClickAsync();
        await WriteAsync(phone, "请2号王小红签名"); // the next one's sheet follows by itself

        // Without a network from the second pupil to the last; each answer is kept as well.
        await phone.Context.SetOfflineAsync(true);
        await Expect(phone.Locator("#pad-sync")).ToContainTextAsync("待送出1");
        await AccessibleAsync(phone);
        await OtherChoicesAsync(phone);
        await phone.GetByRole(AriaRole.Button, new() { Name = "先跳过" }).PressAsync("Enter");
        await phone.Locator("[data-turn=sign]").ClickAsync(); // 3
        await WriteAsync(phone, "请4号赵小雨签名"); // of the same name
        await WriteAsync(phone, "请5号陈一签名");
        await OtherChoicesAsync(phone);
        await phone.Locator("[data-turn=absent]").ClickAsync(); // 5
        await phone.Locator("[data-turn=undo]").ClickAsync();
        await Expect(phone.Locator("#turn h2")).ToHaveTextAsync("请5号陈一签名");
        await phone.Locator("[data-turn=sign]").ClickAsync();
        await WriteAsync(phone, "请6号陈二签名");
        await OtherChoicesAsync(phone);
        await phone.Locator("[data-turn=declined]").ClickAsync(); // 6
        await phone.Locator("[data-turn=absent]").ClickAsync(); // 7
        await phone.Locator("[data-turn=sign]").ClickAsync(); // 8
        await WriteAsync(phone, "请9号周五签名");
        await WriteAsync(phone, "请2号王小红签名"); // who was skipped
        await OtherChoicesAsync(phone);
        await phone.Locator("[data-turn=leave]").ClickAsync();
        await phone.GetByLabel("不在名单上的同学").FillAsync("钱七");
        await phone.GetByLabel("不在名单上的同学").PressAsync("Enter");
        await phone.Locator("[data-turn=sign]").ClickAsync();
        await WriteAsync(phone, "请2号王小红签名"); // still without
        await OtherChoicesAsync(phone);
        await phone.Locator("[data-turn=leave]").ClickAsync();
        await Expect(phone.Locator("#sync")).ToContainTextAsync("现在没有网络");
        Assert.DoesNotContain("赵小雨", await StoredAsync(phone)); // sealed

        // Closed, and opened before anything can be sent.
        var context = phone.Context;
        await phone.CloseAsync();
        await context.SetOfflineAsync(false);
        await context.RouteAsync("**/api/class/**", route => route.AbortAsync());
        phone = await context.NewPageAsync();
        await phone.AddInitScriptAsync(PlainHttp);
        await phone.GotoAsync($"/class/{secret}/relay");
        await Expect(phone.Locator("[data-name=赵小雨][data-state=waits]")).ToHaveCountAsync(2);
        await Expect(phone.Locator("[data-name=陈二]")).ToHaveAttributeAsync("data-state", "declined");
        await Expect(phone.Locator("#promise")).ToContainTextAsync("加密存在这台设备上");

        // A second device takes the same pupils meanwhile.
        using var second = App.CreateClient();
        foreach (var seat in new[] { 0, 2, 3 })
            (await second.SignInClassAsync(secret, Names[seat], pupils[seat])).EnsureSuccessStatusCode();

        await context.UnrouteAsync("**/api/class/**");
        await phone.EvaluateAsync("dispatchEvent(new Event('online'))");

        await Expect(phone.Locator("#sync")).ToContainTextAsync("没有待送出的");
        Assert.Equal("", await StoredAsync(phone)); // erased with the answer
        Assert.Equal(7, await second.PeopleAsync(e.Code)); // 1, 3, 4, 5, 8, 9 and one who is on no list
        await using var db = App.OpenStore();
        var rows = await db.Pledges.AsNoTracking().Where(p => p.EventId == e.Id).OrderBy(p => p.SignedAt).ToListAsync(Cancellation);
        Assert.Equal(7 + 3, rows.Count);
        Assert.All(rows, row => Assert.Equal(SigningChannel.Relay, row.Channel));
        Assert.Equal(rows.Count, await SignaturesOf(db, e).CountAsync(Cancellation)); // no ink is lost
        Assert.Equal(2, await db.RosterAnswers.CountAsync(answer => answer.EventId == e.Id, Cancellation));
        await phone.GotoAsync($"/class/{secret}");
        await Expect(phone.Locator(".numbers .large dd")).ToHaveTextAsync("6/9");
        await Expect(phone.Locator($"#pupil-{pupils[5]} .state")).ToHaveTextAsync("不参加");
        await AccessibleAsync(phone);
    }

    [Fact]
    public async Task Class_links_are_made_at_the_desk_and_a_device_that_keeps_nothing_says_so()
    {
        var e = await App.SeedEventAsync();
        var desk = await DeskAsync();
        await SignInAsync(desk, e);
        await desk.GotoAsync($"/organize/events/{e.Code}/class-links");
        await AccessibleAsync(desk);
        await desk.GetByLabel("学校已有这些班级监护人的书面同意").CheckAsync();
        await desk.GetByRole(AriaRole.Button, new() { Name = "给没有链接的班级都生成" }).ClickAsync();
        var lines = (await desk.GetByLabel("新的班级链接").InputValueAsync()).Split('\n');
        await AccessibleAsync(desk);
        Assert.Equal(4, lines.Length);

        var tablet = await StageAsync(with => with.ViewportSize = new ViewportSize { Width = 1024, Height = 768 });
        await tablet.AddInitScriptAsync("Object.defineProperty(window, 'indexedDB', { value: undefined });");
        await tablet.GotoAsync(new Uri(lines[0][lines[0].IndexOf("http", StringComparison.Ordinal)..]).AbsolutePath + "/relay");
        await Expect(tablet.Locator("#promise")).ToContainTextAsync("不要关掉或刷新");
        await tablet.GetByLabel("输入姓名").FillAsync("王小明");
        await tablet.GetByLabel("输入姓名").PressAsync("Enter");
        await tablet.Locator("[data-turn=sign]").ClickAsync();
        await tablet.Locator("#pad canvas").SignAsync();
        await tablet.GetByRole(AriaRole.Button, new() { Name = "完成" }).ClickAsync();
        await Expect(tablet.Locator("#pad")).ToBeHiddenAsync(); // and there is nobody else

        await Expect(tablet.Locator("[data-name=王小明]")).ToHaveAttributeAsync("data-state", "signed");
        using var anyone = App.CreateClient();
        Assert.Equal(1, await anyone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task What_comes_after_signing_has_ended_stays_and_is_sent_by_itself_when_it_opens_again()
    {
        var e = await App.SeedEventAsync();
        await App.SeedRosterAsync(e, e.Primary, (1, "王小明"), (2, "王小红"));
        var (_, secret) = await App.SeedClassLinkAsync(e, e.Primary);
        var phone = await PhoneAsync();
        await phone.GotoAsync($"/class/{secret}/relay");
        await App.ChangeEventAsync(e.Id, gathering =>
        {
            gathering.AllowGrace(0);
            gathering.Close(DateTimeOffset.UtcNow);
        });
        var answer = new TaskCompletionSource();
        await phone.RouteAsync("**/api/class/**", async route =>
        {
            await answer.Task;
            await route.ContinueAsync();
        });
        var sent = phone.WaitForRequestAsync("**/api/class/**");
        await phone.Locator("#start").ClickAsync();
        await phone.Locator("[data-turn=sign]").ClickAsync();
        await WriteAsync(phone, "请2号王小红签名");
        await OtherChoicesAsync(phone);
        await sent;
        await phone.Locator("[data-turn=undo]").ClickAsync(); // while the server may have it already
        await Expect(phone.Locator(".turn-told")).ToContainTextAsync("正在送出");
        await Expect(phone.Locator("#turn h2")).ToHaveTextAsync("请2号王小红签名");
        answer.SetResult();
        await phone.Locator("[data-turn=leave]").ClickAsync();
        await Expect(phone.Locator("#refused")).ToContainTextAsync("能收的时候会自动再送");

        await App.ChangeEventAsync(e.Id, gathering => gathering.Open(DateTimeOffset.UtcNow));
        await phone.ReloadAsync(); // nobody presses anything

        await Expect(phone.Locator("[data-name=王小明]")).ToHaveAttributeAsync("data-state", "signed");
        await Expect(phone.Locator("#refused")).ToBeHiddenAsync();
        Assert.Equal("", await StoredAsync(phone));
    }

    [Fact]
    public async Task A_typed_name_is_checked_before_the_pupil_writes_and_what_nobody_sees_of_it_is_taken_out()
    {
        var e = await App.SeedEventAsync();
        var (_, secret) = await App.SeedClassLinkAsync(e, e.Primary);
        var phone = await PhoneAsync();
        await phone.GotoAsync($"/class/{secret}/relay");

        foreach (var (typed, words) in new[] { (" ", "请输入姓名"), ("钱七😀", "不能用的符号"), ("13812345678", "长号码") })
        {
            await phone.Locator("#typed-name").FillAsync(typed);
            await phone.Locator("#typed-name").PressAsync("Enter");
            await Expect(phone.Locator("#typed-error")).ToContainTextAsync(words);
            await Expect(phone.Locator("#turn")).ToBeHiddenAsync();
        }

        await phone.Locator("#typed-name").FillAsync("\uFEFF钱\u200B七\u202E");
        await phone.Locator("#typed-name").PressAsync("Enter");

        await Expect(phone.Locator("#turn h2")).ToContainTextAsync("钱七");
        await Expect(phone.Locator("[data-name=钱七]")).ToHaveCountAsync(1);
        await SignAloneAsync();
        // Another of the same name has a line of its own; where there is no list, nobody is said to have been on it.
        await phone.Locator("#typed-name").FillAsync("钱七");
        await phone.Locator("#typed-name").PressAsync("Enter");
        await SignAloneAsync();
        await Expect(phone.Locator("[data-name=钱七][data-state=signed]")).ToHaveCountAsync(2);
        await Expect(phone.Locator("#all-done")).ToBeHiddenAsync();

        async Task SignAloneAsync()
        {
            await phone.Locator("[data-turn=sign]").ClickAsync();
            await phone.Locator("#pad canvas").SignAsync();
            await phone.WaitForFunctionAsync("() => !document.querySelector('#pad.ignores-taps')");
            await phone.Locator("#pad").GetByText("完成").ClickAsync();
            await Expect(phone.Locator("#turn")).ToBeHiddenAsync();
        }
    }

    /// <summary>Writes on the sheet that is open; the next one's follows.</summary>
    private static async Task WriteAsync(IPage page, string next)
    {
        await page.Locator("#pad canvas").SignAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "完成" }).ClickAsync();
        await Expect(page.Locator("#pad h2")).ToHaveTextAsync(next);
    }

    /// <summary>From the sheet to the screen with the answers beside signing.</summary>
    private static async Task OtherChoicesAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "其他选择" }).ClickAsync();
        await Expect(page.Locator("#pad")).ToBeHiddenAsync();
    }

    /// <summary>All that the device keeps, as text.</summary>
    private static Task<string> StoredAsync(IPage page) => page.EvaluateAsync<string>(
        """
        () => new Promise(resolve => {
          const opened = indexedDB.open('safety-campaign-relay');
          opened.onsuccess = () => {
            const all = opened.result.transaction('waiting').objectStore('waiting').getAll();
            all.onsuccess = () => resolve(all.result.map(row => row.key + row.link + new TextDecoder().decode(row.sealed)).join());
          };
        })
        """);
}
