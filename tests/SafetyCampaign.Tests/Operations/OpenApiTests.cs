using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace SafetyCampaign.Tests.Operations;

/// <summary>
/// The description of the API is committed, so that a change of the API shows in review. After a deliberate change,
/// run these tests with <c>WRITE_CONTRACT=1</c> and look at the diff.
/// </summary>
public sealed class OpenApiTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static readonly string Committed = Path.Combine(Source.Root, "docs", "openapi.v1.json");

    [Fact]
    public async Task The_committed_description_is_the_one_that_is_served()
    {
        var served = await app.CreateClient().GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        if (Environment.GetEnvironmentVariable("WRITE_CONTRACT") == "1")
            await File.WriteAllTextAsync(Committed, served + "\n", TestContext.Current.CancellationToken);

        var committed = await File.ReadAllTextAsync(Committed, TestContext.Current.CancellationToken);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(committed), JsonNode.Parse(served)),
            "docs/openapi.v1.json is not what the program serves. If the API was meant to change: WRITE_CONTRACT=1 dotnet test, then look "
                + "at the diff.");
    }

    [Fact]
    public async Task Every_address_of_the_api_is_described_with_a_summary()
    {
        var served = await app.CreateClient().GetFromJsonAsync<JsonObject>("/openapi/v1.json", TestContext.Current.CancellationToken);

        var paths = served!["paths"]!.AsObject();
        Assert.Equal(
            [
                "/api/class/{secret}/pledges", "/api/events/{code}", "/api/events/{code}/pledges", "/api/events/{code}/signers",
                "/api/events/{code}/stage", "/api/events/{code}/tally", "/api/rollup",
            ],
            paths.Select(path => path.Key).Order());
        Assert.All(paths.SelectMany(path => path.Value!.AsObject()),
            operation => Assert.False(string.IsNullOrEmpty((string?)operation.Value!["summary"])));
    }

    [Fact]
    public async Task The_description_does_not_repeat_the_host_that_was_asked()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json");
        request.Headers.Host = "evil.example";

        var answer = await app.CreateClient().SendAsync(request, TestContext.Current.CancellationToken);

        Assert.DoesNotContain("evil", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
