using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Organizing.SetUp;

namespace SafetyCampaign.Tests.Organizing;

public sealed class SetUpTests : CampaignApp, IAsyncLifetime
{
    private static readonly (string, string?)[] Filled =
    [
        ("Organization", "大塘冲社区"), ("Kind", "Community"), ("Name", "王老师"), ("Password", DeskVisitor.Password),
        ("Repeated", DeskVisitor.Password),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_visitor_names_the_organization_and_is_its_administrator()
    {
        var visitor = new DeskVisitor(CreateClient());
        var path = await InvitationAsync();

        var answer = await visitor.SendAsync(path, Filled);

        Assert.Equal("/organize", answer.Headers.Location?.ToString());
        Assert.Contains("王老师", await visitor.ReadAsync("/organize/accounts"));
        Assert.Contains("大塘冲社区", await visitor.ReadAsync("/organize/organizations"));
        Assert.Equal(HttpStatusCode.NotFound, (await new DeskVisitor(CreateClient()).GetAsync(path)).StatusCode);
        Assert.Null(await Get<SetUpInvitation>().PathAsync(Cancellation));
    }

    [Fact]
    public async Task Where_a_tree_stands_already_the_administrator_belongs_to_its_root()
    {
        var e = await this.SeedEventAsync();
        var visitor = new DeskVisitor(CreateClient());

        await visitor.SendAsync(await InvitationAsync(), ("Name", "王老师"), ("Password", DeskVisitor.Password),
            ("Repeated", DeskVisitor.Password));

        await using var db = OpenStore();
        Assert.Equal(e.District, (await db.Users.SingleAsync(Cancellation)).OrganizationId);
        Assert.Equal(1, await db.Organizations.CountAsync(o => o.ParentId == null, Cancellation));
    }

    [Fact]
    public async Task Another_token_opens_nothing_and_a_restart_makes_another()
    {
        var path = await InvitationAsync();
        var visitor = new DeskVisitor(CreateClient());
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(path[..^1])).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(path[..^1] + (path[^1] == 'a' ? 'b' : 'a'))).StatusCode);

        await RestartAsync();

        Assert.NotEqual(path, await InvitationAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await new DeskVisitor(CreateClient()).GetAsync(path)).StatusCode);
    }

    [Theory]
    [InlineData("Organization", "", "请填写组织名称")]
    [InlineData("Name", "", "用户名请填")]
    [InlineData("Name", "王\u200B老师", "用户名请填")]
    [InlineData("Name", "\u202E王老师", "用户名请填")]
    [InlineData("Password", "seven77", "密码至少要8个字符")]
    [InlineData("Password", "88888888", "太容易被猜到")]
    [InlineData("Repeated", "something else", "两次输入的密码不一样")]
    public async Task What_is_wrong_is_said_what_was_typed_is_kept_and_nothing_is_stored(string field, string value, string said)
    {
        (string, string?)[] typed = [.. Filled, (field, value),
            .. field == "Password" ? [("Repeated", (string?)value)] : Array.Empty<(string, string?)>()];

        var answer = await new DeskVisitor(CreateClient()).SendAsync(await InvitationAsync(), typed);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await DeskVisitor.TextAsync(answer);
        Assert.Contains(said, page);
        Assert.Contains(field == "Organization" ? "王老师" : "大塘冲社区", page);
        await using var db = OpenStore();
        Assert.False(await db.Organizations.AnyAsync(Cancellation) || await db.Users.AnyAsync(Cancellation));
    }

    [Fact]
    public async Task Of_two_who_set_up_at_once_one_is_first()
    {
        var setup = Get<AdministratorSetup>();

        var outcomes = await Task.WhenAll(new[] { "甲", "乙" }.Select(name =>
            Task.Run(() => setup.CreateFirstAsync(name, DeskVisitor.Password, new Organization(name, OrganizationKind.Community)))));

        Assert.Single(outcomes, outcome => outcome.Succeeded);
        await using var db = OpenStore();
        Assert.Equal(1, await db.Users.CountAsync(Cancellation));
        Assert.Equal(1, await db.Organizations.CountAsync(Cancellation));
    }

    [Fact]
    public async Task The_command_line_makes_an_administrator_at_any_time()
    {
        var setup = Get<AdministratorSetup>();
        Assert.True((await setup.CreateAsync("王老师", DeskVisitor.Password)).Succeeded);
        Assert.True((await setup.CreateAsync("李老师", DeskVisitor.Password)).Succeeded);

        var visitor = new DeskVisitor(CreateClient());
        await visitor.SignInAsync("李老师");
        Assert.Equal("/organize/password", (await visitor.GetAsync("/organize/accounts")).Headers.Location?.ToString());
        await visitor.ChangePasswordAsync(DeskVisitor.Password, "另外四个不相干的词");
        Assert.Contains("王老师", await visitor.ReadAsync("/organize/accounts"));
    }

    private async Task<string> InvitationAsync() => (await Get<SetUpInvitation>().PathAsync(Cancellation))!;
}

/// <summary>Where two transactions may run at once, the second is told by its end that it was not the first.</summary>
public sealed class SetUpOnPostgresTests(PostgresApp app) : IClassFixture<PostgresApp>
{
    [Fact]
    public async Task Of_two_who_set_up_at_once_one_is_first()
    {
        var setup = app.Required.Get<AdministratorSetup>();

        var outcomes = await Task.WhenAll(new[] { "甲", "乙" }.Select(name =>
            Task.Run(() => setup.CreateFirstAsync(name, DeskVisitor.Password, new Organization(name, OrganizationKind.Community)))));

        Assert.Single(outcomes, outcome => outcome.Succeeded);
        await using var db = app.OpenStore();
        Assert.Equal(1, await db.Users.CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, await db.Organizations.CountAsync(TestContext.Current.CancellationToken));
    }
}
