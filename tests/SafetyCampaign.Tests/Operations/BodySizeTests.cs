using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace SafetyCampaign.Tests.Operations;

/// <summary>On a real server, because the one in memory does not count bytes.</summary>
public sealed class BodySizeTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sign_request_over_32_KB_is_refused_in_words(bool chunked)
    {
        await using var app = new CampaignApp { Kestrel = true };
        await app.InitializeAsync();
        var seeded = await app.SeedEventAsync();
        var (_, secret) = await app.SeedClassLinkAsync(seeded, seeded.Primary);
        foreach (var route in new[] { $"/api/events/{seeded.Code}/pledges", $"/api/class/{secret}/pledges" })
        {
            using var body = new StringContent($$"""{"key":"{{new string('a', 33 * 1024)}}"}""", Encoding.UTF8,
                new MediaTypeHeaderValue("application/json"));
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(route, UriKind.Relative)) { Content = body };
            request.Headers.TransferEncodingChunked = chunked;

            var answer = await app.CreateClient("en").SendAsync(request, TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
            var problem = await answer.JsonAsync();
            Assert.Equal("/problems/too-large", (string?)problem["type"]);
            Assert.Contains("32 KB", (string?)problem["detail"]);
        }
    }
}
