using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>
/// What somebody does in a real browser against the real program on a real port. A journey that fails leaves a picture
/// of every page it had open in TestResults.
/// </summary>
/// <param name="browser">The one browser.</param>
/// <param name="own">A program of the journey's own (see <see cref="SharedCampaignApp"/>); null for the one that all share.</param>
public abstract class Journey(Browser browser, CampaignApp? own = null) : IAsyncLifetime
{
    /// <summary>A browser without windows has no screen to keep awake, and would refuse.</summary>
    protected const string GrantWakeLock =
        "Object.defineProperty(navigator, 'wakeLock', { value: { request: async () => ({ released: false }) } })";

    /// <summary>WeChat on an Android phone, which is where most parents scan.</summary>
    private const string WeChat =
        "Mozilla/5.0 (Linux; Android 13; M2102J2SC Build/TKQ1.221114.001; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
        + "Chrome/126.0.6478.188 Mobile Safari/537.36 XWEB/1260183 MMWEBSDK/20240501 MicroMessenger/8.0.50.2701(0x28003253) WeChat/arm64 "
        + "Weixin NetType/WIFI Language/zh_CN ABI/arm64";

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private readonly List<IBrowserContext> contexts = [];
    private readonly ConcurrentQueue<string> scriptErrors = [];
    private CampaignApp? app;

    /// <summary>A part of what a page's script may fail with, unhandled, because the journey makes it; null for nothing.</summary>
    protected string? ExpectedScriptError { get; set; }

    protected CampaignApp App => own ?? app ?? throw new InvalidOperationException("The program is not running yet.");

    public virtual async ValueTask InitializeAsync()
    {
        if (own is null)
            app = await SharedCampaignApp.StartedAsync();
        else
            await own.InitializeAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
            await PhotographAsync();
        foreach (var context in contexts)
            await context.DisposeAsync();
        if (own is not null)
            await own.DisposeAsync();
        GC.SuppressFinalize(this);
        // A page whose script fails may look well for the rest of a journey.
        Assert.DoesNotContain(scriptErrors,
            error => ExpectedScriptError is not { } expected || !error.Contains(expected, StringComparison.Ordinal));
    }

    /// <summary>A small phone in WeChat.</summary>
    protected async Task<IPage> PhoneAsync(Action<BrowserNewContextOptions>? with = null)
    {
        var options = new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 360, Height = 640 },
            DeviceScaleFactor = 2,
            HasTouch = true,
            IsMobile = true,
            UserAgent = WeChat,
        };
        with?.Invoke(options);
        return await OpenAsync(options);
    }

    /// <summary>A projector.</summary>
    protected async Task<IPage> StageAsync(Action<BrowserNewContextOptions>? with = null)
    {
        var options = new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 720 } };
        with?.Invoke(options);
        return await OpenAsync(options);
    }

    /// <summary>A projector that shows an event, once its line to the server is open.</summary>
    /// <param name="server">Where the projector reaches the server, if not at its own address.</param>
    protected async Task<IPage> WatchAsync(SeededEvent e, Uri? server = null)
    {
        var stage = await StageAsync();
        await stage.AddInitScriptAsync(GrantWakeLock);
        var line = stage.WaitForWebSocketAsync();
        await stage.GotoAsync(new Uri(server ?? App.Address, $"/display/{e.Code}").ToString());
        await line;
        return stage;
    }

    /// <summary>The host's page on a phone, opened by a host link.</summary>
    protected async Task<IPage> HostAsync(SeededEvent e, Action<BrowserNewContextOptions>? with = null)
    {
        var host = await PhoneAsync(with);
        await host.GotoAsync((await App.SeedHostLinkAsync(e)).Address);
        return host;
    }

    /// <summary>A desk computer.</summary>
    protected async Task<IPage> DeskAsync(Action<BrowserNewContextOptions>? with = null)
    {
        var options = new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 900 } };
        with?.Invoke(options);
        return await OpenAsync(options);
    }

    /// <summary>Signs in as an administrator of the event's district.</summary>
    protected async Task SignInAsync(IPage page, SeededEvent e)
    {
        var name = $"老师{Guid.NewGuid():N}"[..20];
        await DeskVisitor.AddAccountAsync(App, name, e.District, OrganizerRole.Administrator);
        await page.GotoAsync("/organize/sign-in");
        await page.GetByLabel("用户名").FillAsync(name);
        await page.GetByLabel("密码").FillAsync(DeskVisitor.Password);
        await page.GetByLabel("密码").PressAsync("Enter");
        // Where the page is, not that it has loaded: waiting for both, the browser's word can be missed.
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/organize$"));
    }

    /// <summary>Fails for anything that axe can tell keeps somebody out (WCAG 2.2, A and AA).</summary>
    /// <remarks>
    /// Runs in the page itself and brings back only what is wrong. The runner that comes with axe opens a second page for each check, in
    /// which it joins what it found in the frames, and brings back everything that was looked at: three times as long.
    /// </remarks>
    protected static Task AccessibleAsync(IPage page) =>
        HoldsAsync(page, "{ type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }");

    /// <summary>The same in light and then in dark, where the page is the same but for its colours.</summary>
    protected static async Task AccessibleInEitherThemeAsync(IPage page)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await AccessibleAsync(page);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await HoldsAsync(page, "{ type: 'rule', values: ['color-contrast', 'link-in-text-block'] }");
    }

    private static async Task HoldsAsync(IPage page, string rules)
    {
        foreach (var frame in page.Frames) // it asks itself in each for what is wrong there
            if (await frame.EvaluateAsync<bool>("typeof axe === 'undefined'"))
                await frame.EvaluateAsync($"() => {{ {Axe} }}");
        var violations = await page.EvaluateAsync<string[]>(
            $$"""
            async () => {
              const found = await axe.run(document, { runOnly: {{rules}}, resultTypes: ['violations'] });
              return found.violations.map(it =>
                [`${it.id}: ${it.help}`, ...it.nodes.map(node => `  ${node.target} ${node.html}`)].join('\n'));
            }
            """);
        Assert.True(violations.Length == 0, $"{page.Url}\n{string.Join('\n', violations)}");
    }

    /// <summary>The page is read by scrolling down alone.</summary>
    protected static async Task NoSidewaysAsync(IPage page)
    {
        var over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(over <= 0, $"{page.Url} is {over} px too wide.");
    }

    /// <summary>As a phone set to large text does it: every size twice, boxes as they are.</summary>
    protected static Task EnlargeTextAsync(IPage page) => page.EvaluateAsync(
        """
        () => {
          const all = [...document.body.querySelectorAll('*')].filter(it => it instanceof HTMLElement);
          const sizes = all.map(it => parseFloat(getComputedStyle(it).fontSize));
          all.forEach((it, i) => it.style.fontSize = `${2 * sizes[i]}px`);
        }
        """);

    /// <summary>What was written in the event.</summary>
    protected static IQueryable<Signature> SignaturesOf(CampaignDb db, SeededEvent e) =>
        db.Signatures.Where(s => db.Pledges.Any(p => p.EventId == e.Id && p.Sequence == s.Sequence));

    private async Task<IPage> OpenAsync(BrowserNewContextOptions options)
    {
        options.BaseURL ??= App.Address.ToString();
        options.Locale ??= "zh-CN";
        options.TimezoneId ??= "Asia/Shanghai";
        var context = await browser.OpenAsync(options);
        contexts.Add(context);
        context.WebError += (_, it) => scriptErrors.Enqueue($"{it.Page?.Url}: {it.Error}");
        // What takes longer than this on a busy machine is stuck.
        context.SetDefaultTimeout(20_000);
        return await context.NewPageAsync();
    }

    private async Task PhotographAsync()
    {
        var test = string.Concat(TestContext.Current.TestMethod!.MethodName.Split(Path.GetInvalidFileNameChars()));
        foreach (var (page, i) in contexts.SelectMany(c => c.Pages).Select((page, i) => (page, i)))
            await page.ScreenshotAsync(
                new PageScreenshotOptions { Path = Path.Combine(Source.Root, "TestResults", $"{test}-{i}.png"), FullPage = true });
    }
}
