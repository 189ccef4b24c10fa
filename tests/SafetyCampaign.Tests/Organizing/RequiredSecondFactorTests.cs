using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Organizing;

/// <summary>Where a second factor is demanded, nothing else opens before it is set up.</summary>
public sealed class RequiredSecondFactorTests : IClassFixture<RequiredSecondFactorTests.Demanding>
{
    public sealed class Demanding : CampaignApp
    {
        public Demanding() => Settings[SecondFactorOptions.Setting] = "administrators";
    }

    private readonly CampaignApp app;

    public RequiredSecondFactorTests(Demanding app) => this.app = app;

    [Fact]
    public async Task An_administrator_is_led_to_set_one_up_and_nothing_else_is_to_be_read()
    {
        var e = await app.SeedEventAsync();
        var administrator = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var page = await administrator.ReadAsync(DeskRoutes.SecondFactor);
        Assert.Contains("这里要求你的账号先设置两步验证", page);
        Assert.DoesNotContain("desk-nav", page);
        var tried = 0;
        foreach (var address in AddressesOf(e))
        {
            var answer = await administrator.GetAsync(address);
            Assert.Equal((address, HttpStatusCode.Redirect, DeskRoutes.SecondFactor),
                (address, answer.StatusCode, answer.Headers.Location?.ToString()));
            tried++;
        }
        Assert.True(tried > 25, $"{tried}");
        Assert.Equal(HttpStatusCode.OK, (await administrator.GetAsync(DeskRoutes.Password)).StatusCode);
        // The host's page is theirs by a link only; for an organizer both open.
        Assert.Equal(HttpStatusCode.Forbidden, (await administrator.GetAsync($"/host/{e.Code}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await organizer.GetAsync($"/host/{e.Code}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await organizer.GetAsync(DeskRoutes.Home)).StatusCode);

        await AppOnPhone.SetUpAsync(administrator, app.Get<TimeProvider>());
        Assert.Equal(HttpStatusCode.OK, (await administrator.GetAsync(DeskRoutes.Home)).StatusCode);
        // Taken away, it is demanded again.
        await administrator.SendAsync($"{DeskRoutes.SecondFactor}?handler=Remove", ("Password", DeskVisitor.Password));
        Assert.Equal(DeskRoutes.SecondFactor, (await administrator.GetAsync(DeskRoutes.Home)).Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_password_that_somebody_else_has_made_is_changed_before()
    {
        var e = await app.SeedEventAsync();
        var name = $"老师{e.Code}";
        var id = await DeskVisitor.AddAccountAsync(app, name, e.District, OrganizerRole.Administrator);
        await using (var db = app.OpenStore())
        {
            (await db.Users.FindAsync([id], TestContext.Current.CancellationToken))!.MustChangePassword = true;
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        var visitor = new DeskVisitor(app.CreateClient());
        await visitor.SignInAsync(name);

        foreach (var address in new[] { DeskRoutes.Home, DeskRoutes.SecondFactor })
            Assert.Equal(DeskRoutes.Password, (await visitor.GetAsync(address)).Headers.Location?.ToString());
        await visitor.ChangePasswordAsync(DeskVisitor.Password, "另外四个不相干的词");
        Assert.Equal(DeskRoutes.SecondFactor, (await visitor.GetAsync(DeskRoutes.Home)).Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("Sometimes")]
    [InlineData("2")]
    [InlineData("")]
    public void A_value_that_is_none_of_the_three_is_refused_with_a_sentence(string value)
    {
        var options = new SecondFactorOptions { RequireSecondFactor = value };

        Assert.Contains("Set it to None, Administrators or Everyone",
            new SecondFactorOptions.Validator().Validate(null, options).FailureMessage);
    }

    [Fact]
    public void It_is_demanded_from_nobody_unless_it_is_configured()
    {
        foreach (var (setting, demanded) in new (string?, OrganizerRole[])[]
        {
            (null, []), ("none", []), ("Administrators", [OrganizerRole.Administrator]), ("EVERYONE", Enum.GetValues<OrganizerRole>()),
        })
        {
            var options = setting is null ? new() : new SecondFactorOptions { RequireSecondFactor = setting };
            Assert.Equal(demanded, Enum.GetValues<OrganizerRole>().Where(options.IsDemandedFrom));
        }
    }

    /// <summary>The closed pages of the desk that need no more than the event to be found.</summary>
    private IEnumerable<string> AddressesOf(SeededEvent e) =>
        from endpoint in app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<CompiledPageActionDescriptor>() is not null
            && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
            && endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy != Policies.Host
        let route = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
        where route is not (DeskRoutes.SecondFactor or DeskRoutes.Password)
        select route.Replace("{id:int}", $"{(route.Contains("campaigns") ? e.CampaignId : e.Organization)}").Replace("{code}", e.Code)
            .Replace("{role:alpha}", "student").Replace("{version:int}", "1").Replace("{asked:alpha}", "guardian")
            .Replace("{pledge:long}", "1").Replace("{scene:int}", "1").Replace("{classId:int}", "1")
            .Replace("{format:alpha}", "csv").Replace("{lecture:int}", "1").Replace("{card}", "Float");
}
