using Microsoft.Playwright;

namespace SafetyCampaign.Load.Faults.Network;

/// <summary>The Chromium or Chrome that the system has, or <c>CHROME_PATH</c> names.</summary>
internal static class SystemBrowser
{
    private static readonly string[] Names =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chromium-headless-shell"];

    public static string? Find() => Environment.GetEnvironmentVariable("CHROME_PATH") is { Length: > 0 } named ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright, string path, params string[] more) =>
        playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            ChromiumSandbox = false,
            Args = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", .. more],
        });
}
