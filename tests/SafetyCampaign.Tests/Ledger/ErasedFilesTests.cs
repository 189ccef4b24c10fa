using System.Buffers.Text;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;

namespace SafetyCampaign.Tests.Ledger;

/// <summary>Deleted is deleted on the disk too: every file of the data folder is read for what was erased.</summary>
public sealed class ErasedFilesTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CampaignApp app = new();
    private SeededEvent e = null!;
    private HttpClient phone = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        (e, phone) = (await app.SeedEventAsync(), app.CreateClient());
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task After_a_withdrawal_an_erasure_and_a_correction_no_file_holds_a_name_or_a_stroke_or_what_a_guess_is_tried_on()
    {
        var (kept, withdrawn, erased, corrected) = (await SignAsync("孔守仁"), await SignAsync("丘灵犀"), await SignAsync("苗沐阳"),
            await SignAsync("卞知秋"));
        foreach (var trace in new[] { kept, withdrawn, erased, corrected }.SelectMany(signed => signed.Erased))
            Assert.True(await IsInFilesAsync(app, trace), "The search finds what is there.");

        await phone.PostAsync(withdrawn.Receipt + "?handler=Withdraw", null, Cancellation);
        await phone.PostAsync(erased.Receipt + "?handler=Erase", null, Cancellation);
        await app.Get<PledgeLedger>().CorrectAsync(corrected.Sequence,
            [new SignerCorrection("卞知夏", e.Primary, null), new SignerCorrection("卞父", e.Primary, null)]);

        foreach (var trace in (byte[][])[.. withdrawn.Erased, withdrawn.Strokes, .. erased.Erased, erased.Strokes, .. corrected.Erased])
            await GoneAsync(app, trace);
        foreach (var trace in kept.Erased)
            Assert.True(await IsInFilesAsync(app, trace));
    }

    [Fact]
    public async Task A_long_reading_delays_it_signing_goes_on_and_a_program_that_was_killed_meanwhile_does_it_at_its_next_start()
    {
        var withdrawn = await SignAsync("丘灵犀");
        await using var killed = new CampaignApp();
        await using (var db = app.OpenStore())
        {
            await using var reading = db.BeginSnapshotTransaction();
            await db.Pledges.CountAsync(Cancellation);
            await phone.PostAsync(withdrawn.Receipt + "?handler=Withdraw", null, Cancellation);
            for (var i = 0; i < 5; i++)
                Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, Signing.Family(e, $"王小{(char)('一' + i)}"))).StatusCode);
            Assert.False(await app.Get<ErasureCleanup>().RunAsync(Cancellation));
            Assert.True(await IsInFilesAsync(app, withdrawn.Erased[0]));
            await DataFiles.CopyAsync(app.DataDirectory, killed.DataDirectory);
        }

        await GoneAsync(app, withdrawn.Erased[0]);
        Assert.True(await IsInFilesAsync(killed, withdrawn.Erased[0]));
        await killed.InitializeAsync();
        await GoneAsync(killed, withdrawn.Erased[0]);
    }

    [Fact]
    public async Task What_is_erased_right_before_the_program_stops_is_gone_when_it_has_stopped()
    {
        var (first, second) = (await SignAsync("丘灵犀"), await SignAsync("苗沐阳"));
        await phone.PostAsync(first.Receipt + "?handler=Withdraw", null, Cancellation);
        await phone.PostAsync(second.Receipt + "?handler=Withdraw", null, Cancellation);

        await app.StopAsync();

        foreach (var trace in (byte[][])[.. first.Erased, .. second.Erased, first.Strokes, second.Strokes])
            Assert.False(await IsInFilesAsync(app, trace));
        await app.StartAsync();
    }

    [Fact]
    public async Task A_report_photo_that_was_removed_is_in_no_file_soon_after()
    {
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        var photo = new byte[3_000];
        Random.Shared.NextBytes(photo);
        await using var db = app.OpenStore();
        var kept = db.ReportPhotos.Add(new ReportPhoto(e.Id, "演示抛绳", photo, 40, 30, DateTimeOffset.UtcNow));
        await db.SaveChangesAsync(Cancellation);
        Assert.True(await IsInFilesAsync(app, photo[..64]), "The search finds what is there.");

        await desk.SendAsync($"/organize/events/{e.Code}/records/report/photos?handler=Remove", ("photo", $"{kept.Entity.Id}"));

        await GoneAsync(app, photo[..64]);
    }

    /// <param name="Erased">The child's name in UTF-8, the salt and the hash of what was sent.</param>
    private sealed record Signed(string Receipt, long Sequence, byte[][] Erased, byte[] Strokes);

    private int families;

    private async Task<Signed> SignAsync(string child)
    {
        families++;
        var strokes = Ink.Draw([(100 + families, 100), (400, 317), (800, 121)], [(301, 83), (300 + families, 479)]);
        var request = Signing.Family(e, child, child[..1] + "父");
        request.SignerOf(0)["signature"] = Base64Url.EncodeToString(strokes);
        var answer = await (await phone.SignAsync(e.Code, request)).JsonAsync();
        await using var db = app.OpenStore();
        var head = await db.Pledges.AsNoTracking().SingleAsync(p => p.Name == child, Cancellation);
        byte[][] erased = [Encoding.UTF8.GetBytes(child), head.Salt!, head.ContentHash!];
        return new Signed($"/r/{answer["receipt"]}", head.Sequence, erased, strokes);
    }

    private static async Task GoneAsync(CampaignApp app, byte[] trace)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Patience);
        while (await IsInFilesAsync(app, trace))
            await Task.Delay(50, patience.Token);
    }

    private static Task<bool> IsInFilesAsync(CampaignApp app, byte[] trace) => DataFiles.HoldAsync(app,
        trace.Length >= 12 ? [trace] // else it is a name, which may be written in another encoding as well
            : [trace, .. new[] { Encoding.Unicode, Encoding.BigEndianUnicode }.Select(e => e.GetBytes(Encoding.UTF8.GetString(trace)))]);
}
