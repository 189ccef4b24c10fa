using System.Net;
using System.Text.Json.Nodes;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>A phone at the sign API, for the tests of its answers on either database.</summary>
public abstract class SignApi(CampaignApp app)
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected CampaignApp App => app;

    protected HttpClient Phone { get; } = app.CreateClient();

    /// <summary>A refusal is a problem in words, of a stable type, and shows nothing of the inside.</summary>
    protected static async Task<JsonObject> RefusedAsync(HttpResponseMessage response, HttpStatusCode status, string? type = null)
    {
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(status == response.StatusCode, $"{(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain(" at SafetyCampaign.", text, StringComparison.Ordinal);
        var problem = JsonNode.Parse(text)!.AsObject();
        Assert.Equal((int)status, problem["status"]!.GetValue<int>());
        Assert.False(string.IsNullOrWhiteSpace(problem["title"]!.GetValue<string>()));
        Assert.False(string.IsNullOrWhiteSpace(problem["detail"]!.GetValue<string>()));
        if (type is not null)
            Assert.Equal($"/problems/{type}", problem["type"]!.GetValue<string>());
        return problem;
    }
}
