namespace SafetyCampaign.Desk;

/// <summary>
/// The browser and the system that a User-Agent header names, in words, so that people recognize their own devices. Nothing else
/// of the header is kept: its version numbers could tell one device from another.
/// </summary>
internal static class DeviceDescription
{
    /// <summary>A browser names those that it descends from as well, so the first that is found counts.</summary>
    private static readonly (string Token, string Name)[] Browsers =
    [
        ("MicroMessenger", "WeChat"), ("DingTalk", "DingTalk"), ("Edg", "Edge"), ("OPR/", "Opera"), ("HuaweiBrowser", "Huawei Browser"),
        ("MiuiBrowser", "Mi Browser"), ("QQBrowser", "QQ Browser"), ("UCBrowser", "UC Browser"), ("Quark", "Quark"),
        ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"),
        ("Chrome", "Chrome"), ("Safari", "Safari"),
    ];

    private static readonly (string Token, string Name)[] Systems =
    [
        ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
        ("CrOS", "ChromeOS"), ("Mac OS", "macOS"), ("Linux", "Linux"),
    ];

    /// <returns>Such as "Chrome, Windows"; empty where neither is known.</returns>
    public static string Of(string userAgent) =>
        string.Join(", ", new[] { Find(Browsers, userAgent), Find(Systems, userAgent) }.OfType<string>());

    private static string? Find((string Token, string Name)[] known, string userAgent) =>
        Array.Find(known, one => userAgent.Contains(one.Token, StringComparison.Ordinal)).Name;
}
