using System.Net;
using Microsoft.Extensions.Configuration;
using SafetyCampaign.Desk;

namespace SafetyCampaign.Tests.Organizing;

/// <summary>How long a session may be set to live.</summary>
public sealed partial class SessionTests
{
    [Theory]
    [InlineData("Accounts:SessionLifetime", "12")] // days, as .NET reads it
    [InlineData("Accounts:SessionLifetime", "00:01:00")]
    [InlineData("Accounts:SessionIdleTimeout", "13:00:00")]
    [InlineData("Accounts:SessionIdleTimeout", "00:00:00")]
    public void A_life_that_makes_no_sense_is_refused_with_a_sentence(string setting, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(setting, (string?)value)]).Build();
        var options = configuration.GetSection("Accounts").Get<DeskSessionOptions>()!;

        var refused = new DeskSessionOptions.Validator().Validate(null, options);

        Assert.Contains($"{setting} is", refused.FailureMessage);
        Assert.Contains("for example", refused.FailureMessage);
    }

    [Fact]
    public async Task The_program_does_not_start_with_such_a_life_and_does_with_a_shorter_one()
    {
        await using var refused = new CampaignApp { Settings = { ["Accounts:SessionLifetime"] = "12" } };
        await Assert.ThrowsAnyAsync<Exception>(async () => await refused.InitializeAsync());

        await using var shorter = new CampaignApp { Clock = program.Clock, Settings = { ["Accounts:SessionLifetime"] = "02:00:00" } };
        await shorter.InitializeAsync();
        var visitor = await DeskVisitor.SignInAsync(shorter, (await shorter.SeedEventAsync()).Organization);
        program.Clock.Advance(TimeSpan.FromHours(1.5));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/organize")).StatusCode);
        program.Clock.Advance(TimeSpan.FromHours(0.6));
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/organize")).StatusCode);
    }
}
