using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using SafetyCampaign.Desk;

namespace SafetyCampaign.Tests.Desk;

/// <summary>What is configured of the identity provider, and what becomes of signing in while the provider is away.</summary>
public sealed class IdentityProviderSettingsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Authority", "http://id.example.cn", "begins with https://")]
    [InlineData("Authority", "id.example.cn", "begins with https://")]
    [InlineData("Authority", "https://id.example.cn/?realm=1", "begins with https://")]
    [InlineData("Authority", "", "Set Accounts:OpenIdConnect:Authority")]
    [InlineData("ClientId", "", "Accounts:OpenIdConnect:ClientId is missing")]
    [InlineData("Scopes", "profile", "must hold openid")]
    [InlineData("SubjectClaim", " ", "Accounts:OpenIdConnect:SubjectClaim is empty")]
    [InlineData("Timeout", "5", "Accounts:OpenIdConnect:Timeout is")] // days, as .NET reads it
    [InlineData("DisplayName:fr", "École", "There are: zh-CN, en")]
    [InlineData("DisplayName:en", "a\u202eb", "visible characters")]
    [InlineData("DisplayName:en", "Hetang District", null)]
    [InlineData("Authority", "http://127.0.0.1:8080/realms/schools/", null)]
    public void A_setting_that_makes_no_sense_is_refused_with_a_sentence(string setting, string value, string? said)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Authority"] = "https://id.example.cn",
            ["ClientId"] = "pledges",
            [setting] = value,
        };
        var options = new ConfigurationBuilder().AddInMemoryCollection(settings).Build().Get<IdentityProviderOptions>()!;

        var outcome = new IdentityProviderOptions.Validator(new InProduction()).Validate(null, options);

        Assert.Equal(said is null, outcome.Succeeded);
        Assert.Contains(said ?? "", outcome.FailureMessage ?? "");
    }

    [Fact]
    public async Task The_address_to_come_back_to_is_the_configured_one_whatever_host_a_request_names_and_its_cookies_are_closed()
    {
        await using var provider = new TestIdentityProvider();
        await provider.StartAsync();
        await using var app = new CampaignApp { Settings = provider.Settings };
        app.Settings["PublicBaseUrl"] = "https://pledge.example.cn";
        await app.InitializeAsync();
        var client = app.CreateClient();
        client.BaseAddress = new Uri("https://localhost");
        client.DefaultRequestHeaders.Host = "evil.example";

        var begun = await client.GetAsync(new Uri(DeskRoutes.ProviderSignIn, UriKind.Relative), Cancellation);

        Assert.Equal("https://pledge.example.cn/organize/sign-in/provider/callback",
            QueryHelpers.ParseQuery(begun.Headers.Location!.Query)["redirect_uri"]);
        var cookies = begun.Headers.GetValues("Set-Cookie").ToList();
        Assert.Equal(["__Host-desk-attempt", "__Host-desk-nonce"], cookies.Select(cookie => cookie.Split('.')[0]).Order());
        Assert.All(cookies, cookie => Assert.All(["; path=/;", "secure", "httponly", "samesite=lax", "expires="],
            rule => Assert.Contains(rule, cookie)));
    }

    [Fact]
    public async Task Without_the_provider_the_program_starts_and_signs_in_by_password_and_with_it_by_both()
    {
        await using var provider = new TestIdentityProvider();
        await provider.StartAsync();
        var port = new Uri(provider.Issuer).Port;
        await provider.StopAsync();
        await using var app = new CampaignApp { Settings = provider.Settings };
        await app.InitializeAsync();
        var visitor = new DeskVisitor(app.CreateClient());

        var answer = await visitor.GetAsync(DeskRoutes.ProviderSignIn);

        Assert.Contains("没有回应", await visitor.ReadAsync(answer.Headers.Location!.ToString()));
        var e = await app.SeedEventAsync();
        await DeskVisitor.SignInAsync(app, e.Organization);
        await provider.StartAsync(port);
        Assert.StartsWith(provider.Issuer, (await visitor.GetAsync(DeskRoutes.ProviderSignIn)).Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_provider_that_is_slow_holds_nobody_up_for_longer_than_the_time_limit()
    {
        await using var provider = new TestIdentityProvider();
        await provider.StartAsync();
        provider.Delay = new TaskCompletionSource().Task;
        await using var app = new CampaignApp { Settings = provider.Settings };
        app.Settings["Accounts:OpenIdConnect:Timeout"] = "00:00:01";
        await app.InitializeAsync();
        var visitor = new DeskVisitor(app.CreateClient("en"));

        var answer = await visitor.GetAsync(DeskRoutes.ProviderSignIn);

        Assert.Contains("does not answer now", await visitor.ReadAsync(answer.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task A_provider_that_calls_itself_another_is_not_believed()
    {
        await using var provider = new TestIdentityProvider();
        await provider.StartAsync();
        await using var app = new CampaignApp { Settings = provider.Settings };
        app.Settings["Accounts:OpenIdConnect:Authority"] = provider.Issuer.Replace("localhost", "127.0.0.1");
        await app.InitializeAsync();

        var answer = await app.CreateClient().GetAsync(new Uri(DeskRoutes.ProviderSignIn, UriKind.Relative), Cancellation);

        Assert.Equal($"{DeskRoutes.SignIn}?provider=Unreachable", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task The_program_does_not_start_with_half_a_provider()
    {
        await using var app = new CampaignApp { Settings = { ["Accounts:OpenIdConnect:Authority"] = "https://id.example.cn" } };

        await Assert.ThrowsAnyAsync<Exception>(async () => await app.InitializeAsync());
    }

    [Fact]
    public async Task Whoever_comes_through_the_provider_is_not_asked_for_a_second_factor_here()
    {
        await using var app = new CampaignApp { Settings = { ["Accounts:RequireSecondFactor"] = "Everyone" } };
        await app.InitializeAsync();
        var account = await DeskVisitor.AddAccountAsync(app, "老师", (await app.SeedEventAsync()).Organization);
        var sessions = app.Get<OrganizerSessions>();
        foreach (var throughProvider in new[] { true, false })
        {
            var key = await sessions.StartAsync(account, "", throughProvider, Cancellation);
            Assert.Equal(!throughProvider, (await sessions.FindAsync(key, inUse: false, Cancellation))!.MustSetUpSecondFactor());
        }
    }

    private sealed class InProduction : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Production;
        public string ApplicationName { get; set; } = "";
        public string ContentRootPath { get; set; } = "";
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
