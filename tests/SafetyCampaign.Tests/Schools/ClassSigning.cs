using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace SafetyCampaign.Tests.Schools;

/// <summary>What a class's device sends.</summary>
public static class ClassSigning
{
    public static JsonObject Pupil(string name, int? seat = null, DateTimeOffset? signedAt = null)
    {
        var request = Signing.Request(null, [Signing.Signer("student", name)], guardianConsents: false);
        if (seat is not null)
            request["seat"] = seat;
        if (signedAt is { } at)
            request["signedAt"] = at;
        return request;
    }

    public static Task<HttpResponseMessage> SignInClassAsync(
        this HttpClient device, string secret, string name, int? seat = null, string? code = null) =>
        device.SendToClassAsync(secret, Pupil(name, seat), code);

    public static Task<HttpResponseMessage> SendToClassAsync(
        this HttpClient device, string secret, JsonNode request, string? code = null) =>
        device.PostAsJsonAsync($"/api/class/{secret}/pledges{(code is null ? "" : $"?event={code}")}", request,
            TestContext.Current.CancellationToken);
}
