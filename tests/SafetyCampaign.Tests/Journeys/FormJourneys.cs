using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>
/// An organizer presses buttons in the desk's forms and saves: what was on the screen is what is stored. FormTests does it
/// without a script.
/// </summary>
public sealed partial class FormJourneys(Browser browser) : Journey(browser)
{
    private const string OtherButtons = "main form[method=post] button[formaction]:visible:enabled";

    /// <summary>What a person sees in the form that was marked: names and values of its controls but hidden ones.</summary>
    private const string Seen =
        """
        () => [...document.querySelector('main form[method=post]:has(button[formaction])').elements]
          .filter(it => it.name && it.type !== 'hidden'
            && it.tagName !== 'BUTTON' && (!['checkbox', 'radio'].includes(it.type) || it.checked))
          .map(it => `${it.name}=${it.value}`)
        """;

    [Fact]
    public async Task After_any_button_in_a_form_saving_stores_what_was_on_the_screen()
    {
        var pages = await PagesWithForms.SeedAsync(App, EventStage.Draft);
        var page = await DeskAsync();
        await SignInAsync(page, pages.Event);
        var tried = new HashSet<string>();
        var wrong = new List<string>();
        foreach (var found in (await pages.FindAsync()).Where(found => found.Route.StartsWith(DeskRoutes.Home, StringComparison.Ordinal)))
        {
            var address = pages.AddressOf(found);
            await page.GotoAsync(address);
            if (new Uri(page.Url).PathAndQuery != address)
                continue;
            var buttons = await page.Locator(OtherButtons)
                .EvaluateAllAsync<string[]>("them => them.map(it => new URL(it.formAction).searchParams.get('handler'))");
            // The first and the last of those that call one handler; those before them may be gone by then.
            foreach (var (handler, last) in buttons.Distinct().SelectMany(handler => new[] { (handler, false), (handler, true) }))
            {
                await page.GotoAsync(address);
                var alike = page.Locator($"{OtherButtons}[formaction*='handler={handler}']");
                var button = last ? alike.Last : alike.First;
                await TypeEverywhereAsync(page);
                await PressAsync(button);
                Assert.DoesNotContain("handler", page.Url);
                tried.Add($"{found.Route} {handler}");
                wrong.AddRange((await SaveAsync(page, address)).Select(what => $"{address} {handler}: {what}"));
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Superset(new HashSet<string>
        {
            $"{DeskRoutes.EventScenesPattern} Move", $"{DeskRoutes.EventScenesPattern} Remove", $"{DeskRoutes.EventScenesPattern} Add",
            $"{DeskRoutes.EventClassesPattern} School",
        }, tried);
    }

    [Fact]
    public async Task All_classes_of_a_school_are_ticked_and_saved()
    {
        var (page, e) = await BeginAsync();
        await using (var db = App.OpenStore())
        {
            (await db.Events.Include(x => x.Classes).SingleAsync(x => x.Id == e.Id, TestContext.Current.CancellationToken)).Classes.Clear();
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        await page.GotoAsync(DeskRoutes.EventClasses(e.Code));

        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "全选 大塘冲小学", Exact = true }));
        await Expect(page.GetByText("还没有保存").First).ToBeVisibleAsync();
        await SaveAsync(page);

        Assert.Equal([e.Primary, e.OtherPrimary], (await LoadAsync(e)).Classes.Select(c => c.Id).Order());
    }

    [Fact]
    public async Task Scenes_are_moved_twice_one_removed_one_added_and_saved_with_what_was_typed()
    {
        var (page, e) = await BeginAsync();
        await page.GotoAsync(DeskRoutes.EventScenes(e.Code));
        var titles = await TitlesAsync(page);

        await PressAsync(Up(page, 2));
        await Expect(Up(page, 1)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(Title(page, 0)).ToHaveValueAsync(titles[2]);
        await UnfoldAsync(page, 0);
        await Title(page, 0).FillAsync("开场的话");
        await Expect(Scene(page, 0).Locator("summary strong")).ToContainTextAsync("开场的话");
        await PressAsync(Scene(page, 3).GetByRole(AriaRole.Button, new() { Name = "移除" }));
        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "添加", Exact = true }));
        var shown = await TitlesAsync(page);
        await SaveAsync(page);

        Assert.Equal(["开场的话", titles[0], titles[1], .. titles[4..]], shown[..^1]);
        Assert.Equal(shown, (await LoadAsync(e)).Scenes.OrderBy(s => s.Position).Select(s => s.Title));
    }

    [Fact]
    public async Task A_blank_event_gets_its_scenes()
    {
        var (page, e) = await BeginAsync();
        await page.GotoAsync($"{DeskRoutes.NewEvent}?start=blank");
        await page.Locator("[name='Form.Title']").FillAsync("河边的一课");
        await page.Locator("[name='Form.Place']").FillAsync("河边");
        await page.Locator("[name='Form.StartsAt']").FillAsync("2097-07-17T09:00");
        await Expect(page.Locator("[name='Form.EndsAt']")).ToHaveValueAsync("2097-07-17T11:00");
        await page.Locator("[name='Form.EndsAt']").FillAsync("2097-07-17T08:00");
        await page.Locator("[name='Form.StartsAt']").FillAsync("2097-07-17T09:30");
        await Expect(page.Locator("[name='Form.EndsAt']")).ToHaveValueAsync("2097-07-17T08:00");
        await page.Locator("[name='Form.OrganizationId']").SelectOptionAsync($"{e.Organization}");
        await Expect(page.Locator("[name='Form.CampaignId']")).ToHaveValueAsync($"{e.CampaignId}");
        await page.Locator("summary", new() { HasText = "更多" }).ClickAsync();
        await page.Locator("[name='Form.CampaignId']").SelectOptionAsync("");
        await page.Locator("main button.main").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.Locator("[name='Form.EndsAt']").FillAsync("2097-07-17T11:00");
        await page.Locator("main button.main").ClickAsync();
        await Expect(page).ToHaveURLAsync(AnEvent());

        await page.GotoAsync(new Uri(page.Url).AbsolutePath + "/scenes");
        await page.Locator("[name=Kind]").SelectOptionAsync("Oath");
        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "添加", Exact = true }));
        await page.Locator("[name=Kind]").SelectOptionAsync("Signing");
        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "添加", Exact = true }));
        await SaveAsync(page);

        await using var db = App.OpenStore();
        var made = await db.Events.Include(x => x.Scenes).SingleAsync(x => x.Title == "河边的一课", TestContext.Current.CancellationToken);
        Assert.Equal([SceneKind.Oath, SceneKind.Signing], made.Scenes.OrderBy(s => s.Position).Select(s => s.Kind));
    }

    [Fact]
    public async Task A_refused_order_of_scenes_comes_back_as_it_was_and_is_saved_once_corrected()
    {
        var (page, e) = await BeginAsync();
        await page.GotoAsync(DeskRoutes.EventScenes(e.Code));
        await PressAsync(Up(page, 1));
        await UnfoldAsync(page, 0);
        await Title(page, 0).FillAsync("");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(Title(page, 0)).ToHaveValueAsync("");
        await PressAsync(Scene(page, 1).Locator("button").Nth(1));

        await Title(page, 0).FillAsync("先看一部短片");
        var shown = await TitlesAsync(page);
        await Title(page, 0).PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(AnEvent());

        Assert.Equal(shown, (await LoadAsync(e)).Scenes.OrderBy(s => s.Position).Select(s => s.Title));
    }

    [Fact]
    public async Task Back_leads_to_the_page_before_and_a_form_come_back_to_is_saved_as_it_stands()
    {
        var (page, e) = await BeginAsync();
        await page.GotoAsync(DeskRoutes.Event(e.Code));
        await page.GotoAsync(DeskRoutes.EventScenes(e.Code));
        await PressAsync(Up(page, 1));
        await PressAsync(Up(page, 2));
        await page.GoBackAsync();
        await Expect(page).ToHaveURLAsync(AnEvent());

        await page.GoForwardAsync();
        await UnfoldAsync(page, 0);
        await Title(page, 0).FillAsync("欢迎各位家长");
        var shown = await TitlesAsync(page);
        await SaveAsync(page);
        Assert.Equal(shown, (await LoadAsync(e)).Scenes.OrderBy(s => s.Position).Select(s => s.Title));

        // The form of before the saving says so once, then is saved as it stands.
        await page.GoBackAsync();
        await UnfoldAsync(page, 0);
        await Title(page, 0).FillAsync("欢迎");
        shown = await TitlesAsync(page);
        await page.Locator("main .save-bar button.main").ClickAsync();
        await Expect(page.Locator("main .form-errors, main .event-head").First).ToBeVisibleAsync();
        if (!AnEvent().IsMatch(page.Url))
            await SaveAsync(page);
        Assert.Equal(shown, (await LoadAsync(e)).Scenes.OrderBy(s => s.Position).Select(s => s.Title));
    }

    [Fact]
    public async Task The_wording_is_previewed_then_saved_without_a_script()
    {
        var e = await App.SeedEventAsync(EventState.Draft);
        var page = await DeskAsync(with => with.JavaScriptEnabled = false);
        await SignInAsync(page, e);
        var campaign = DeskRoutes.EditText(e.CampaignId, SignerRole.Student, e.Code);
        await page.GotoAsync(campaign);
        await page.Locator("#Form_Title").FillAsync("我的承诺");

        await page.Locator("#update-preview").ClickAsync();
        await Expect(page.Locator(".phone-screen h2")).ToHaveTextAsync("我的承诺");
        await page.Locator("#Form_Closing").FillAsync("我会做到。");
        await page.Locator("main form button.main").ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex($"/texts/student/2\\?event={e.Code}$"));
        await using var db = App.OpenStore();
        var written = await db.Texts.SingleAsync(t => t.CampaignId == e.CampaignId && t.Role == SignerRole.Student && t.Version == 2,
            TestContext.Current.CancellationToken);
        Assert.Equal(("我的承诺", "我会做到。"), (written.Wording.Title, written.Wording.Closing));
    }

    [Fact]
    public async Task The_volume_is_set_by_the_slider_and_the_sound_stays_as_it_is()
    {
        var (page, e) = await BeginAsync();
        await page.GotoAsync($"/host/{e.Code}");
        var film = (await App.Get<PublishedEvents>()
            .FindAsync(e.Id, TestContext.Current.CancellationToken))!.Scenes.First(s => s.Kind == SceneKind.Film);
        await page.Locator($"#to-{film.Id}").ClickAsync();
        await page.Locator("#volume").FillAsync("35");
        await Expect(page.Locator("#sound")).Not.ToHaveClassAsync(new Regex("\\bon\\b"));

        await page.Locator("#volume").PressAsync("Enter");
        await page.ReloadAsync();

        await Expect(page.Locator("#volume")).ToHaveValueAsync("35");
        await Expect(page.Locator("#sound")).Not.ToHaveClassAsync(new Regex("\\bon\\b"));
        await Expect(page.Locator(".clock [data-since]")).ToHaveCountAsync(0);
    }

    private async Task<(IPage Page, SeededEvent Event)> BeginAsync()
    {
        var e = await App.SeedEventAsync(EventState.Draft);
        var page = await DeskAsync();
        await SignInAsync(page, e);
        return (page, e);
    }

    private static ILocator Scene(IPage page, int place) => page.Locator($"#scene-{place}");

    private static ILocator Title(IPage page, int place) => page.Locator($"[name='Scenes[{place}].Title']");

    private static async Task<string[]> TitlesAsync(IPage page) =>
        await page.Locator("[name^='Scenes['][name$='.Title']:not([name*='.Translations['])")
            .EvaluateAllAsync<string[]>("them => them.map(it => it.value)");

    private static Task TypeEverywhereAsync(IPage page) => page.EvaluateAsync(
        """
        () => {
          const fields = document.querySelectorAll('main form[method=post]:has(button[formaction]) :is(input[type=text], textarea)');
          fields.forEach((it, i) => it.value += it.value && `·${i}`);
        }
        """);

    /// <summary>Presses a button in a form and waits for the form that comes instead.</summary>
    private static async Task PressAsync(ILocator button)
    {
        var form = await button.Locator("xpath=ancestor::form").ElementHandleAsync();
        await button.ClickAsync();
        await button.Page.WaitForFunctionAsync("form => !form.isConnected && document.readyState === 'complete'", form);
    }

    /// <summary>
    /// Presses the form's own button and opens the page again; what is stored then and was not on the screen, and the other
    /// way round.
    /// </summary>
    private static async Task<IEnumerable<string>> SaveAsync(IPage page, string address)
    {
        address = address.Split('?')[0]; // as it is without a question about it
        var shown = await page.EvaluateAsync<string[]>(Seen);
        await page.Locator("main form[method=post]:has(button[formaction]) button.main:not([formaction])").Last.ClickAsync();
        await Expect(page).Not.ToHaveURLAsync(new Regex($"{Regex.Escape(address)}($|[?#])"));
        await page.GotoAsync(address);
        var stored = await page.EvaluateAsync<string[]>(Seen);
        return stored.SequenceEqual(shown)
            ? []
            : [$"stored {string.Join(", ", stored.Except(shown))}, on the screen {string.Join(", ", shown.Except(stored))}"];
    }

    /// <summary>Saves, which leads to the event's own page.</summary>
    private static async Task SaveAsync(IPage page)
    {
        await page.Locator("main .save-bar button.main").ClickAsync();
        await Expect(page).ToHaveURLAsync(AnEvent());
    }

    private async Task<CampaignEvent> LoadAsync(SeededEvent e)
    {
        await using var db = App.OpenStore();
        return await db.Events.AsSplitQuery().Include(x => x.Scenes).Include(x => x.Classes)
            .SingleAsync(x => x.Id == e.Id, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("/organize/events/[0-9A-Z]{6}(#.*)?$")]
    private static partial Regex AnEvent();
}
