using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Records;

public abstract partial class WeeklyExportsTests
{
    [Fact]
    public async Task One_that_the_program_cannot_send_counts_as_a_failed_attempt_and_keeps_no_other_from_being_sent()
    {
        await SetUpAsync();
        await SetUpAsync();
        await using var db = app.OpenStore();
        var first = await db.WeeklyExports.OrderBy(x => x.Id).Select(x => x.Id).FirstAsync(Cancellation);
        await db.WeeklyExports.Where(x => x.Id == first).ExecuteUpdateAsync(
            set => set.SetProperty(x => x.Address, Platform.Address).SetProperty(x => x.SealedSecret, (string?)null), Cancellation);
        await PassAsync(app, UntilMonday);

        await UntilAsync(delivery => delivery.DeliveredAt is not null, deliveries: 2);

        var broken = await db.ExportDeliveries.AsNoTracking().SingleAsync(d => d.ExportId == first, Cancellation);
        Assert.Equal((1, DeliveryFailure.Broken, Clock.GetUtcNow() + TimeSpan.FromMinutes(1)),
            (broken.Attempts, broken.Failure, broken.NextAttemptAt));
        Assert.Contains("程序在发送途中出错", await administrator.ReadAsync(DeskRoutes.Exports), StringComparison.Ordinal);
        Assert.Single(Platform.Messages);
    }
}
