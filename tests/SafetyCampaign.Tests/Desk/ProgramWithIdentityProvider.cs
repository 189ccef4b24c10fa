namespace SafetyCampaign.Tests.Desk;

/// <summary>The program and a provider that it is configured for, both on real ports.</summary>
public sealed class ProgramWithIdentityProvider : CampaignApp
{
    public ProgramWithIdentityProvider()
    {
        Kestrel = true;
        Parts = Log.Install;
        foreach (var category in new[] { "Default", "Microsoft.AspNetCore", "Microsoft.AspNetCore.Authentication.OpenIdConnect" })
            Settings[$"Logging:LogLevel:{category}"] = "Trace"; // more than an operator would ever switch on
    }

    public TestIdentityProvider Provider { get; } = new() { EndsSessions = true };

    public CapturedLog Log { get; } = new();

    public SeededEvent Event { get; private set; } = null!;

    /// <summary>A visitor with its own cookies, who does not follow redirects; the host's own clients do, on a real port.</summary>
    public HttpClient OpenBrowser(string language = "zh-CN")
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        return client;
    }

    public override async ValueTask InitializeAsync()
    {
        await Provider.StartAsync();
        foreach (var (setting, value) in Provider.Settings)
            Settings[setting] = value;
        Settings["Accounts:OpenIdConnect:DisplayName:zh-CN"] = "荷塘区教育账号";
        await base.InitializeAsync();
        Event = await this.SeedEventAsync();
    }
}
