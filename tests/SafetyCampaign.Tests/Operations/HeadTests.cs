using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Operations;

/// <summary>HEAD, as link checkers, monitors and messengers ask before they show an address.</summary>
public sealed partial class HeadTests
{
    [Fact]
    public async Task Every_route_that_answers_GET_answers_HEAD_alike_and_without_a_body()
    {
        await using var app = new CampaignApp { Kestrel = true };
        await app.InitializeAsync();
        var e = await app.SeedEventAsync();
        await DeskVisitor.AddAccountAsync(app, "王老师", e.District, OrganizerRole.Administrator);
        using var desk = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = app.Address };
        await new DeskVisitor(desk).SignInAsync("王老师");
        using var phone = app.CreateClient();
        var signed = await (await phone.SignAsync(e.Code, Signing.Family(e))).JsonAsync();
        Dictionary<string, string> values = new() { ["code"] = e.Code, ["receipt"] = $"{signed["receipt"]}", ["version"] = "1" };
        var routes = Routes(app)
            .Select(route => Hole().Replace(route, hole => values.GetValueOrDefault(hole.Groups[1].Value, "1"))).ToList();
        Assert.Contains($"/api/events/{e.Code}/tally", routes);
        Assert.True(routes.Count > 50, $"{routes.Count} routes");

        var wrong = new List<string>();
        foreach (var route in routes)
            if (await ToldApartAsync(desk, route) is { } difference)
                wrong.Add($"{route}: {difference}");
        Assert.Empty(wrong);
    }

    private static async Task<string?> ToldApartAsync(HttpClient client, string route)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var request = new HttpRequestMessage(HttpMethod.Head, route);
        using var get = await client.GetAsync(route, HttpCompletionOption.ResponseContentRead, cancellationToken);
        using var head = await client.SendAsync(request, cancellationToken);
        return get.StatusCode != head.StatusCode ? $"{get.StatusCode} and {head.StatusCode}"
            : head.StatusCode == HttpStatusCode.MethodNotAllowed ? "no GET"
            : $"{get.Content.Headers.ContentType}" != $"{head.Content.Headers.ContentType}" ? $"{head.Content.Headers.ContentType}"
            : (await head.Content.ReadAsByteArrayAsync(cancellationToken)).Length > 0 ? "a body"
            : null;
    }

    /// <summary>Those that can be asked for; a hub is spoken to otherwise, and a static file is the framework's.</summary>
    private static IEnumerable<string> Routes(CampaignApp app) => app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is not { } methods || methods.Contains(HttpMethods.Get))
        .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
        .Where(route => !route.StartsWith("/hubs", StringComparison.Ordinal) && !route.StartsWith("/error", StringComparison.Ordinal)
            && !route.StartsWith("/dist", StringComparison.Ordinal) && !route.StartsWith("/img", StringComparison.Ordinal))
        .Distinct();

    [GeneratedRegex(@"\{\*{0,2}(\w+)[^}]*\}")]
    private static partial Regex Hole();
}
