using System.Data.Common;
using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Desk;

/// <summary>The desk on a full disk: nothing typed is lost, and a sentence says why it was not saved.</summary>
public sealed class FullDiskTests : IAsyncLifetime
{
    private readonly Disk disk = new();
    private readonly CampaignApp app;

    public FullDiskTests() => app = new CampaignApp
    {
        Parts = services => services.ConfigureDbContext<SqliteCampaignDb>(options => options.AddInterceptors(disk)),
    };

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData(EventState.Draft, "/organize/events/{code}/facts", "Form.Title", "新的名称")]
    [InlineData(EventState.Draft, "/organize/events/{code}/scenes", "Scenes[0].Title", "新的环节")]
    [InlineData(EventState.Draft, "/organize/events/{code}/scenes/{film}/film?handler=Laptop", null, null)]
    [InlineData(EventState.Draft, "/organize/events/{code}/classes", null, null)]
    [InlineData(EventState.Draft, "/organize/events/{code}/open", null, null)]
    [InlineData(EventState.Draft, "/organize/events/{code}/rehearse", null, null)]
    [InlineData(EventState.Open, "/organize/events/{code}/close", null, null)]
    [InlineData(EventState.Draft, "/organize/events/new", "Form.Title", "新的活动")]
    [InlineData(EventState.Draft, "/organize/campaigns/{campaign}/texts/student/edit", "Form.Clauses", "不私自下水游泳")]
    [InlineData(EventState.Draft, "/organize/accounts/new", "Name", "刘老师刘老师")]
    [InlineData(EventState.Draft, "/organize/organizations/{organization}?handler=Rename", "Name", "新的社区")]
    [InlineData(EventState.Draft, "/organize/organizations/{organization}?handler=AddBelow", "BelowName", "新建小学")]
    public async Task What_cannot_be_saved_comes_back_as_it_was_sent_with_a_sentence(EventState state, string address,
        string? field, string? typed)
    {
        var e = await app.SeedEventAsync(state);
        var administrator = await DeskVisitor.SignInAsync(app, e.Organization, OrganizerRole.Administrator);
        var page = address.Replace("{code}", e.Code).Replace("{campaign}", $"{e.CampaignId}").Replace("{organization}", $"{e.Organization}")
            .Replace("{film}", $"{await app.SettleSceneAsync(e, SceneKind.Film, settings => settings)}");
        List<(string, string?)> fields = [.. DeskVisitor.Form(await administrator.ReadAsync(page.Split('?')[0]))];
        if (address.Contains("/organizations/"))
            fields.AddRange([("BelowKind", "School"), ("Kind", "Community")]);
        if (address.EndsWith("/new", StringComparison.Ordinal))
            fields.AddRange([("RoleForm.Role", "Observer"), ("RoleForm.OrganizationId", $"{e.Organization}"), ("Form.Place", "社区广场"),
                ("Form.StartsAt", "2096-07-17T09:30"), ("Form.EndsAt", "2096-07-17T11:30"), ("Form.OrganizationId", $"{e.Organization}"),
                ("Form.CampaignId", "")]);
        if (field is not null)
            fields.Add((field, typed));

        disk.IsFull = true;
        var answer = await administrator.PostAsync(page, fields);

        var text = await DeskVisitor.TextAsync(answer);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("暂时没能保存", text);
        if (typed is not null)
            Assert.Contains(typed, text);
    }

    [Fact]
    public async Task Once_there_is_room_the_same_form_is_saved()
    {
        var e = await app.SeedEventAsync(EventState.Draft);
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        disk.IsFull = true;
        var refused = await organizer.SendAsync($"/organize/events/{e.Code}/facts", ("Form.Title", "新的名称"));
        disk.IsFull = false;

        var answer = await organizer.PostAsync($"/organize/events/{e.Code}/facts", DeskVisitor.Form(await DeskVisitor.TextAsync(refused)));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await using var db = app.OpenStore();
        Assert.Equal("新的名称", (await db.Events.SingleAsync(x => x.Id == e.Id, TestContext.Current.CancellationToken)).Title);
    }

    /// <summary>Refuses every write while it is full.</summary>
    private sealed class Disk : DbCommandInterceptor
    {
        public bool IsFull { get; set; }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData data, InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default) =>
            Refuse(command) ?? ValueTask.FromResult(result);

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData data, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Refuse(command);
            return ValueTask.FromResult(result);
        }

        private ValueTask<InterceptionResult<DbDataReader>>? Refuse(DbCommand command) =>
            IsFull && (command.CommandText.Contains("INSERT") || command.CommandText.Contains("UPDATE")
                || command.CommandText.Contains("DELETE"))
                ? throw new SqliteException("SQLite Error 13: 'database or disk is full'.", 13)
                : null;
    }
}
