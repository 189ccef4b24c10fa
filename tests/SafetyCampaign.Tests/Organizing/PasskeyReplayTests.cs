using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Desk;

namespace SafetyCampaign.Tests.Organizing;

/// <summary>A passkey whose authenticator does not count, as those that are kept in step over several devices.</summary>
public sealed class PasskeyReplayTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private const string SignIn = "/organize/sign-in/passkey";
    private static readonly byte[] Credential = "a credential's id"u8.ToArray();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_passkey_has_signed_opens_once_also_where_a_copied_cookie_brings_its_challenge_again()
    {
        var e = await app.SeedEventAsync();
        var account = await DeskVisitor.AddAccountAsync(app, $"老师{e.Code}", e.Organization);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await AddAsync(account, key);
        var owner = new DeskVisitor(app.CreateClient());
        var asked = await owner.PostAsync($"{SignIn}?handler=Options", DeskVisitor.Form(await owner.ReadAsync(SignIn)));
        var cookie = asked.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith(StepCookies.Passkey, StringComparison.Ordinal))
            .Split(';')[0];
        var signed = Sign(key, (await asked.JsonAsync())["challenge"]!.GetValue<string>(), account);

        Assert.Equal(DeskRoutes.Home, (await SendAsync(owner, signed)).Headers.Location?.ToString());
        for (var again = 0; again < 2; again++)
        {
            var thief = new DeskVisitor(app.CreateClient());
            thief.Client.DefaultRequestHeaders.Add("Cookie", cookie);
            var answer = await SendAsync(thief, signed);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("这个通行密钥没有通过", await DeskVisitor.TextAsync(answer));
            thief.Client.DefaultRequestHeaders.Remove("Cookie");
            Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync(DeskRoutes.Home)).StatusCode);
        }

        // The owner's next challenge is another one; what was spent is kept no longer than it would be taken.
        await owner.SignOutAsync();
        asked = await owner.PostAsync($"{SignIn}?handler=Options", DeskVisitor.Form(await owner.ReadAsync(SignIn)));
        signed = Sign(key, (await asked.JsonAsync())["challenge"]!.GetValue<string>(), account);
        await using var db = app.OpenStore();
        await db.UserTokens.Where(t => t.UserId == account).ExecuteUpdateAsync(set => set.SetProperty(t => t.Value, "1"), Cancellation);
        Assert.Equal(DeskRoutes.Home, (await SendAsync(owner, signed)).Headers.Location?.ToString());
        Assert.Equal(1, await db.UserTokens.CountAsync(t => t.UserId == account, Cancellation));
    }

    private static async Task<HttpResponseMessage> SendAsync(DeskVisitor visitor, string credential) =>
        await visitor.PostAsync(SignIn, [.. DeskVisitor.Form(await visitor.ReadAsync(SignIn)), ("credential", credential)]);

    private async Task AddAsync(int account, ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        await using var db = app.OpenStore();
        db.UserPasskeys.Add(new IdentityUserPasskey<int>
        {
            UserId = account,
            CredentialId = Credential,
            Data = new IdentityPasskeyData
            {
                // A COSE key: EC2, ES256, P-256, x and y (RFC 9053 7.1.1).
                PublicKey = [0xA5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32, .. point.X!, 0x22, 0x58, 32, .. point.Y!],
                Name = "办公室电脑",
                CreatedAt = DateTimeOffset.UnixEpoch,
                IsUserVerified = true,
                AttestationObject = [],
                ClientDataJson = [],
            },
        });
        await db.SaveChangesAsync(Cancellation);
    }

    /// <summary>An assertion as a browser makes it (WebAuthn 7.2).</summary>
    private static string Sign(ECDsa key, string challenge, int account)
    {
        var client = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["type"] = "webauthn.get",
            ["challenge"] = challenge,
            ["origin"] = "http://localhost",
            ["crossOrigin"] = false,
        }.ToJsonString());
        byte[] authenticator = [.. SHA256.HashData("localhost"u8), 0b101, 0, 0, 0, 0]; // present and verified; it counts nothing
        byte[] content = [.. authenticator, .. SHA256.HashData(client)];
        var signature = key.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return new JsonObject
        {
            ["id"] = Base64Url.EncodeToString(Credential),
            ["rawId"] = Base64Url.EncodeToString(Credential),
            ["type"] = "public-key",
            ["clientExtensionResults"] = new JsonObject(),
            ["response"] = new JsonObject
            {
                ["authenticatorData"] = Base64Url.EncodeToString(authenticator),
                ["clientDataJSON"] = Base64Url.EncodeToString(client),
                ["signature"] = Base64Url.EncodeToString(signature),
                ["userHandle"] = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{account}")),
            },
        }.ToJsonString();
    }
}
