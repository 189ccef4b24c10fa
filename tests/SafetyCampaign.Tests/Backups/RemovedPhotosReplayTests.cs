using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Backups;
using SafetyCampaign.Tests.Records;
using SafetyCampaign.Tests.Schools.Paper;
using SafetyCampaign.Tests.Schools.Slips;

namespace SafetyCampaign.Tests.Backups;

/// <summary>Photos, typed names and slips that were removed after a backup was made do not come back with it.</summary>
public sealed class RemovedPhotosReplayTests : IAsyncLifetime
{
    private readonly DirectoryInfo shelf = Directory.CreateTempSubdirectory("safety-campaign-");
    private readonly CampaignApp app = new();
    private SeededEvent e = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string File => Path.Combine(shelf.FullName, "backup");

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        e = await app.SeedEventAsync();
        await DeskVisitor.SignInAsync(app, e.Organization); // a line of the audit log, by which databases are known to go on
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        shelf.Delete(recursive: true);
    }

    [Fact]
    public async Task What_the_replaced_database_does_not_have_any_more_goes_and_the_rest_stays()
    {
        var pupils = await app.SeedRosterAsync(e, e.Primary, (1, "孔守仁"), (2, "丘灵犀"));
        var (removed, kept) = (await app.SeedReportPhotoAsync(e), await app.SeedReportPhotoAsync(e));
        var (sheet, pictures) = await app.SeedPaperAsync(e, e.Primary, pupils, rows: 5, rehearsal: false, Canary);
        var other = await app.SeedPaperAsync(e, e.Primary, pupils, rows: 1, rehearsal: false, Canary);
        foreach (var pupil in pupils)
            await app.SeedSlipAsync(e, pupil);
        await using (var db = app.OpenStore())
        {
            foreach (var (row, name) in new[] { (2, "苗沐阳"), (3, "卞知秋"), (4, "程远帆") })
                await db.PaperRows.Where(r => r.SheetId == sheet && r.Row == row)
                    .ExecuteUpdateAsync(set => set.SetProperty(r => r.Name, name), Cancellation);
        }
        app.Get<Backup>().Write(File, Cancellation);

        await using (var db = app.OpenStore())
        {
            await db.ReportPhotos.Where(p => p.Id == removed).ExecuteDeleteAsync(Cancellation);
            await db.PaperPhotos.Where(p => p.SheetId == other.Sheet).ExecuteDeleteAsync(Cancellation);
            await db.PaperRowPictures.Where(p => p.Row == 1).ExecuteDeleteAsync(Cancellation);
            await db.Slips.Where(s => s.RosterEntryId == pupils[0]).ExecuteDeleteAsync(Cancellation);
            var rows = db.PaperRows.Where(r => r.SheetId == sheet);
            await rows.Where(r => r.Row == 0).ExecuteUpdateAsync( // counted and erased, all since the backup
                set => set.SetProperty(r => r.RosterEntryId, (int?)null).SetProperty(r => r.IsErased, true), Cancellation);
            await rows.Where(r => r.Row == 2).ExecuteUpdateAsync(set => set.SetProperty(r => r.Name, (string?)null), Cancellation);
            await rows.Where(r => r.Row == 3).ExecuteUpdateAsync( // it has become a pledge, which the backup does not have
                set => set.SetProperty(r => r.Name, (string?)null).SetProperty(r => r.Sequence, 99), Cancellation);
        }
        await app.StopAsync();

        var restored = await BackupFiles.RestoreAsync(app.DataDirectory, File);

        Assert.Equal((3, 2, 1), (restored.Revoked.Photos, restored.Revoked.PaperRows, restored.Revoked.Slips));
        await using var after = ErasureReplay.Open(new(app.DataDirectory));
        Assert.Equal([kept], await after.ReportPhotos.Select(p => p.Id).ToListAsync(Cancellation));
        Assert.Equal([0, 2, 3, 4], await after.PaperRowPictures.Select(p => p.Row).Order().ToListAsync(Cancellation));
        Assert.Equal([pupils[1]], await after.Slips.Select(s => s.RosterEntryId).ToListAsync(Cancellation));
        Assert.Equal([(true, null, null), (false, pupils[1], null), (false, null, null), (false, null, "卞知秋"), (false, null, "程远帆")],
            (await after.PaperRows.Where(r => r.SheetId == sheet).OrderBy(r => r.Row).ToListAsync(Cancellation))
                .Select(r => (r.IsErased, r.RosterEntryId, r.Name)));
        var bytes = await System.IO.File.ReadAllBytesAsync(Path.Combine(app.DataDirectory, "campaign.db"), Cancellation);
        Assert.True(bytes.AsSpan().IndexOf(pictures[0]) >= 0, "The search finds what is there.");
        Assert.DoesNotContain([pictures[1], other.Pictures[0]], gone => bytes.AsSpan().IndexOf(gone) >= 0);
    }

    private static byte[] Canary()
    {
        var canary = new byte[64];
        Random.Shared.NextBytes(canary);
        return canary;
    }
}
