using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Backups;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Storage;

/// <summary>With a certificate the keys that seal cookies are not to be had from the files or a backup.</summary>
public sealed class KeyEncryptionTests : IDisposable
{
    private const string Password = "four unrelated words";

    private readonly DirectoryInfo shelf = Directory.CreateTempSubdirectory("safety-campaign-");

    public void Dispose() => shelf.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Keys_from_before_there_was_a_certificate_are_encrypted_too_and_still_open_what_they_sealed(bool postgres)
    {
        await using var app = new CampaignApp { Postgres = postgres };
        await app.InitializeAsync();
        var cookie = app.Get<IDataProtectionProvider>().CreateProtector("cookies").Protect("王老师");
        Assert.True((await KeysAsync(app)).All(KeyEncryption.IsPlain), "The keys were to be plain.");
        (app.Settings["DataProtection:Certificate"], app.Settings["DataProtection:CertificatePassword"]) = (Certificate(), Password);

        await app.RestartAsync();

        Assert.Equal("王老师", app.Get<IDataProtectionProvider>().CreateProtector("cookies").Unprotect(cookie));
        var keys = await KeysAsync(app);
        Assert.NotEmpty(keys);
        Assert.All(keys, key => Assert.DoesNotContain("<value>", key));
        Assert.DoesNotContain(keys, KeyEncryption.IsPlain);
        if (!postgres)
            Assert.Equal(BackupKeys.Encrypted,
                app.Get<Backup>().Write(Path.Combine(shelf.FullName, "backup"), TestContext.Current.CancellationToken).Keys);
    }

    [Fact]
    public void A_certificate_that_is_no_use_is_told()
    {
        var certificate = Certificate();
        var noKey = Path.Combine(shelf.FullName, "public.pfx");
        using (var whole = X509CertificateLoader.LoadPkcs12FromFile(certificate, Password))
        using (var half = X509CertificateLoader.LoadCertificate(whole.Export(X509ContentType.Cert)))
            File.WriteAllBytes(noKey, half.Export(X509ContentType.Pfx, Password));

        Assert.Contains("another password", Refused(certificate, "a wrong password"));
        Assert.Contains("no private key", Refused(noKey, Password));
        Assert.Contains("cannot be read", Refused(Path.Combine(shelf.FullName, "missing.pfx"), Password));
        Assert.Contains("DataProtection:Certificate", Refused("", Password));
    }

    private static string Refused(string path, string password) => Assert.Throws<InvalidOperationException>(() => KeyEncryption.Read(
        Tests.Backups.BackupFiles.Settings((KeyEncryption.Setting, path), (KeyEncryption.PasswordSetting, password)))).Message;

    private static async Task<List<string>> KeysAsync(CampaignApp app)
    {
        if (!app.Postgres)
            return [.. Directory.GetFiles(Path.Combine(app.DataDirectory, "keys"), "*.xml").Select(File.ReadAllText)];
        await using var db = app.OpenStore();
        return await db.Set<DataProtectionKeyRow>().Select(key => key.Xml).ToListAsync(TestContext.Current.CancellationToken);
    }

    private string Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        var path = Path.Combine(shelf.FullName, "keys.pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, Password));
        return path;
    }
}
