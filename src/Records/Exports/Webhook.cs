using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Exports;

/// <summary>What came of an attempt.</summary>
/// <param name="Failure">Null where it has arrived.</param>
/// <param name="Status">The answer's HTTP status; null where there was none.</param>
public readonly record struct AttemptResult(DeliveryFailure? Failure, int? Status);

/// <summary>
/// Posts to an address, signed as the Standard Webhooks specification has it: HMAC-SHA256 over number, time and body, so that whoever has
/// the secret knows who sent it, that nothing was changed, and that it is no older message sent again.
/// </summary>
public sealed class Webhook : IDisposable
{
    private const string SecretPrefix = "whsec_";

    /// <summary>For the whole attempt.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    private readonly HttpClient client;
    private readonly IDataProtector protector;
    private readonly TimeProvider time;

    public Webhook(IOptions<ExportSettings> settings, IDataProtectionProvider protection, TimeProvider time)
    {
        protector = protection.CreateProtector("weekly-export");
        this.time = time;
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // it would lead past the rules for addresses
            UseProxy = false,
            UseCookies = false,
            MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.Zero, // a week lies between two
            ConnectCallback = (connection, cancellationToken) =>
                WebhookAddress.ConnectAsync(connection.DnsEndPoint, settings.Value, cancellationToken),
        })
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>A new secret, to be shown once, and how it is kept.</summary>
    public (string Shown, string Sealed) NewSecret()
    {
        var secret = SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        return (secret, protector.Protect(secret));
    }

    /// <param name="address">See <see cref="WebhookAddress.Read"/>.</param>
    /// <param name="sealedSecret">As <see cref="NewSecret"/> made it.</param>
    /// <param name="id">The same at each attempt.</param>
    /// <param name="body">JSON.</param>
    public async Task<AttemptResult> SendAsync(
        Uri address, string sealedSecret, string id, byte[] body, CancellationToken cancellationToken)
    {
        string secret;
        try
        {
            secret = protector.Unprotect(sealedSecret);
        }
        catch (CryptographicException)
        {
            return new AttemptResult(DeliveryFailure.SecretUnreadable, null);
        }
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("SafetyCampaign", null));
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", SignatureOf(secret, id, timestamp, body));
        return await SendAsync(request, cancellationToken);
    }

    /// <summary>What the header <c>webhook-signature</c> holds.</summary>
    public static string SignatureOf(string secret, string id, string timestamp, byte[] body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[SecretPrefix.Length..]), signed));
    }

    public void Dispose() => client.Dispose();

    private async Task<AttemptResult> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        try
        {
            // What the other side says beyond its status is read by nobody.
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return new AttemptResult(answer.IsSuccessStatusCode ? null : DeliveryFailure.Refused, (int)answer.StatusCode);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new AttemptResult(DeliveryFailure.TimedOut, null);
        }
        catch (HttpRequestException failure)
        {
            return new AttemptResult(
                failure.InnerException is PrivateAddressException ? DeliveryFailure.NotAllowed : DeliveryFailure.Unreachable, null);
        }
    }
}
