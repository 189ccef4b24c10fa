using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Records;

/// <summary>How many pupils the roll-up and a school's view of others' events say that a class had.</summary>
public sealed partial class RollUpSizesTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_that_is_over_keeps_the_size_that_its_classes_had_and_one_that_is_not_follows_it()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Observer);
        var school = await DeskVisitor.SignInAsync(app, await SchoolOfAsync(e.Primary), OrganizerRole.Observer);

        await ResizeAsync(e.Primary, 40);
        Assert.Equal(("40", 40), (await PupilsAsync(desk), await TakingPartAsync(school, e)));

        await app.ChangeEventAsync(e.Id, x => x.Close(DateTimeOffset.UtcNow));
        await ResizeAsync(e.Primary, 52);
        Assert.Equal(("40", 40), (await PupilsAsync(desk), await TakingPartAsync(school, e)));

        var next = await app.SeedEventAsync();
        await TakePartAsync(next, e.Primary);
        Assert.Equal(("52", 52), (await PupilsAsync(desk), await TakingPartAsync(school, next)));
        Assert.Equal(40, await TakingPartAsync(school, e));
    }

    [Fact]
    public async Task Of_a_period_that_is_over_it_is_the_size_at_its_end_where_there_was_no_event()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Observer);

        await ResizeAsync(e.Primary, 52);

        Assert.Equal("45", await PupilsAsync(desk, "?period=days&from=2020-01-01&to=2020-12-31"));
        Assert.Equal("52", await PupilsAsync(desk));
    }

    [Fact]
    public async Task The_pupils_of_a_class_that_went_on_as_another_are_counted_once()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Observer);
        await ResizeAsync(e.OtherPrimary, 30);
        await app.ChangeEventAsync(e.Id, x => x.Close(DateTimeOffset.UtcNow));

        await ChangeAsync(e.OtherPrimary, async (db, from) =>
        {
            var into = await db.Classes.SingleAsync(c => c.Id == e.Primary, Cancellation);
            from.MergeInto(into, DateTimeOffset.UtcNow);
            into.ExpectFrom(DateTimeOffset.UtcNow, 75);
        });

        Assert.Equal("75", await PupilsAsync(desk)); // 45 and 30, each in a class of its own then
        var next = await app.SeedEventAsync();
        await TakePartAsync(next, e.Primary);
        await ResizeAsync(e.Primary, 80);
        Assert.Equal("80", await PupilsAsync(desk));
    }

    private Task ResizeAsync(int group, int pupils) => ChangeAsync(group, (_, c) =>
    {
        c.ExpectFrom(DateTimeOffset.UtcNow, pupils);
        return Task.CompletedTask;
    });

    private async Task ChangeAsync(int group, Func<CampaignDb, ClassGroup, Task> change)
    {
        await using (var db = app.OpenStore())
        {
            await change(db, await db.Classes.SingleAsync(c => c.Id == group, Cancellation));
            await db.SaveChangesAsync(Cancellation);
        }
        await app.Get<PublishedEvents>().ContentChangedAsync(e => e.Classes.Any(c => c.Id == group));
    }

    private async Task TakePartAsync(SeededEvent e, int group)
    {
        await using (var db = app.OpenStore())
        {
            (await db.Events.Include(x => x.Classes).SingleAsync(x => x.Id == e.Id, Cancellation)).Classes
                .Add(await db.Classes.SingleAsync(c => c.Id == group, Cancellation));
            await db.SaveChangesAsync(Cancellation);
        }
        await app.Get<PublishedEvents>().ChangedAsync(e.Id, Cancellation);
    }

    private async Task<int> SchoolOfAsync(int group)
    {
        await using var db = app.OpenStore();
        return (await db.Classes.SingleAsync(c => c.Id == group, Cancellation)).SchoolId;
    }

    /// <summary>Of the whole district.</summary>
    private static async Task<string> PupilsAsync(DeskVisitor desk, string period = "")
    {
        var lines = (await desk.ReadAsync($"/organize/rollup.csv{period}")).Split('\n');
        return lines[1].Split(',')[5].Trim('"');
    }

    private static async Task<int> TakingPartAsync(DeskVisitor school, SeededEvent e)
    {
        var page = await school.ReadAsync($"/organize/participations/{e.Code}");
        var row = page[page.IndexOf("五（1）班", StringComparison.Ordinal)..];
        return int.Parse(ExpectedPupils().Match(row).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    [System.Text.RegularExpressions.GeneratedRegex("<td class=\"number\">(\\d+)</td>\\s*</tr>")]
    private static partial System.Text.RegularExpressions.Regex ExpectedPupils();
}
