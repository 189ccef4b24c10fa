using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Organizing.Events.New;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Organizing.Events;

/// <summary>Events that were put away: out of the lists, and otherwise as before.</summary>
public sealed class ArchivedEventsTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_archived_event_stands_under_its_own_filter_alone_until_it_is_restored()
    {
        var e = await app.SeedEventAsync(EventState.Closed, "江边防溺水课");
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var row = $"/organize/events/{e.Code}\"";

        var done = await organizer.SendAsync($"/organize/events/{e.Code}/archive");

        Assert.Equal($"/organize/events/{e.Code}", done.Headers.Location!.ToString());
        Assert.Contains("可以在“已归档”里找到", await organizer.ReadAsync($"/organize/events/{e.Code}"));
        var list = await organizer.ReadAsync("/organize");
        Assert.DoesNotContain(row, list);
        Assert.Contains("列表里没有活动", list);
        Assert.Matches("已归档 <span class=\"count\">1<", list);
        Assert.DoesNotContain(row, await organizer.ReadAsync("/organize?state=closed"));
        Assert.Contains(row, await organizer.ReadAsync("/organize?archived=true"));
        var searched = await organizer.ReadAsync("/organize?search=江边");
        Assert.DoesNotContain(row, searched);
        Assert.Contains("归档的活动里有1场符合", searched);
        Assert.Contains(row, await organizer.ReadAsync("/organize?archived=true&search=江边"));
        Assert.Contains("没有符合条件的活动", await organizer.ReadAsync("/organize?archived=true&search=山上"));

        await organizer.SendAsync($"/organize/events/{e.Code}/archive?handler=Restore");

        Assert.Contains(row, await organizer.ReadAsync("/organize"));
        Assert.DoesNotContain(row, await organizer.ReadAsync("/organize?archived=true"));
        Assert.Contains("还没有归档的活动", await organizer.ReadAsync("/organize?archived=true"));
        await using var db = app.OpenStore();
        Assert.Equal([AuditAction.EventArchived, AuditAction.EventRestored],
            await db.AuditEntries.Where(a => a.EventCode == e.Code).OrderBy(a => a.Sequence).Select(a => a.Action)
                .ToListAsync(Cancellation));
    }

    [Fact]
    public async Task What_was_signed_and_what_the_public_sees_stay_as_they_were()
    {
        var e = await app.SeedEventAsync();
        using var phone = app.CreateClient();
        var receipt = await phone.SignedAsync(e);
        await app.ChangeEventAsync(e.Id, x => x.Close(DateTimeOffset.UtcNow));
        var before = await phone.GetStringAsync($"/api/events/{e.Code}", Cancellation);
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        await organizer.SendAsync($"/organize/events/{e.Code}/archive");

        Assert.Equal(before, await phone.GetStringAsync($"/api/events/{e.Code}", Cancellation));
        Assert.Equal(2, await phone.PeopleAsync(e.Code));
        Assert.Contains("王小明", WebUtility.HtmlDecode(await phone.GetStringAsync(receipt, Cancellation)));
        Assert.Contains("王小明", await organizer.ReadAsync($"/organize/events/{e.Code}/signers"));
    }

    [Theory]
    [InlineData(EventState.Open, "签名还开放着，不能归档")]
    [InlineData(EventState.Rehearsal, "正在演练，不能归档")]
    public async Task While_people_can_sign_it_is_not_archived_and_the_page_says_why(EventState state, string why)
    {
        var e = await app.SeedEventAsync(state);
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        Assert.Contains(why, await organizer.ReadAsync($"/organize/events/{e.Code}/archive"));

        // From a page that was opened before.
        var token = DeskVisitor.Form(await organizer.ReadAsync("/organize/password")).Where(f => f.Name == "__RequestVerificationToken");
        Assert.Contains(why, await DeskVisitor.TextAsync(await organizer.PostAsync($"/organize/events/{e.Code}/archive", token)));

        await using var db = app.OpenStore();
        Assert.Null((await db.Events.SingleAsync(x => x.Id == e.Id, Cancellation)).ArchivedAt);
    }

    [Fact]
    public async Task An_archived_event_that_is_opened_or_rehearsed_stands_in_the_list_again()
    {
        var (opened, rehearsed) = (await app.SeedEventAsync(EventState.Closed), await app.SeedEventAsync(EventState.Draft));
        foreach (var e in new[] { opened, rehearsed })
            await app.ChangeEventAsync(e.Id, x => x.Archive(DateTimeOffset.UtcNow));

        await app.ChangeEventAsync(opened.Id, x => x.Open(DateTimeOffset.UtcNow));
        await app.ChangeEventAsync(rehearsed.Id, x => x.Rehearse());

        await using var db = app.OpenStore();
        Assert.All([opened, rehearsed], e => Assert.Null(db.Events.Single(x => x.Id == e.Id).ArchivedAt));
    }

    [Fact]
    public async Task To_be_copied_archived_events_come_last_and_a_copy_is_not_archived()
    {
        var e = await app.SeedEventAsync(EventState.Closed, "去年的活动", DateTimeOffset.UtcNow.AddDays(-1));
        await app.ChangeEventAsync(e.Id, x => x.Archive(DateTimeOffset.UtcNow));
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        var copying = $"/organize/events/new?start=copy&from={e.Code}";
        Assert.Contains(e.Code, await organizer.ReadAsync("/organize/events/new?start=copy"));

        var made = await organizer.SendAsync(
            copying, ("Form.Title", "今年的活动"), ("Form.StartsAt", "2097-07-17T09:00"), ("Form.CampaignId", ""));

        var copy = made.Headers.Location!.ToString()[^6..];
        Assert.Contains($"/organize/events/{copy}\"", await organizer.ReadAsync("/organize"));
        var picker = await organizer.ReadAsync("/organize/events/new?start=copy");
        Assert.True(picker.IndexOf($"from={copy}", StringComparison.Ordinal) < picker.IndexOf($"from={e.Code}", StringComparison.Ordinal));
        Assert.True(NewEventPage.MaxCopies > 1);
    }
}
