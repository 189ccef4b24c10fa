using SafetyCampaign.Campaigns;
using SkiaSharp;

namespace SafetyCampaign.Tests.Records;

internal static class ReportPhotos
{
    /// <summary>A photo of the event's report; its number.</summary>
    public static async Task<int> SeedReportPhotoAsync(this CampaignApp app, SeededEvent e, string caption = "演示抛绳")
    {
        await using var db = app.OpenStore();
        var photo = new ReportPhoto(
            e.Id, caption, TestPicture.Of(SKEncodedImageFormat.Jpeg, 400, 300), 400, 300, app.Get<TimeProvider>().GetUtcNow());
        db.ReportPhotos.Add(photo);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return photo.Id;
    }
}
