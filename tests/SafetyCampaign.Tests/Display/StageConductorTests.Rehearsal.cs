using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Display;

/// <summary>Where the stage stands when a rehearsal begins, is over, or signing is opened.</summary>
public sealed partial class StageConductorTests
{
    [Fact]
    public async Task A_rehearsal_begins_at_the_first_scene_and_what_comes_after_it_takes_over_none_of_its_scenes()
    {
        var e = await app.SeedEventAsync(EventState.Draft);
        await ShowAsync(e, SceneKind.Lecture, 2);
        await app.ChangeEventAsync(e.Id, gathering => gathering.Rehearse());
        Assert.Equal(("welcome", 0), await StandsAsync(e));

        await ShowAsync(e, SceneKind.Oath, 3);
        await app.ChangeEventAsync(e.Id, gathering => gathering.EndRehearsal());
        Assert.Equal(("welcome", 0), await StandsAsync(e));

        // The end was followed by no act of a host: the next rehearsal does not take up where the last one stopped.
        await Wait.UntilAsync(() => !IsPractised(e), "the rehearsal was forgotten");
        await app.ChangeEventAsync(e.Id, gathering => gathering.Rehearse());
        Assert.Equal(("welcome", 0), await StandsAsync(e));

        await ShowAsync(e, SceneKind.Thanks);
        await app.ChangeEventAsync(e.Id, gathering => gathering.Open(clock.GetUtcNow()));
        Assert.Equal(("signing", 0), await StandsAsync(e)); // as where no host leads: everybody can scan
    }

    [Fact]
    public async Task Opening_and_closing_signing_leave_the_stage_where_the_host_has_brought_it()
    {
        var e = await app.SeedEventAsync(EventState.Draft);
        await ShowAsync(e, SceneKind.Cpr);

        foreach (var change in new Action<CampaignEvent>[]
        {
            gathering => gathering.Open(clock.GetUtcNow()), gathering => gathering.Close(clock.GetUtcNow()),
            gathering => gathering.Open(clock.GetUtcNow()),
        })
        {
            await app.ChangeEventAsync(e.Id, change);
            Assert.Equal(("cpr", 0), await StandsAsync(e));
        }
    }

    private async Task<(string Kind, int Step)> StandsAsync(SeededEvent e)
    {
        var now = await NowAsync(e);
        return (now.Kind, now.Step);
    }

    private bool IsPractised(SeededEvent e)
    {
        using var db = app.OpenStore();
        return db.Stages.Single(s => s.EventId == e.Id).Practised;
    }
}
