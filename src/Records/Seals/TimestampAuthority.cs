using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Microsoft.Extensions.Options;

namespace SafetyCampaign.Records.Seals;

/// <summary>Of the section <c>Records</c> of the configuration what concerns timestamps.</summary>
public sealed class TimestampSettings
{
    public const string Setting = "Records:TimestampAuthority";

    /// <summary>The address of an authority that answers by RFC 3161; null for none.</summary>
    public string? TimestampAuthority { get; set; }

    internal sealed class Validator : IValidateOptions<TimestampSettings>
    {
        public ValidateOptionsResult Validate(string? name, TimestampSettings options) =>
            string.IsNullOrEmpty(options.TimestampAuthority)
            || (Uri.TryCreate(options.TimestampAuthority, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(
                    $"{Setting} is \"{options.TimestampAuthority}\". Set it to an address that begins with http:// or https://.");
    }
}

/// <summary>Asks a timestamp authority (RFC 3161) to state that a hash was there at a time. It is told the hash and nothing else.</summary>
public sealed class TimestampAuthority(IOptions<TimestampSettings> settings) : IDisposable
{
    /// <summary>A token with its chain of certificates has some 6 KB.</summary>
    private const int MaxBytes = 64 * 1024;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    private readonly HttpClient client = new(
        new SocketsHttpHandler { UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(1) })
    {
        Timeout = Timeout,
        MaxResponseContentBufferSize = MaxBytes,
    };

    /// <summary>Null where none is configured.</summary>
    public Uri? Address => settings.Value.TimestampAuthority is { Length: > 0 } address ? new Uri(address) : null;

    /// <summary>The token over a hash, and the time that it states.</summary>
    /// <param name="hash">SHA-256, 32 bytes.</param>
    /// <exception cref="HttpRequestException">It cannot be reached, or answers with an error.</exception>
    /// <exception cref="OperationCanceledException">It did not answer in time.</exception>
    /// <exception cref="CryptographicException">Its answer is no token over this hash, or refuses one.</exception>
    public async Task<(byte[] Token, DateTimeOffset At)> StampAsync(byte[] hash, CancellationToken cancellationToken)
    {
        // The nonce tells an answer to this question from an older one.
        var request = Rfc3161TimestampRequest.CreateFromHash(
            hash, HashAlgorithmName.SHA256, nonce: RandomNumberGenerator.GetBytes(8), requestSignerCertificates: true);
        using var content = new ByteArrayContent(request.Encode());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        using var answer = await client.PostAsync(Address, content, cancellationToken);
        answer.EnsureSuccessStatusCode();
        // Looks at status, hash and nonce.
        var token = request.ProcessResponse(await answer.Content.ReadAsByteArrayAsync(cancellationToken), out _);
        if (!token.VerifySignatureForHash(hash, HashAlgorithmName.SHA256, out _))
            throw new CryptographicException("The signature of the timestamp does not hold.");
        return (token.AsSignedCms().Encode(), token.TokenInfo.Timestamp);
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();
}
