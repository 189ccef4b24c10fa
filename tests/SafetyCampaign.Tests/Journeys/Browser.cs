using Microsoft.Playwright;
using SafetyCampaign.Tests.Journeys;

[assembly: AssemblyFixture(typeof(Browser))]

namespace SafetyCampaign.Tests.Journeys;

/// <summary>
/// The one browser of all journeys: the Chromium, Chrome or Edge that the system has (or <c>CHROME_PATH</c> names). Its headless shell,
/// where it is installed, goes first: the same pages without windows, for a little over half of the processor time.
/// Where there is none the journeys are skipped, and say so; in CI that is a failure.
/// </summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Names =
    [
        "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge",
        "msedge",
    ];

    private static readonly string[] Places =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
        @"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
    ];

    /// <summary>
    /// What Playwright turns off, since of this argument the browser takes the last one; and the pages behind the address field, which
    /// nobody sees here: the browser starts processes for them with every context.
    /// </summary>
    private static readonly string[] Unused =
    [
        "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "DialMediaRouteProvider", "GlobalMediaControls",
        "HttpsUpgrades", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
        "BlockOriginHeaderModificationOnRedirect", "AvoidCorsURLLoaderRestartOnRedirect", "Translate", "AutoDeElevate",
        "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled", "msForceBrowserSignIn",
        "msEdgeUpdateLaunchServicesPreferredVersion",
        "PreloadTopChromeWebUI", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",
    ];

    private readonly SemaphoreSlim starting = new(1);
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>A visitor with cookies and storage of its own.</summary>
    public async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions options) => await (await StartedAsync()).NewContextAsync(options);

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        starting.Dispose();
    }

    private async Task<IBrowser> StartedAsync()
    {
        await starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (browser is not null)
                return browser;
            var path = Find();
            if (path is null)
            {
                const string missing = "There is no Chromium, Chrome or Edge on this machine; CHROME_PATH may name one.";
                Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", missing);
                Assert.Fail(missing);
            }
            playwright = await Playwright.CreateAsync();
            Assertions.SetDefaultExpectTimeout(20_000);
            browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = path,
                ChromiumSandbox = false,
                Args = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                    "--disable-component-update", "--disable-sync", "--disable-features=" + string.Join(',', Unused),
                    "--ignore-certificate-errors"], // a service worker's script too comes from a server with a test's own certificate
            });
            return browser;
        }
        finally
        {
            starting.Release();
        }
    }

    private static string? Find()
    {
        var named = Environment.GetEnvironmentVariable("CHROME_PATH");
        if (!string.IsNullOrEmpty(named))
            return named;
        var endings = OperatingSystem.IsWindows() ? ".exe" : "";
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return onPath.SelectMany(folder => Names.Select(name => Path.Combine(folder, name + endings))).Concat(Places)
            .FirstOrDefault(File.Exists);
    }
}
