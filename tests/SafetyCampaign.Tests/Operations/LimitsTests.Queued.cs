using System.Net;
using System.Net.Http.Json;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Operations;

/// <summary>A phone on which families signed one after the other without a network.</summary>
public sealed partial class LimitsTests
{
    [Fact]
    public async Task What_waited_on_a_phone_without_a_network_arrives_at_once_by_the_keys_of_its_page()
    {
        using var phone = await PhoneAsync(School);
        var keys = (await app.Get<PublishedEvents>().FindAsync(seeded.Id, TestContext.Current.CancellationToken))!.Keys;
        var opened = clock.GetUtcNow() - Reading;

        for (var i = 0; i < 14; i++)
            Assert.Equal(HttpStatusCode.Created, (await SignAsync(phone, keys.Issue(opened))).StatusCode);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await SignAsync(phone, Guid.CreateVersion7(opened))).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await SignAsync(phone, keys.Issue(clock.GetUtcNow()))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SignAsync(phone, keys.Issue(opened), named: keys.Issue(opened))).StatusCode);
        var passed = 14;
        while (passed < 100 && await SignAsync(phone, keys.Issue(opened)) is { StatusCode: HttpStatusCode.Created })
            passed++;
        Assert.InRange(passed, 30, 40);
        using var neighbour = await PhoneAsync(School);
        Assert.Equal(HttpStatusCode.Created, (await SignAsync(neighbour)).StatusCode);
    }

    /// <summary>As the phone page sends it, with its key in a header as well.</summary>
    private Task<HttpResponseMessage> SignAsync(HttpClient phone, Guid key, Guid? named = null)
    {
        var body = Signing.Alone("volunteer");
        body["key"] = $"{key}";
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/events/{seeded.Code}/pledges") { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", $"{named ?? key}");
        return phone.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
