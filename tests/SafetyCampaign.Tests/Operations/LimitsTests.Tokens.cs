using System.Net;

namespace SafetyCampaign.Tests.Operations;

/// <summary>Another program that reads by a token has a budget of its own.</summary>
public sealed partial class LimitsTests
{
    [Fact]
    public async Task A_token_that_asks_too_often_is_asked_to_wait_and_others_are_not()
    {
        using var platform = app.CreateClient();
        for (var i = 0; i < 120; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync("one")).StatusCode);

        var refused = await AskAsync("one");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("/problems/too-many-requests", (string?)(await refused.JsonAsync())["type"]);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync("other")).StatusCode);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync("one")).StatusCode);

        async Task<HttpResponseMessage> AskAsync(string token)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/rollup");
            request.Headers.Authorization = new("Bearer", token);
            return await platform.SendAsync(request, TestContext.Current.CancellationToken);
        }
    }
}
