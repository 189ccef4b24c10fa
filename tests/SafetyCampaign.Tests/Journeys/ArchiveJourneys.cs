using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SafetyCampaign.Records.Seals;
using SafetyCampaign.Records.Verifier;
using SafetyCampaign.Tests.Records;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>Somebody gets an archive package, and wants to know whether it is as it was made.</summary>
public sealed class ArchiveJourneys(Browser browser) : Journey(browser)
{
    private const string Leaves = "data/leaves.txt";
    private const string OtherSeal = "2222-3333-4444-5555-6666";

    [Fact]
    public async Task A_whole_package_and_receipt_pass_without_a_network_and_whatever_was_changed_is_named()
    {
        var e = await App.SeedEventAsync();
        using var phone = App.CreateClient();
        var receipt = await phone.SignedAsync(e, "陈思雨", "陈强");
        await phone.SignedAsync(e, "周小鱼", "周海");
        await App.SeedReportPhotoAsync(e);
        var page = await DeskAsync();
        await SignInAsync(page, e);
        var whole = await MakeAsync(page, e);
        var proof = await phone.GetByteArrayAsync(receipt + "/proof.json", TestContext.Current.CancellationToken);
        var seal = (string)JsonNode.Parse(proof)!["seal"]!["code"]!;

        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        await page.GotoAsync(VerifierFile.Address);
        await page.Context.SetOfflineAsync(true);
        await AccessibleAsync(page);
        await CheckAsync(page, "package.zip", whole, "完整：每个文件、每份承诺");
        await Expect(page.Locator("#verdict")).ToContainTextAsync(seal);
        await CheckAsync(page, "proof.json", proof, "完整：这份承诺在封存的记录里");
        await AccessibleAsync(page);
        await page.GetByLabel("封存码或包的核对码").FillAsync(seal.ToLowerInvariant());
        foreach (var (name, said, change) in Tampered())
        {
            var changed = change(whole);
            await CheckAsync(page, name, changed, said);
            await Expect(page.Locator("#verdict")).ToHaveClassAsync("bad");
        }
        await CheckAsync(page, "proof.json", Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(proof).Replace("陈思雨", "陈思宇", StringComparison.Ordinal)), "不在封存的记录里");
        await page.GetByLabel("封存码或包的核对码").FillAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await CheckAsync(page, "package.zip", whole, "Whole: every file");
        await CheckAsync(page, "missing.zip", Files(files => files.Remove("09-审计记录.csv"))(whole), "Not as it was sealed. Findings: 1");
        await CheckAsync(page, "letter.zip", "no zip"u8.ToArray(), "It could not be checked:This is no archive package");
        await NoSidewaysAsync(page);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task The_verifier_works_from_a_disk()
    {
        var e = await App.SeedEventAsync();
        var page = await DeskAsync();
        await SignInAsync(page, e);
        var whole = await MakeAsync(page, e); // without a signature
        var disk = Directory.CreateTempSubdirectory("archive");
        try
        {
            var (file, zip) = (Path.Combine(disk.FullName, "verifier.html"), Path.Combine(disk.FullName, "package.zip"));
            await File.WriteAllBytesAsync(file, ArchiveTests.Files(whole)["10-核验.html"], TestContext.Current.CancellationToken);
            await File.WriteAllBytesAsync(zip, whole, TestContext.Current.CancellationToken);
            var phone = await PhoneAsync();
            await phone.GotoAsync(new Uri(file).AbsoluteUri);
            await phone.Locator("#file").SetInputFilesAsync(zip);
            await Expect(phone.Locator("#verdict")).ToContainTextAsync("完整：每个文件、每份承诺");
            await NoSidewaysAsync(phone);
        }
        finally
        {
            disk.Delete(recursive: true);
        }
    }

    /// <summary>Has a package made at the desk, waits until it is, and takes it out.</summary>
    private async Task<byte[]> MakeAsync(IPage desk, SeededEvent e)
    {
        var address = $"/organize/events/{e.Code}/records/archive";
        await desk.GotoAsync(address);
        await AccessibleAsync(desk);
        await desk.GetByRole(AriaRole.Button, new() { Name = "制作归档包" }).ClickAsync();
        await Expect(desk.GetByRole(AriaRole.Link, new() { Name = "下载归档包" })).ToBeVisibleAsync(); // the page asks again by itself
        await AccessibleAsync(desk);
        var answer = await desk.APIRequest.GetAsync(new Uri(App.Address, address + ".zip").ToString());
        return await answer.BodyAsync();
    }

    /// <summary>What was done to a package, what the verifier says, and how it is done.</summary>
    private static IEnumerable<(string Name, string Said, Func<byte[], byte[]> Change)> Tampered()
    {
        yield return ("stroke.zip", "承诺被改过：序列号", Text(Leaves, text =>
            Regex.Replace(text, "(\"strokes\":\"[^\"]{20})(.)", m => m.Groups[1] + (m.Groups[2].Value == "A" ? "B" : "A"))));
        yield return ("name.zip", "陈思宇", Text(Leaves, text => text.Replace("陈思雨", "陈思宇", StringComparison.Ordinal)));
        yield return ("dropped.zip", "少了承诺：序列号", Text(Leaves, text => text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..]));
        yield return ("added.zip", "多了承诺：序列号999", Text(Leaves, text => text + $"999 - {new string('a', 64)}\n"));
        yield return ("swapped.zip", "两个文件互换了：05-签名名单.xlsx，06-家庭名单.xlsx", Files(files =>
            (files["05-签名名单.xlsx"], files["06-家庭名单.xlsx"]) = (files["06-家庭名单.xlsx"], files["05-签名名单.xlsx"])));
        yield return ("cut.zip", "这个包不完整", zip => zip[..(zip.Length / 2)]);
        yield return ("renamed.zip", "文件改了名：04-承诺册.pdf → 04-册.pdf", Files(files =>
        {
            files.Remove("04-承诺册.pdf", out var book);
            files["04-册.pdf"] = book!;
        }));
        yield return ("missing.zip", "少了文件：09-审计记录.csv", Files(files => files.Remove("09-审计记录.csv")));
        yield return ("more.zip", "多了文件：12-补充.txt", Files(files => files["12-补充.txt"] = [1]));
        yield return ("file.zip", "文件被改过：08-活动报告.pdf", Files(files => files["08-活动报告.pdf"][100] ^= 1));
        yield return ("photo.zip", "文件被改过：photos/01.jpg", Files(files => files["photos/01.jpg"][500] ^= 1));
        yield return ("no-photo.zip", "少了文件：photos/01.jpg", Files(files => files.Remove("photos/01.jpg")));
        yield return ("manifest.zip", "清单（manifest.json）被改过",
            Text("manifest.json", text => text.Replace("大塘冲社区", "别的社区", StringComparison.Ordinal)));
        yield return ("no-manifest.zip", "包里没有清单", Files(files => files.Remove("manifest.json")));
        yield return ("wording.zip", "承诺书原文被改过", Files(files =>
        {
            files["data/texts.json"] = Replace(files["data/texts.json"], "私自下水", "私下下水");
            Resign(files);
        }));
        yield return ("other-seal.zip", $"封存码{OtherSeal}不是这个活动", Files(files => Resign(files, seal => seal["code"] = OtherSeal)));
        yield return ("other-root.zip", "承诺和封存的不一样", Files(files => Resign(files, seal => seal["root"] = new string('0', 64))));
        yield return ("made-anew.zip", "不属于这个文件", Files(MakeAnew)); // found by the printed seal alone
        yield return ("no.zip", "没有核验成：这不是归档包：不是zip压缩包", _ => "no zip"u8.ToArray());
    }

    /// <summary>Everything is computed again after a name was changed.</summary>
    private static void MakeAnew(Dictionary<string, byte[]> files)
    {
        files[Leaves] = Replace(files[Leaves], "陈思雨", "陈思宇");
        var hashes = new List<byte[]>();
        var listed = new StringBuilder();
        foreach (var line in Encoding.UTF8.GetString(files[Leaves]).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(' ', 3);
            hashes.Add(PledgeLeaf.HashOf(Convert.FromHexString(parts[1]), parts[2]));
            listed.Append($"{parts[0]} {Convert.ToHexStringLower(hashes[^1])} counted\n");
        }
        files["data/hashes.txt"] = Encoding.UTF8.GetBytes(listed.ToString());
        var code = (string)JsonNode.Parse(files["manifest.json"])!["event"]!["code"]!;
        Resign(files, seal =>
        {
            var root = MerkleTree.RootOf([.. hashes.SelectMany(hash => hash)]);
            seal["root"] = Convert.ToHexStringLower(root);
            seal["code"] = SealCode.Of(code, (int)seal["version"]!, (DateTimeOffset)seal["sealedAt"]!, hashes.Count, root);
        });
    }

    /// <summary>The manifest and the code over it fit the files again.</summary>
    private static void Resign(Dictionary<string, byte[]> files, Action<JsonObject>? change = null)
    {
        var before = SealCode.Of(SHA256.HashData(files["manifest.json"]));
        var manifest = JsonNode.Parse(files["manifest.json"])!;
        foreach (var file in manifest["files"]!.AsArray())
            file!["sha256"] = Convert.ToHexStringLower(SHA256.HashData(files[(string)file["path"]!]));
        change?.Invoke(manifest["seal"]!.AsObject());
        files["manifest.json"] = Encoding.UTF8.GetBytes(manifest.ToJsonString());
        files["seal.txt"] = Replace(files["seal.txt"], before, SealCode.Of(SHA256.HashData(files["manifest.json"])));
    }

    private static byte[] Replace(byte[] content, string old, string with)
    {
        var text = Encoding.UTF8.GetString(content);
        Assert.Contains(old, text, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(text.Replace(old, with, StringComparison.Ordinal));
    }

    private static Func<byte[], byte[]> Text(string name, Func<string, string> change) => Files(files =>
    {
        var before = Encoding.UTF8.GetString(files[name]);
        var after = change(before);
        Assert.NotEqual(before, after);
        files[name] = Encoding.UTF8.GetBytes(after);
    });

    private static Func<byte[], byte[]> Files(Action<Dictionary<string, byte[]>> change) => zip =>
    {
        var files = ArchiveTests.Files(zip);
        change(files);
        using var made = new MemoryStream();
        using (var package = new ZipArchive(made, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in files)
            {
                using var entry = package.CreateEntry(name).Open();
                entry.Write(content);
            }
        return made.ToArray();
    };

    private static async Task CheckAsync(IPage page, string name, byte[] content, string said)
    {
        var file = new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = content };
        await page.Locator("#file").SetInputFilesAsync(file);
        await Expect(page.Locator("#verdict")).ToContainTextAsync(said);
    }
}
