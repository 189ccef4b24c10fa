using System.Net;
using Microsoft.AspNetCore.Routing;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Schools.Slips;

namespace SafetyCampaign.Tests.Operations;

/// <summary>What one account, host or family sees is kept by no browser and no proxy. The routes are the running program's.</summary>
public sealed class NoStoreTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static readonly string[] Private = ["/organize", "/host", "/r", "/class", "/api/class", "/s"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_of_the_desk_of_the_host_and_of_a_receipt_is_stored()
    {
        var e = await app.SeedEventAsync();
        var administrator = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);
        using var stranger = app.CreateClient();
        var receipt = (await stranger.SignedAsync(e, "张小明", "张芳"))["/r/".Length..];
        var (_, link) = await app.SeedHostLinkAsync(e);
        var (_, classSecret) = await app.SeedClassLinkAsync(e, e.Primary);
        var slip = await app.SeedSlipAsync(e, (await app.SeedRosterAsync(e, e.Primary, (1, "王小明")))[0]);
        var account = await DeskVisitor.AddAccountAsync(app, $"同事{e.Code}", e.Organization);
        var scenes = (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!.Scenes;
        var (film, lecture) = (scenes[0].Id, scenes.First(scene => scene.Kind == SceneKind.Lecture).Id);
        var wrong = new List<string>();
        var seen = new HashSet<HttpStatusCode>();
        foreach (var route in app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Where(route => Array.Exists(Private, place => route == place || route.StartsWith(place + "/", StringComparison.Ordinal)))
            .Append("/organize/no-such-page").Append("/r/none").Append($"/host/{e.Code}/none").Distinct())
        {
            var id = route.Contains("/accounts/") ? account : route.Contains("/campaigns/") ? e.CampaignId : e.Organization;
            var address = route.Replace("{id:int}", $"{id}").Replace("{code}", e.Code).Replace("{role:alpha}", "student")
                .Replace("{version:int}", "1").Replace("{scene:int}", $"{film}").Replace("{receipt}", receipt).Replace("{token}", "none")
                .Replace("{secret}", route.Contains("/class/") ? classSecret : link.Split('/')[^1])
                .Replace("{slip}", slip).Replace("{asked:alpha}", "guardian").Replace("{pledge:long}", "1")
                .Replace("{format:alpha}", "csv").Replace("{classId:int}", $"{e.Primary}")
                .Replace("{lecture:int}", $"{lecture}").Replace("{card}", "Float");
            Assert.False(address.Contains('{'), $"Say here what {route} is filled in with.");
            foreach (var answer in new[]
            {
                await administrator.GetAsync(address),
                await stranger.GetAsync(new Uri(address, UriKind.Relative), Cancellation),
                await administrator.PostAsync(address, []), // refused without its token
            })
            {
                seen.Add(answer.StatusCode);
                // The one thing that a family's browser may keep, if it asks each time whether it still holds.
                var isRevalidated = address.EndsWith("/certificate.png", StringComparison.Ordinal) && answer.IsSuccessStatusCode;
                if (isRevalidated ? answer.Headers.CacheControl is not { NoCache: true, Private: true } || answer.Headers.ETag is null
                    : answer.Headers.CacheControl?.NoStore is not true)
                    wrong.Add($"{answer.RequestMessage!.Method} {address}: {answer.StatusCode} {answer.Headers.CacheControl}");
            }
        }
        Assert.Empty(wrong);
        Assert.Superset(
            new HashSet<HttpStatusCode> { HttpStatusCode.OK, HttpStatusCode.Redirect, HttpStatusCode.BadRequest, HttpStatusCode.NotFound },
            seen);
    }

    [Fact]
    public async Task Pages_for_everybody_may_be_kept_as_before()
    {
        var e = await app.SeedEventAsync();
        using var visitor = app.CreateClient();

        foreach (var address in new[] { $"/e/{e.Code}", $"/display/{e.Code}", "/img/lifebuoy.svg" })
            Assert.NotEqual(true, (await visitor.GetAsync(new Uri(address, UriKind.Relative), Cancellation)).Headers.CacheControl?.NoStore);
    }
}
