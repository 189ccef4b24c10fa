using System.Text;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Backups;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Tests.Records;
using SafetyCampaign.Tests.Schools.Paper;
using SafetyCampaign.Tests.Schools.Slips;

namespace SafetyCampaign.Tests.Backups;

/// <summary>What was withdrawn, erased or corrected after a backup was made does not come back with it.</summary>
public sealed class ErasureReplayTests : IAsyncLifetime
{
    private readonly DirectoryInfo shelf = Directory.CreateTempSubdirectory("safety-campaign-");
    private readonly CampaignApp app = new();
    private SeededEvent e = null!;
    private SeededEvent rehearsed = null!;
    private string withdrawn = "";
    private string erased = "";
    private string corrected = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string File => Path.Combine(shelf.FullName, "backup");

    private string Database => Path.Combine(app.DataDirectory, "campaign.db");

    private string List => Path.Combine(app.DataDirectory, "erasures.log");

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        (e, rehearsed) = (await app.SeedEventAsync(), await app.SeedEventAsync(EventState.Rehearsal));
        using var phone = app.CreateClient();
        withdrawn = await phone.SignedAsync(e, "欧阳撤回", "司马撤回");
        erased = await phone.SignedAsync(e, "欧阳删除", "司马删除");
        corrected = await phone.SignedAsync(e, "欧阳更正", "司马更正");
        await phone.SignedAsync(e, "欧阳留下", "司马留下");
        await phone.SignedAsync(rehearsed, "欧阳演练", "司马演练");
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        shelf.Delete(recursive: true);
    }

    [Theory]
    [InlineData("database and list")]
    [InlineData("database alone")]
    [InlineData("list alone")]
    [InlineData("list beside a damaged database")]
    public async Task A_restore_erases_it_again_before_anything_is_served(string known)
    {
        app.Get<Backup>().Write(File, Cancellation);
        await ActAsync();
        await app.StopAsync();
        switch (known)
        {
            case "database alone":
                System.IO.File.Delete(List);
                break;
            case "list alone":
                System.IO.File.Delete(Database);
                break;
            case "list beside a damaged database":
                await System.IO.File.WriteAllBytesAsync(Database, new byte[100_000], Cancellation);
                break;
        }
        var knowsDatabase = known.StartsWith("database", StringComparison.Ordinal);

        var restored = await BackupFiles.RestoreAsync(app.DataDirectory, File);

        Assert.Equal(new RepeatedErasures
        {
            Withdrawn = 1,
            Erased = 1,
            Corrected = knowsDatabase ? 1 : 0,
            CorrectedErased = knowsDatabase ? 0 : 1,
            Rehearsals = 1,
            ReplacedWasRead = known != "list beside a damaged database",
        }, restored.Repeated);
        AssertGone("欧阳撤回", "司马撤回", "欧阳删除", "司马删除", "欧阳更正", "司马更正", "欧阳演练", "司马演练");
        await app.StartAsync();
        Assert.Equal(knowsDatabase ? ["欧阳新名", "司马新名", "欧阳留下", "司马留下"] : ["欧阳留下", "司马留下"], await NamesAsync());
        using var phone = app.CreateClient();
        Assert.Equal(6, await phone.PeopleAsync(e.Code));
        Assert.NotNull((await FindAsync(withdrawn)).WithdrawnAt);
        Assert.NotNull((await FindAsync(erased)).ErasedAt);
    }

    [Fact]
    public async Task What_a_backup_knows_already_is_left_as_it_is()
    {
        await ActAsync();
        app.Get<Backup>().Write(File, Cancellation);
        await app.StopAsync();
        System.IO.File.Delete(Database);

        var restored = await BackupFiles.RestoreAsync(app.DataDirectory, File);

        Assert.Equal(0, restored.Repeated.Total);
        await app.StartAsync();
        Assert.Equal(["欧阳新名", "司马新名", "欧阳留下", "司马留下"], await NamesAsync());
    }

    [Fact]
    public async Task A_correction_that_was_repeated_holds_at_the_next_restore()
    {
        app.Get<Backup>().Write(File, Cancellation);
        await ActAsync();
        await app.StopAsync();
        await BackupFiles.RestoreAsync(app.DataDirectory, File);
        await app.StartAsync();
        var later = File + "-later";
        app.Get<Backup>().Write(later, Cancellation);
        await app.StopAsync();
        System.IO.File.Delete(Database);

        var restored = await BackupFiles.RestoreAsync(app.DataDirectory, later);

        Assert.Equal(0, restored.Repeated.Total);
        await app.StartAsync();
        Assert.Equal(["欧阳新名", "司马新名", "欧阳留下", "司马留下"], await NamesAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_consent_to_masked_names_that_was_withdrawn_stays_withdrawn(bool databaseIsLost)
    {
        var sequence = (await FindAsync(erased)).Receipt.Sequence;
        await using (var db = app.OpenStore())
            await db.Pledges.Where(p => p.Sequence == sequence)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.ShowMaskedName, true), Cancellation);
        app.Get<Backup>().Write(File, Cancellation);
        Assert.True(await app.Get<PledgeLedger>().WithdrawMaskedNameAsync(sequence));
        await app.StopAsync();
        if (databaseIsLost)
            System.IO.File.Delete(Database);

        var restored = await BackupFiles.RestoreAsync(app.DataDirectory, File);

        Assert.Equal(1, restored.Repeated.MaskedNames);
        await app.StartAsync();
        Assert.False((await FindAsync(erased)).ShowMaskedName);
    }

    [Theory]
    [InlineData("said by whoever restores")]
    [InlineData("known by the database that is replaced")]
    [InlineData("behind what the database knows that is replaced")]
    public async Task A_backup_that_has_outlived_its_day_comes_back_without_names_and_whatever_goes_with_them(string clockIs)
    {
        var pupils = await app.SeedRosterAsync(e, e.Primary, (1, "欧阳在册"));
        await app.SeedPaperAsync(e, e.Primary, pupils, rows: 2, rehearsal: false, () => [1, 2, 3]);
        await app.SeedReportPhotoAsync(e);
        await app.SeedSlipAsync(e, pupils[0]);
        var made = app.Get<Backup>().Write(File, Cancellation);
        await app.StopAsync();
        var day = new DateTimeOffset(made.DeleteOn!.Value, TimeOnly.MinValue, TimeSpan.FromHours(8));
        var isBehind = clockIs.StartsWith("behind", StringComparison.Ordinal);
        if (isBehind || clockIs.StartsWith("known", StringComparison.Ordinal))
            BackupFiles.Execute(Database, $"UPDATE maintenance SET ClockSeenAt = {day.AddHours(isBehind ? 1 : -23).UtcTicks}");

        var restored = await BackupFiles.RestoreAsync(app.DataDirectory, File, new SetClock(isBehind ? DateTimeOffset.UnixEpoch : day),
            isClockRight: clockIs == "said by whoever restores" ? true : null);

        Assert.Equal(new RepeatedErasures { Expired = 10, Beside = new(1, 1, 1, 1), Pupils = 1 }, restored.Repeated);
        AssertGone("欧阳留下", "司马留下", "欧阳演练", "欧阳在册");
        await using var db = ErasureReplay.Open(new(app.DataDirectory));
        Assert.False(await db.PaperSheets.AnyAsync(Cancellation) || await db.PaperPhotos.AnyAsync(Cancellation)
            || await db.ReportPhotos.AnyAsync(Cancellation) || await db.Slips.AnyAsync(Cancellation)
            || await db.Roster.AnyAsync(Cancellation) || await db.Signatures.AnyAsync(Cancellation));
    }

    [Fact]
    public async Task By_a_clock_that_is_far_ahead_nothing_is_erased_until_somebody_says_that_it_is_right()
    {
        app.Get<Backup>().Write(File, Cancellation);
        await app.StopAsync();
        var wrong = new SetClock(new DateTimeOffset(2038, 1, 19, 3, 14, 7, TimeSpan.Zero));
        var before = await System.IO.File.ReadAllBytesAsync(Database, Cancellation);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => BackupFiles.RestoreAsync(app.DataDirectory, File, wrong));

        Assert.Contains("2038-01-19", refused.Message);
        Assert.Contains("--ClockIsRight=true", refused.Message);
        Assert.Equal(before, await System.IO.File.ReadAllBytesAsync(Database, Cancellation));

        System.IO.File.Delete(Database); // nor where nothing is known but the backup
        await Assert.ThrowsAsync<InvalidOperationException>(() => BackupFiles.RestoreAsync(app.DataDirectory, File, wrong));
        var restored = await BackupFiles.RestoreAsync(app.DataDirectory, File, wrong, isClockRight: false);

        Assert.Equal(new RepeatedErasures { LeftInDoubt = true }, restored.Repeated);
        await app.StartAsync();
        Assert.Contains("欧阳留下", await NamesAsync());
    }

    [Fact]
    public async Task An_act_is_in_the_list_when_it_is_answered_and_the_list_holds_no_name()
    {
        var sequence = (await FindAsync(withdrawn)).Receipt.Sequence;

        await app.Get<PledgeLedger>().WithdrawAsync(sequence);

        var record = Assert.Single(new ErasureList(new(app.DataDirectory)).Read());
        Assert.Equal(LedgerActKind.Withdrawn, record.Kind);
        await using var db = app.OpenStore();
        var pledge = await db.Pledges.SingleAsync(p => p.Sequence == sequence, Cancellation);
        Assert.Equal((Convert.ToHexStringLower(pledge.Key), pledge.WithdrawnAt), (record.Subject, record.At));
        Assert.DoesNotContain("撤回", await System.IO.File.ReadAllTextAsync(List, Cancellation));
    }

    [Fact]
    public async Task A_line_that_was_cut_short_is_passed_over_and_the_next_stands_for_itself()
    {
        await ActAsync();
        var list = app.Get<ErasureList>();
        var before = list.Read();
        await System.IO.File.AppendAllTextAsync(List, before[0].Write()[..20], Cancellation);

        list.Append([before[0] with { KeepUntil = before[0].KeepUntil.AddDays(1) }]);

        Assert.Equal(before.Count + 1, list.Read().Count);
        Assert.Equal(before.Count, list.Prune(before[0].KeepUntil.AddDays(1)));
        Assert.Single(list.Read());
    }

    /// <summary>Each kind of act that takes a name away.</summary>
    private async Task ActAsync()
    {
        var ledger = app.Get<PledgeLedger>();
        await ledger.WithdrawAsync((await FindAsync(withdrawn)).Receipt.Sequence);
        await ledger.EraseAsync((await FindAsync(erased)).Receipt.Sequence);
        await ledger.CorrectAsync((await FindAsync(corrected)).Receipt.Sequence,
            [new SignerCorrection("欧阳新名", e.Primary, null), new SignerCorrection("司马新名", e.Primary, GuardianRelation.Mother)]);
        await ledger.WipeRehearsalAsync(rehearsed.Id, by: null);
    }

    private async Task<SignedReceipt> FindAsync(string receipt) =>
        (await app.Get<Receipts>().FindAsync(receipt["/r/".Length..], Cancellation))!;

    private async Task<List<string>> NamesAsync()
    {
        await using var db = app.OpenStore();
        return await db.Pledges.Where(p => p.Name != null).OrderBy(p => p.Sequence).Select(p => p.Name!).ToListAsync(Cancellation);
    }

    private void AssertGone(params string[] names)
    {
        var bytes = System.IO.File.ReadAllBytes(Database);
        Assert.DoesNotContain(names, name => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(name)) >= 0);
    }
}
