using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Records.Seals;

namespace SafetyCampaign.Tests.Records;

/// <summary>A seal is timestamped where an authority is configured, and stands without it where that is away.</summary>
public abstract partial class SealTimestampsTests(bool onPostgres) : IAsyncLifetime
{
    private static readonly DateTimeOffset July = new(2026, 7, 17, 4, 30, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider clock = new(July);
    private TestTimestampAuthority authority = null!;
    private CampaignApp app = null!;
    private SeededEvent e = null!;
    private DeskVisitor desk = null!;
    private HttpClient phone = null!;
    private string receipt = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (onPostgres)
            _ = Servers.Postgres;
        authority = await TestTimestampAuthority.StartAsync();
        app = new CampaignApp
        {
            Clock = clock,
            Postgres = onPostgres,
            Settings = { [TimestampSettings.Setting] = authority.Address },
        };
        await app.InitializeAsync();
        (e, phone) = (await app.SeedEventAsync(startsAt: July), app.CreateClient());
        receipt = await phone.SignedAsync(e, "陈思雨", "陈强");
        desk = await DeskVisitor.SignInAsync(app, e.Organization);
        GC.SuppressFinalize(this);
    }

    public async ValueTask DisposeAsync()
    {
        phone?.Dispose();
        if (app is not null)
            await app.DisposeAsync();
        if (authority is not null)
            await authority.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Its_token_lies_in_the_package_beside_what_it_is_over_and_the_pages_say_since_when()
    {
        await StampedAsync();
        var files = await AgainAsync();

        var content = files["data/seal.txt"];
        Assert.StartsWith($"safety-campaign seal 1\n{e.Code}\n1\n2026-07-17T04:30:00Z\n1\n", Encoding.UTF8.GetString(content),
            StringComparison.Ordinal);
        var seal = JsonNode.Parse(files["manifest.json"])!["seal"]!;
        Assert.Equal((string?)seal["code"], SealCode.Of(SHA256.HashData(content)));
        Assert.True(Rfc3161TimestampToken.TryDecode(files["data/seal.tst"], out var token, out _));
        Assert.True(token.VerifySignatureForData(content, out var signer));
        Assert.Equal("CN=Test Timestamp Authority", signer!.Subject);
        Assert.Equal(authority.Now, token.TokenInfo.Timestamp);
        Assert.False(token.VerifySignatureForData([.. content, (byte)'\n'], out _));
        Assert.Contains("2026年7月17日 12:30", await desk.ReadAsync($"/organize/events/{e.Code}/records/archive"), StringComparison.Ordinal);
        Assert.Contains("时间戳机构在2026年7月17日 12:30:01", Encoding.UTF8.GetString(files["01-目录.html"]), StringComparison.Ordinal);
        Assert.Equal(1, authority.Asked);
    }

    [Fact]
    public async Task The_command_of_the_handbook_finds_the_signature_to_be_the_authoritys_and_no_other()
    {
        const string openssl = "/usr/bin/openssl";
        Assert.SkipUnless(File.Exists(openssl), "There is no openssl to check a timestamp with.");
        var handbook = await File.ReadAllTextAsync(Path.Combine(Source.Root, "docs", "operations.md"), Cancellation);
        var command = Assert.Single(Command().Matches(handbook)).Groups[1].Value.Split(' ');
        await StampedAsync();
        var folder = Directory.CreateTempSubdirectory("timestamp");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "data"));
            foreach (var (name, content) in (await AgainAsync()).Where(file => file.Key.StartsWith("data/", StringComparison.Ordinal)))
                await File.WriteAllBytesAsync(Path.Combine(folder.FullName, name), content, Cancellation);
            var certificate = Path.Combine(folder.FullName, "authority.pem");

            await File.WriteAllTextAsync(certificate, authority.CertificatePem, Cancellation);
            Assert.Equal((0, "Verification: OK"), await RunAsync());
            await using (var other = await TestTimestampAuthority.StartAsync())
                await File.WriteAllTextAsync(certificate, other.CertificatePem, Cancellation);
            Assert.Equal((1, "Verification: FAILED"), await RunAsync());
            await File.WriteAllTextAsync(certificate, authority.CertificatePem, Cancellation);
            await File.AppendAllTextAsync(Path.Combine(folder.FullName, "data", "seal.txt"), "\n", Cancellation);
            Assert.Equal((1, "Verification: FAILED"), await RunAsync());
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        async Task<(int, string)> RunAsync()
        {
            using var checking = Process.Start(new ProcessStartInfo(openssl, command)
            {
                WorkingDirectory = folder.FullName,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var said = checking.StandardOutput.ReadToEndAsync(Cancellation);
            var complained = checking.StandardError.ReadToEndAsync(Cancellation);
            await checking.WaitForExitAsync(Cancellation);
            var verdict = (await said + await complained).Split('\n')
                .FirstOrDefault(line => line.StartsWith("Verification", StringComparison.Ordinal));
            return (checking.ExitCode, verdict ?? await complained);
        }
    }

    [GeneratedRegex("`openssl (ts -verify [^`]+)`")]
    private static partial Regex Command();

    [Theory]
    [InlineData(AuthorityMood.Error)]
    [InlineData(AuthorityMood.OtherHash)]
    [InlineData(AuthorityMood.OtherNonce)]
    [InlineData(AuthorityMood.Rejects)]
    [InlineData(AuthorityMood.Nonsense)]
    public async Task While_the_authority_is_away_or_answers_wrongly_the_seal_stands_without_it_and_is_asked_for_again(AuthorityMood mood)
    {
        authority.Mood = mood;
        var files = await ArchiveTests.MakeAsync(app, desk, e);
        await app.Get<SealTimestamps>().RunAsync(Cancellation);

        Assert.DoesNotContain("data/seal.tst", files.Keys);
        Assert.Contains("seal.txt", files.Keys);
        Assert.Contains("还没有时间戳", await desk.ReadAsync($"/organize/events/{e.Code}/records/archive"), StringComparison.Ordinal);
        var asked = authority.Asked;
        Assert.InRange(asked, 1, 1);
        authority.Mood = AuthorityMood.Right;
        await app.Get<SealTimestamps>().RunAsync(Cancellation);
        Assert.Equal(asked, authority.Asked); // not yet

        await app.RestartAsync();
        clock.Advance(SealTimestamps.AskAgainAfter + TimeSpan.FromMinutes(1));
        await StampedAsync();

        desk = await DeskVisitor.SignInAsync(app, e.Organization);
        Assert.Contains("data/seal.tst", (await AgainAsync()).Keys);
        await using var db = app.OpenStore();
        Assert.Equal(1, await db.Seals.CountAsync(Cancellation)); // the same seal
    }

    [Fact]
    public async Task Nobody_waits_for_an_authority_that_does_not_answer()
    {
        await using var silent = new CampaignApp { Settings = { [TimestampSettings.Setting] = "http://127.0.0.1:9/tsa" } };
        await silent.InitializeAsync();
        var other = await silent.SeedEventAsync();
        using var parent = silent.CreateClient();
        await parent.SignedAsync(other, "周小鱼", "周海");

        var files = await ArchiveTests.MakeAsync(silent, await DeskVisitor.SignInAsync(silent, other.Organization), other);

        Assert.Contains("manifest.json", files.Keys);
    }

    [Fact]
    public void An_address_that_is_none_is_refused_at_the_start()
    {
        var validator = new TimestampSettings.Validator();

        Assert.Contains(TimestampSettings.Setting, validator.Validate(null, new() { TimestampAuthority = "tsa.example" }).FailureMessage);
        Assert.True(validator.Validate(null, new()).Succeeded);
        Assert.True(validator.Validate(null, new() { TimestampAuthority = "http://tsa.example/" }).Succeeded);
    }

    /// <summary>Has the seal made, where there is none, and waits for its token.</summary>
    private async Task StampedAsync()
    {
        await using var db = app.OpenStore();
        if (!await db.Seals.AnyAsync(Cancellation))
            await ArchiveTests.MakeAsync(app, desk, e);
        await Wait.UntilAsync(async () =>
        {
            await app.Get<SealTimestamps>().RunAsync(Cancellation);
            return await db.Seals.AnyAsync(s => s.Timestamp != null, Cancellation);
        }, "the seal is stamped");
    }

    /// <summary>A package that is made anew, since a pledge that is not in any other way changed was found invalid.</summary>
    private async Task<Dictionary<string, byte[]>> AgainAsync()
    {
        await app.InvalidateAsync(receipt);
        return await ArchiveTests.MakeAsync(app, desk, e);
    }
}

public sealed class SealTimestampsOnSqliteTests() : SealTimestampsTests(onPostgres: false);

public sealed class SealTimestampsOnPostgresTests() : SealTimestampsTests(onPostgres: true);
