using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace SafetyCampaign.Tests.Desk;

/// <summary>
/// A small OpenID Connect provider on a loopback port: discovery, keys, authorization code with PKCE, tokens. Whoever comes is
/// <see cref="Subject"/>, without being asked. It can be told to misbehave, one way at a time.
/// </summary>
public sealed class TestIdentityProvider : IAsyncDisposable
{
    public const string ClientId = "safety-campaign";
    public const string ClientSecret = "a secret of both";

    private readonly ConcurrentDictionary<string, Dictionary<string, string>> codes = new();
    private readonly RSA foreign = RSA.Create(2048);
    private WebApplication? app;
    private RSA key = RSA.Create(2048);

    /// <summary>Another site than the program's 127.0.0.1, as browsers count.</summary>
    public string Issuer { get; private set; } = "";

    /// <summary>Whoever signs in.</summary>
    public string Subject { get; set; } = "";

    /// <summary>Whether it has an address at which sessions end.</summary>
    public bool EndsSessions { get; init; }

    /// <summary>What came to that address.</summary>
    public ConcurrentQueue<Dictionary<string, string>> EndedSessions { get; } = new();

    /// <summary>Answered in the place of a code.</summary>
    public string? Error { get; set; }

    /// <summary>Answered in the place of a token.</summary>
    public string? TokenError { get; set; }

    /// <summary>Changes what the token says.</summary>
    public Action<Dictionary<string, object?>> Tamper { get; set; } = _ => { };

    public string Algorithm { get; set; } = "RS256";

    /// <summary>Leaves the signature away that the token's header speaks of.</summary>
    public bool StripsSignature { get; set; }

    /// <summary>Signs with a key that it does not publish, under the name of the one that it does.</summary>
    public bool SignsWithForeignKey { get; set; }

    /// <summary>What it answers waits for this.</summary>
    public Task Delay { get; set; } = Task.CompletedTask;

    /// <summary>What was sent for the last token.</summary>
    public Dictionary<string, string> LastTokenRequest { get; private set; } = [];

    /// <summary>Codes, tokens and subjects: what no log may hold.</summary>
    public ConcurrentQueue<string> Secrets { get; } = new();

    private string KeyId => Convert.ToHexString(SHA256.HashData(key.ExportRSAPublicKey())[..4]);

    public Dictionary<string, string> Settings => new()
    {
        ["Accounts:OpenIdConnect:Authority"] = Issuer,
        ["Accounts:OpenIdConnect:ClientId"] = ClientId,
        ["Accounts:OpenIdConnect:ClientSecret"] = ClientSecret,
        ["Accounts:OpenIdConnect:Timeout"] = "00:01:00", // the machine may be busy
    };

    /// <param name="port">The port that it had before; any where none is named.</param>
    public async Task StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port));
        app = builder.Build();
        app.Use(async (context, next) =>
        {
            await Delay.WaitAsync(context.RequestAborted);
            await next(context);
        });
        app.MapGet("/.well-known/openid-configuration", Describe);
        app.MapGet("/end-session", EndSession);
        app.MapGet("/keys", () => new { keys = new[] { PublicKey() } });
        app.MapGet("/authorize", Authorize);
        app.MapPost("/token", TokenAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        Issuer = $"http://localhost:{new Uri(app.Urls.Single()).Port}";
    }

    public async Task StopAsync()
    {
        await app!.DisposeAsync();
        app = null;
    }

    /// <summary>Signs with a new key from now on, and publishes no other.</summary>
    public void ChangeKey() => key = RSA.Create(2048);

    /// <summary>Behaves again.</summary>
    public void Reset() => (Error, TokenError, Tamper, Algorithm, StripsSignature, SignsWithForeignKey, Delay) =
        (null, null, _ => { }, "RS256", false, false, Task.CompletedTask);

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
        key.Dispose();
        foreign.Dispose();
    }

    private Dictionary<string, string> Describe()
    {
        var described = new Dictionary<string, string>
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = $"{Issuer}/authorize",
            ["token_endpoint"] = $"{Issuer}/token",
            ["jwks_uri"] = $"{Issuer}/keys",
        };
        if (EndsSessions)
            described["end_session_endpoint"] = $"{Issuer}/end-session?realm=schools";
        return described;
    }

    private IResult EndSession(HttpRequest request)
    {
        var asked = request.Query.ToDictionary(p => p.Key, p => p.Value.ToString());
        EndedSessions.Enqueue(asked);
        return asked["client_id"] == ClientId ? Results.Redirect(asked["post_logout_redirect_uri"]) : Results.BadRequest();
    }

    private IResult Authorize(HttpRequest request)
    {
        var asked = request.Query.ToDictionary(p => p.Key, p => p.Value.ToString());
        if (asked["client_id"] != ClientId || asked["response_type"] != "code" || asked["code_challenge_method"] != "S256")
            return Results.BadRequest();
        var answer = new Dictionary<string, string?> { ["state"] = asked["state"] };
        if (Error is not null)
            answer["error"] = Error;
        else
            codes[answer["code"] = Kept(Convert.ToHexString(RandomNumberGenerator.GetBytes(16)))] = asked;
        return Results.Redirect(QueryHelpers.AddQueryString(asked["redirect_uri"], answer));
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var sent = LastTokenRequest = (await request.ReadFormAsync()).ToDictionary(p => p.Key, p => p.Value.ToString());
        if (TokenError is not null || !codes.TryRemove(sent["code"], out var asked) || sent["client_secret"] != ClientSecret
            || sent["redirect_uri"] != asked["redirect_uri"]
            || Encode(SHA256.HashData(Encoding.ASCII.GetBytes(sent["code_verifier"]))) != asked["code_challenge"])
            return Results.Json(new { error = TokenError ?? "invalid_grant" }, statusCode: StatusCodes.Status400BadRequest);
        var now = DateTimeOffset.UtcNow;
        var claims = new Dictionary<string, object?>
        {
            ["iss"] = Issuer,
            ["aud"] = ClientId,
            ["sub"] = Subject,
            ["nonce"] = asked["nonce"],
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
        };
        Tamper(claims);
        Secrets.Enqueue(asked["nonce"]);
        return Results.Json(new
        {
            access_token = Kept(Convert.ToHexString(RandomNumberGenerator.GetBytes(16))),
            token_type = "Bearer",
            id_token = Kept(Sign(claims)),
        });
    }

    private string Kept(string secret)
    {
        Secrets.Enqueue(secret);
        return secret;
    }

    private object PublicKey()
    {
        var published = key.ExportParameters(includePrivateParameters: false);
        return new { kty = "RSA", use = "sig", kid = KeyId, n = Encode(published.Modulus!), e = Encode(published.Exponent!) };
    }

    private string Sign(Dictionary<string, object?> claims)
    {
        var header = new { alg = Algorithm, typ = "JWT", kid = KeyId };
        var content = $"{Encode(JsonSerializer.SerializeToUtf8Bytes(header))}.{Encode(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        var bytes = Encoding.ASCII.GetBytes(content);
        return $"{content}.{Algorithm switch
        {
            _ when StripsSignature => "",
            "none" => "",
            "HS256" => Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(ClientSecret), bytes)),
            _ => Encode((SignsWithForeignKey ? foreign : key).SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
        }}";
    }

    private static string Encode(byte[] bytes) => WebEncoders.Base64UrlEncode(bytes);
}
