using System.Net;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Desk;

/// <summary>A room can have desk pages without knowing Organizing: a page of another room, served by the program.</summary>
public sealed class AnotherRoomTests : IAsyncLifetime
{
    private readonly CampaignApp app = new()
    {
        Parts = services => services.AddMvcCore().ConfigureApplicationPartManager(parts =>
            parts.ApplicationParts.Add(new CompiledRazorAssemblyPart(typeof(RosterPage).Assembly))),
    };

    private SeededEvent e = null!;
    private Organization school = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        e = await app.SeedEventAsync();
        await using var db = app.OpenStore();
        school = await db.Organizations.SingleAsync(o => o.Classes.Any(c => c.Id == e.Primary), Cancellation);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public void The_desk_does_not_know_Organizing() =>
        Assert.Empty(Source.Files(".cs", ".cshtml", ".css")
            .Where(f => Source.Room(f.Path) == "Desk" && f.Text.Contains("Organizing")).Select(f => f.Path));

    [Fact]
    public async Task It_stands_in_the_frame_of_the_desk()
    {
        var observer = await DeskVisitor.SignInAsync(app, e.Organization, OrganizerRole.Observer);

        var page = await observer.ReadAsync(Address(school.Id));

        Assert.Contains($"<h1>{school.Name}</h1>", page);
        Assert.Contains("<title>大塘冲小学 · ", page);
        Assert.Contains($"action=\"{DeskRoutes.SignOut}\"", page);
        // The sheet of the desk is there, the one of Organizing is not.
        Assert.Contains("/dist/DeskPage", page);
        Assert.DoesNotContain("OrganizingPage", page);
    }

    [Fact]
    public async Task What_is_outside_the_access_scope_or_no_school_is_not_there()
    {
        var other = await app.SeedEventAsync();
        var stranger = await DeskVisitor.SignInAsync(app, other.District, OrganizerRole.Administrator);
        var organizer = await DeskVisitor.SignInAsync(app, e.District);

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(Address(school.Id))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await organizer.GetAsync(Address(e.Organization))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await organizer.GetAsync(Address(school.Id))).StatusCode);
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_is_asked_to_and_comes_back()
    {
        var answer = await new DeskVisitor(app.CreateClient()).GetAsync(Address(school.Id));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal($"{DeskRoutes.SignIn}?returnUrl={Uri.EscapeDataString(Address(school.Id))}", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Whoever_may_only_read_cannot_send_its_form()
    {
        var observer = await DeskVisitor.SignInAsync(app, e.Organization, OrganizerRole.Observer);

        Assert.Equal(HttpStatusCode.Forbidden, (await observer.SendAsync(Address(school.Id), ("Form.Student", "张小明"))).StatusCode);
    }

    [Theory]
    [InlineData("zh-CN", "", "请填写学生。")]
    [InlineData("zh-CN", "欧阳小小明", "学生最多4个字，现在有5个。")]
    [InlineData("en", "欧阳小小明", "Student: at most 4 characters; you have 5.")]
    public async Task Its_form_is_read_in_the_words_of_the_desk_with_labels_of_the_room(string language, string typed, string sentence)
    {
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization, language: language);

        var answer = await organizer.SendAsync(Address(school.Id), ("Form.Student", typed));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(sentence, await DeskVisitor.TextAsync(answer));
    }

    [Fact]
    public async Task What_was_done_is_said_on_the_next_page()
    {
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var answer = await organizer.SendAsync(Address(school.Id), ("Form.Student", "张小明"));

        Assert.Equal(Address(school.Id), answer.Headers.Location?.ToString());
        Assert.Contains("<p class=\"done\">张小明</p>", await organizer.ReadAsync(Address(school.Id)));
    }

    private static string Address(int id) => $"{DeskRoutes.Home}/schools/{id}/roster";
}
