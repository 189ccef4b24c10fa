using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk.Prepared;
using SafetyCampaign.Ledger;
using SafetyCampaign.Records.Seals;
using SafetyCampaign.Records.Verifier;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Schools.Paper;
using Document = UglyToad.PdfPig.PdfDocument;

namespace SafetyCampaign.Tests.Records;

/// <summary>The archive package of an event, its seal, and what erasing does to both.</summary>
public abstract class ArchiveTests(CampaignApp app)
{
    private readonly HttpClient phone = app.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_package_is_listed_hashed_and_sealed_and_the_seal_is_printed_and_stays_while_nothing_changes()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        await phone.SignedAsync(e, "陈思雨", "陈强");
        await app.InvalidateAsync(await phone.SignedAsync(e, "郑小河", "郑洋"));
        var page = $"/organize/events/{e.Code}/records/archive";
        Assert.Equal(page, (await desk.GetAsync(page + ".zip")).Headers.Location?.OriginalString); // not before it is made

        var files = await MakeAsync(app, desk, e);

        Assert.Equal(
            [
                "01-目录.html", "02-活动方案.html", "03-承诺书原文.html", "04-承诺册.pdf", "05-签名名单.xlsx", "06-家庭名单.xlsx", "07-各班人数.xlsx",
                "08-活动报告.pdf", "09-审计记录.csv", "10-核验.html", "data/hashes.txt", "data/leaves.txt", "data/texts.json", "manifest.json",
                "seal.txt",
            ], files.Keys.Order(StringComparer.Ordinal));
        var manifest = JsonNode.Parse(files["manifest.json"])!;
        Assert.Equal(files.Keys.Except(["manifest.json", "seal.txt"]).Order(StringComparer.Ordinal),
            manifest["files"]!.AsArray().Select(file => (string)file!["path"]!));
        Assert.All(manifest["files"]!.AsArray(), file => Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(files[(string)file!["path"]!])), (string)file["sha256"]!));
        var (code, packageCode) = ((string)manifest["seal"]!["code"]!, SealCode.Of(SHA256.HashData(files["manifest.json"])));
        Assert.Contains(packageCode, Encoding.UTF8.GetString(files["seal.txt"]), StringComparison.Ordinal);
        foreach (var printed in new[] { "04-承诺册.pdf", "08-活动报告.pdf" })
        {
            using var pdf = Document.Open(files[printed]);
            Assert.Contains(code, string.Concat(pdf.GetPages().Select(p => p.Text)), StringComparison.Ordinal);
        }
        Assert.Contains("陈思雨", Encoding.UTF8.GetString(files["data/leaves.txt"]), StringComparison.Ordinal);
        Assert.Contains("不到无安全设施、无救援人员的水域游泳", Encoding.UTF8.GetString(files["03-承诺书原文.html"]), StringComparison.Ordinal);
        Assert.EndsWith("counted\n", Lines(files, "data/hashes.txt")[0] + "\n", StringComparison.Ordinal);
        Assert.EndsWith("invalid", Lines(files, "data/hashes.txt")[1], StringComparison.Ordinal);
        var again = await MakeAsync(app, desk, e);
        Assert.Equal(manifest["seal"]!.ToJsonString(), JsonNode.Parse(again["manifest.json"])!["seal"]!.ToJsonString());
        Assert.Contains(code, await desk.ReadAsync(page), StringComparison.Ordinal);
        await using var db = app.OpenStore();
        var line = await db.AuditEntries.FirstAsync(a => a.EventCode == e.Code && a.Action == AuditAction.ArchiveExported, Cancellation);
        Assert.Equal((packageCode, 2), (line.Detail, line.Count));
    }

    [Fact]
    public async Task Photos_and_paper_of_pledges_that_count_lie_in_it_and_are_listed_and_what_was_erased_does_not()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        await app.SeedReportPhotoAsync(e, "救援队演示抛绳");
        var pupils = await app.SeedRosterAsync(e, e.Primary, (1, "孔守仁"), (2, "丘灵犀"), (3, "苗沐阳"));
        var count = 0;
        var (sheet, pictures) = await app.SeedPaperAsync(e, e.Primary, pupils, 4, rehearsal: false, () => [0xff, 0xd8, (byte)count++]);
        await using var db = app.OpenStore();
        var requests = new List<long>();
        foreach (var (row, name) in new[] { "孔守仁", "丘灵犀", "苗沐阳" }.Index())
        {
            var receipt = await phone.SignedAsync(e, name, $"{name}家长");
            requests.Add((await app.Get<Receipts>().FindAsync(receipt["/r/".Length..], Cancellation))!.Receipt.Sequence);
            await db.PaperRows.Where(r => r.SheetId == sheet && r.Row == row)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.Sequence, requests[^1]), Cancellation);
            if (row == 1)
                await app.InvalidateAsync(receipt);
        }
        await app.Get<PledgeLedger>().EraseAsync(requests[2]);

        var files = await MakeAsync(app, desk, e);

        var counted = $"paper/{requests[0]:000000}.jpg";
        var found = files.Keys.Where(name => name.EndsWith(".jpg", StringComparison.Ordinal)).ToList();
        Assert.Equal([counted, "photos/01.jpg"], found.Order(StringComparer.Ordinal));
        Assert.Equal(pictures[0], files[counted]);
        var manifest = JsonNode.Parse(files["manifest.json"])!["files"]!.AsArray();
        Assert.All(found, name => Assert.Contains(manifest, file => (string)file!["path"]! == name
            && (string)file["sha256"]! == Convert.ToHexStringLower(SHA256.HashData(files[name]))));
        var contents = Encoding.UTF8.GetString(files["01-目录.html"]);
        Assert.Contains("11-活动照片.html", contents, StringComparison.Ordinal);
        Assert.Contains("12-纸质签名.html", contents, StringComparison.Ordinal);
        var paper = Encoding.UTF8.GetString(files["12-纸质签名.html"]);
        Assert.Contains("大塘冲小学 五（1）班，第1页，共1页", paper, StringComparison.Ordinal);
        Assert.Contains($"<img src=\"{counted}\"", paper, StringComparison.Ordinal);
        Assert.Contains("孔守仁", paper, StringComparison.Ordinal);
        Assert.DoesNotContain("丘灵犀", paper, StringComparison.Ordinal);
        Assert.DoesNotContain("苗沐阳", paper, StringComparison.Ordinal);
        Assert.Contains("救援队演示抛绳", Encoding.UTF8.GetString(files["11-活动照片.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_erased_after_sealing_keeps_its_hash_and_no_guess_can_be_tried_on_it()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        var receipt = await phone.SignedAsync(e, "陈思雨", "陈强");
        var kept = await phone.SignedAsync(e, "周小鱼", "周海");
        Assert.DoesNotContain("/proof.json", await phone.GetStringAsync(receipt, Cancellation), StringComparison.Ordinal);
        var before = await MakeAsync(app, desk, e);
        Assert.Contains($"{receipt}/proof.json", await phone.GetStringAsync(receipt, Cancellation), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await phone.GetAsync(receipt + "/proof.json", Cancellation)).StatusCode);
        var sequence = (await app.Get<Receipts>().FindAsync(receipt["/r/".Length..], Cancellation))!.Receipt.Sequence;
        await app.Get<PledgeLedger>().EraseAsync(sequence);

        var after = await MakeAsync(app, desk, e);

        var hash = Lines(before, "data/hashes.txt")[0].Split(' ')[1];
        Assert.Equal($"{sequence} - {hash}", Lines(after, "data/leaves.txt")[0]);
        Assert.Equal($"{sequence} {hash} counted", Lines(after, "data/hashes.txt")[0]);
        Assert.Equal(Root(before), Root(after)); // the same pledges, one without names
        Assert.Equal(Root(before), Convert.ToHexStringLower(MerkleTree.RootOf(
            [.. Lines(after, "data/hashes.txt").SelectMany(line => Convert.FromHexString(line.Split(' ')[1]))])));
        foreach (var (name, content) in after.Where(file => !file.Key.EndsWith(".pdf", StringComparison.Ordinal)))
            Assert.DoesNotContain("陈思雨", Text(name, content), StringComparison.Ordinal);
        using (var book = Document.Open(after["04-承诺册.pdf"]))
            Assert.DoesNotContain("陈思雨", string.Concat(book.GetPages().Select(p => p.Text)), StringComparison.Ordinal);

        // Whoever knows the names, the strokes and all that is left in the store still cannot tell that they are the right ones.
        var content1 = Lines(before, "data/leaves.txt")[0].Split(' ', 3)[2];
        Assert.Equal(hash, Convert.ToHexStringLower(PledgeLeaf.HashOf(
            Convert.FromHexString(Lines(before, "data/leaves.txt")[0].Split(' ')[1]), content1))); // by the old package's salt alone
        await using var db = app.OpenStore();
        var row = await db.Pledges.AsNoTracking().SingleAsync(p => p.Sequence == sequence, Cancellation);
        Assert.Null(row.Salt);
        foreach (var left in new[] { [], new byte[16], row.Key, row.Secret!, row.Digest!, await SealHashesAsync(db, e) })
            foreach (var salt in new[] { left, HMACSHA256.HashData(left, "archive leaf"u8)[..16] })
                Assert.NotEqual(hash, Convert.ToHexStringLower(PledgeLeaf.HashOf(salt, content1)));
        Assert.Equal(HttpStatusCode.NotFound, (await phone.GetAsync(receipt + "/proof.json", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await phone.GetAsync(kept + "/proof.json", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task It_is_for_those_who_may_read_names_and_lies_in_the_tree_of_its_event()
    {
        var e = await app.SeedEventAsync();
        var observer = await DeskVisitor.SignInAsync(app, e.Organization, OrganizerRole.Observer);
        var other = await DeskVisitor.SignInAsync(app, (await app.SeedEventAsync()).Organization);
        foreach (var address in new[] { $"/organize/events/{e.Code}/records/archive", $"/organize/events/{e.Code}/records/archive.zip" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await observer.GetAsync(address)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(address)).StatusCode);
        }
    }

    [Fact]
    public async Task The_verifier_is_one_small_file_that_asks_nobody_and_its_address_lets_nothing_else_run()
    {
        using var answer = await phone.GetAsync(VerifierFile.Address, Cancellation);
        var page = await answer.Content.ReadAsStringAsync(Cancellation);

        Assert.InRange(Encoding.UTF8.GetByteCount(page), 10_000, 40_960);
        Assert.Equal(app.Get<VerifierFile>().Html, page);
        Assert.DoesNotContain("http", page.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; script-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    /// <summary>Has a package made and takes it out; its files by path.</summary>
    public static async Task<Dictionary<string, byte[]>> MakeAsync(CampaignApp app, DeskVisitor desk, SeededEvent e) =>
        Files(await MakeZipAsync(app, desk, e));

    public static async Task<byte[]> MakeZipAsync(CampaignApp app, DeskVisitor desk, SeededEvent e)
    {
        var page = $"/organize/events/{e.Code}/records/archive";
        if (app.Get<PreparedFiles>().Find(Wanted(e)) is null)
            await desk.SendAsync(page);
        await app.Get<PreparedFiles>().Find(Wanted(e))!.Writing;
        var answer = await desk.GetAsync(page + ".zip");
        Assert.Equal("application/zip", answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsByteArrayAsync(Cancellation);
    }

    public static Dictionary<string, byte[]> Files(byte[] zip)
    {
        using var package = new ZipArchive(new MemoryStream(zip));
        return package.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var content = new MemoryStream();
            entry.Open().CopyTo(content);
            return content.ToArray();
        });
    }

    private static FileWanted Wanted(SeededEvent e) => new(PreparedKind.Archive, e.Id, InterfaceLanguages.Default.Tag);

    private static string[] Lines(Dictionary<string, byte[]> files, string name) =>
        Encoding.UTF8.GetString(files[name]).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Root(Dictionary<string, byte[]> files) => (string)JsonNode.Parse(files["manifest.json"])!["seal"]!["root"]!;

    /// <summary>Also of a workbook's sheets.</summary>
    private static string Text(string name, byte[] content) => name.EndsWith(".xlsx", StringComparison.Ordinal)
        ? string.Concat(Files(content).Values.Select(Encoding.UTF8.GetString))
        : Encoding.UTF8.GetString(content);

    private static async Task<byte[]> SealHashesAsync(CampaignDb db, SeededEvent e) =>
        await db.Seals.Where(s => s.EventId == e.Id).OrderByDescending(s => s.Version).Select(s => s.LeafHashes).FirstAsync(Cancellation);
}

public sealed class ArchiveOnSqliteTests(CampaignApp app) : ArchiveTests(app), IClassFixture<CampaignApp>;

public sealed class ArchiveOnPostgresTests(PostgresApp app) : ArchiveTests(app.Required), IClassFixture<PostgresApp>;
