using System.Collections.Concurrent;
using System.Data.Common;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Storage;

/// <summary>However many ask at once, the database is asked once, or as many as it has connections for.</summary>
public sealed class StoreGateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_hundred_first_requests_at_once_read_an_event_once()
    {
        var (reads, door) = (new Reads(), new Door());
        await using var app = new CampaignApp
        {
            Parts = services => services.AddSingleton<IStartupFilter>(door)
                .ConfigureDbContext<SqliteCampaignDb>(options => options.AddInterceptors(reads)),
        };
        await app.InitializeAsync();
        var e = await app.SeedEventAsync();
        await app.ChangeEventAsync(e.Id, gathering => gathering.ShowNames(true));
        await app.RestartAsync(); // nothing remembered
        reads.Begin();
        string[] addresses = [$"/e/{e.Code}", $"/display/{e.Code}", $"/api/events/{e.Code}", $"/api/events/{e.Code}/stage"];

        using var phone = app.CreateClient();
        door.Entered = new CountdownEvent(200);
        var asked = Enumerable.Range(0, 200).Select(i => phone.GetAsync(addresses[i % addresses.Length], Cancellation)).ToList();
        await Task.Run(() => door.Entered.Wait(Cancellation), Cancellation);
        reads.LetGo();
        var answers = await Task.WhenAll(asked);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.NotEmpty(reads.Commands);
        Assert.All(reads.Commands.GroupBy(command => command), same => Assert.True(same.Count() == 1, $"{same.Count()} times: {same.Key}"));
    }

    [Fact]
    public async Task A_code_of_no_event_is_asked_for_again_each_time()
    {
        await using var app = new CampaignApp();
        await app.InitializeAsync();
        var e = await app.SeedEventAsync();
        using var phone = app.CreateClient();
        var published = app.Get<PublishedEvents>();
        Assert.Null(await published.FindAsync("NSCHC0", Cancellation));
        await using (var db = app.OpenStore()) // as another node would, of which this one does not hear
            await db.Database.ExecuteSqlAsync($"UPDATE events SET Code = 'NSCHC0' WHERE Id = {e.Id}", Cancellation);

        Assert.NotNull(await published.FindAsync("NSCHC0", Cancellation));
    }

    [Fact]
    public async Task A_locked_file_keeps_nobody_waiting_at_the_phone_or_at_the_desk()
    {
        await using var app = new CampaignApp();
        await app.InitializeAsync();
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var facts = $"/organize/events/{e.Code}/facts";
        var form = DeskVisitor.Form(await organizer.ReadAsync(facts));
        using var phone = app.CreateClient();

        await using (var holder = new SqliteConnection(app.Get<DataFolder>().ConnectionString + ";Pooling=False"))
        {
            await holder.OpenAsync(Cancellation);
            await using var hold = holder.CreateCommand();
            hold.CommandText = "BEGIN IMMEDIATE";
            await hold.ExecuteNonQueryAsync(Cancellation);
            var signed = phone.SignAsync(e.Code, Signing.Family(e));
            var saved = organizer.PostAsync(facts, [.. form, ("Form.Title", "新的名称")]);
            // The driver alone would try for 30 s.
            var answers = await Task.WhenAll(signed, saved).WaitAsync(TimeSpan.FromSeconds(25), Cancellation);

            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode));
            Assert.All(answers, answer => Assert.NotNull(answer.Headers.RetryAfter));
            Assert.Contains("新的名称", await DeskVisitor.TextAsync(answers[1]));
        }
        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, Signing.Family(e))).StatusCode);
    }

    /// <summary>The commands that read, held until all have asked.</summary>
    private sealed class Reads : DbCommandInterceptor
    {
        private TaskCompletionSource held = Free();

        public ConcurrentQueue<string> Commands { get; } = new();

        public void Begin()
        {
            held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Commands.Clear();
        }

        public void LetGo() => held.SetResult();

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData data, InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default)
        {
            Commands.Enqueue(command.CommandText);
            await held.Task;
            return result;
        }

        private static TaskCompletionSource Free()
        {
            var free = new TaskCompletionSource();
            free.SetResult();
            return free;
        }
    }

    /// <summary>Counts who has come in.</summary>
    private sealed class Door : IStartupFilter
    {
        public CountdownEvent? Entered { get; set; }

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, further) =>
            {
                Entered?.Signal();
                return further(context);
            });
            next(app);
        };
    }
}
