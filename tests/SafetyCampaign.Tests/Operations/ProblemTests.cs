using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Tests.Operations;

public sealed class ProblemTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    [Theory]
    [InlineData("GET", "/api/nothing", null, 404, "not-found")]
    [InlineData("GET", "/api/events/ABC123", null, 404, "no-such-event")]
    [InlineData("DELETE", "/api/events/ABC123", null, 405, "method-not-allowed")]
    [InlineData("POST", "/api/events/{code}/pledges", "text/plain", 415, "not-json")]
    [InlineData("POST", "/api/events/{code}/pledges", "application/json", 400, "unreadable")]
    public async Task What_the_api_refuses_has_one_shape(string method, string address, string? contentType, int status, string name)
    {
        var seeded = await app.SeedEventAsync();
        foreach (var (language, letters) in new[] { ("zh-CN", @"\p{IsCJKUnifiedIdeographs}"), ("en", "[a-z]") })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), address.Replace("{code}", seeded.Code));
            if (contentType is not null)
                request.Content = new StringContent("{", Encoding.UTF8, contentType);

            var answer = await app.CreateClient(language).SendAsync(request, TestContext.Current.CancellationToken);

            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
            Assert.Equal(language, Assert.Single(answer.Content.Headers.ContentLanguage));
            var problem = await answer.JsonAsync();
            Assert.Equal($"/problems/{name}", (string?)problem["type"]);
            Assert.Equal(status, (int)problem["status"]!);
            Assert.Matches(letters, (string?)problem["title"]);
            Assert.Matches(letters, (string?)problem["detail"]);
        }
    }

    [Fact]
    public void A_request_whose_body_came_too_slowly_is_to_be_sent_again() =>
        Assert.Equal(Problem.Unavailable, Problem.OfStatus(new DefaultHttpContext(), StatusCodes.Status408RequestTimeout));

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task A_fault_of_ours_shows_no_stack_trace(string environment)
    {
        await using var broken = new CampaignApp { Environment = environment };
        await broken.InitializeAsync();
        await using (var db = broken.OpenStore())
            await db.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys=OFF; DROP TABLE Events", TestContext.Current.CancellationToken);

        foreach (var address in new[] { "/api/events/ABC123", "/e/ABC123" })
        {
            var answer = await broken.CreateClient().GetAsync(address, TestContext.Current.CancellationToken);
            var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
            Assert.DoesNotContain("SafetyCampaign.", body);
            Assert.DoesNotContain("SQLite", body);
        }
    }
}
