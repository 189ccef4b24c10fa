using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Tests.Schools.Classes;

namespace SafetyCampaign.Tests.Schools.Paper;

/// <summary>
/// On paper nobody reads a guardian's name, so it counts as one with the guardian who signed for the child before: until an organizer
/// says otherwise, which can be taken back.
/// </summary>
public sealed class GuardiansCountedOnceTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_guardians_who_count_as_one_are_counted_apart_and_as_one_again()
    {
        var c = await SignedClass.SeedAsync(app, await app.SeedEventAsync());
        await c.CountPaperAsync(("d3", "withguardian")); // whose mother signed by phone
        Assert.Equal(7, c.Of(c.Event.Primary).People);
        long onPaper, byPhone;
        await using (var db = app.OpenStore())
        {
            var guardians = await db.Pledges.AsNoTracking().Where(p => p.EventId == c.Event.Id && p.Role == SignerRole.Guardian)
                .OrderBy(p => p.Sequence).ToListAsync(Cancellation);
            (byPhone, onPaper) = (guardians.Single(p => p.Name == "陈母").Sequence, guardians[^1].Sequence);
            Assert.Equal(byPhone, guardians[^1].CountedWith);
        }
        var here = $"{DeskRoutes.Review(c.Event.Code)}?once=true";
        Assert.Contains("家长陈静的家长另算一个人", await c.Organizer.ReadAsync(here));

        await PressAsync("Separate", ("Pledge", $"{onPaper}"));
        Assert.Equal(8, c.Of(c.Event.Primary).People);
        Assert.Equal(3, c.Of(c.Event.Primary).Families);
        Assert.Contains("家长陈静的家长和陈母是同一个人", await c.Organizer.ReadAsync(here));

        await PressAsync("Merge", ("Pledge", $"{onPaper}"), ("With", $"{byPhone}"));
        Assert.Equal(7, c.Of(c.Event.Primary).People);
        Assert.Contains("家长陈静的家长另算一个人", await c.Organizer.ReadAsync(here));
        await c.RecountAsync();

        async Task PressAsync(string handler, params (string, string?)[] fields)
        {
            var form = DeskVisitor.Form(await c.Organizer.ReadAsync(here)).Where(field => field.Name == "__RequestVerificationToken");
            var answer = await c.Organizer.PostAsync(
                $"{DeskRoutes.Review(c.Event.Code)}?handler={handler}", [.. form, .. fields, ("Once", "true")]);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }
    }
}
