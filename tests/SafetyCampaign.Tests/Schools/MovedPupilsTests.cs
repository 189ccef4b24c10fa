using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Schools.Paper;

namespace SafetyCampaign.Tests.Schools;

/// <summary>A pupil who is moved to another class after the sheet was printed, or while the relay is open.</summary>
public sealed class MovedPupilsTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_a_sheet_of_the_former_class_the_pupil_signs_in_the_class_of_now_and_counts_once()
    {
        var e = await app.SeedEventAsync();
        var pupil = (await app.SeedRosterAsync(e, e.Primary, (1, "孔守仁")))[0];
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        await app.PrintAsync(e, e.Primary);
        await MoveAsync(e, pupil, e.OtherPrimary);
        using var teacher = app.CreateClient();

        var page = await teacher.OpenAsync(SheetPages.Pages(await teacher.OpenAsync($"/class/{secret}/sheets"))[0]);
        await teacher.PressAsync(page, "count", ("d0", "withguardian"));

        Assert.Equal([(e.OtherPrimary, pupil), (e.OtherPrimary, null)], await SignedAsync(e));
        var byPhone = Signing.Family(e, "孔守仁", "孔母");
        byPhone["classId"] = e.OtherPrimary;
        Assert.Equal(HttpStatusCode.Created, (await teacher.SignAsync(e.Code, byPhone)).StatusCode);
        Assert.Equal(2, await teacher.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task In_the_relay_of_the_former_class_likewise_and_a_seat_is_nobody_without_its_own_name()
    {
        var e = await app.SeedEventAsync();
        var moved = (await app.SeedRosterAsync(e, e.Primary, (1, "孔守仁"), (2, "丘灵犀")))[0];
        var others = await app.SeedRosterAsync(e, e.OtherPrimary, (1, "苗沐阳"));
        var elsewhere = await app.SeedRosterAsync(e, e.Junior, (1, "卞知秋")); // of another school
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        await MoveAsync(e, moved, e.OtherPrimary);
        using var device = app.CreateClient();
        var request = ClassSigning.Pupil("孔守仁", moved);

        Assert.Equal(HttpStatusCode.Created, (await device.SendToClassAsync(secret, request)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await device.SendToClassAsync(secret, request)).StatusCode);
        await device.SignInClassAsync(secret, "黎一", others[0]);
        await device.SignInClassAsync(secret, "卞知秋", elsewhere[0]);

        Assert.Equal([(e.OtherPrimary, moved), (e.Primary, null), (e.Primary, null)], await SignedAsync(e));
    }

    private async Task MoveAsync(SeededEvent e, int pupil, int to)
    {
        await using var db = app.OpenStore();
        var entry = await db.Roster.Include(r => r.Class).SingleAsync(r => r.Id == pupil, Cancellation);
        entry.MoveTo(await db.Classes.SingleAsync(c => c.Id == to, Cancellation), null, app.Get<TimeProvider>().GetUtcNow());
        await db.SaveChangesAsync(Cancellation);
        await app.Get<PublishedEvents>().ContentChangedAsync(changed => changed.Id == e.Id);
    }

    /// <summary>Class and entry of what was signed, in its order.</summary>
    private async Task<List<(int?, int?)>> SignedAsync(SeededEvent e)
    {
        await using var db = app.OpenStore();
        return [.. (await db.Pledges.AsNoTracking().Where(p => p.EventId == e.Id).OrderBy(p => p.Sequence)
            .Select(p => new { p.ClassId, p.RosterEntryId }).ToListAsync(Cancellation)).Select(p => (p.ClassId, p.RosterEntryId))];
    }
}
