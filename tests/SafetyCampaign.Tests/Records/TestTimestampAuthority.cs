using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace SafetyCampaign.Tests.Records;

/// <summary>How the authority answers.</summary>
public enum AuthorityMood
{
    Right,
    Error,

    /// <summary>A token over another hash.</summary>
    OtherHash,

    /// <summary>A token for another question.</summary>
    OtherNonce,

    /// <summary>RFC 3161 2.4.2: refused.</summary>
    Rejects,
    Nonsense,
}

/// <summary>A timestamp authority (RFC 3161) on a loopback port, with a certificate that it has made itself.</summary>
public sealed class TestTimestampAuthority : IAsyncDisposable
{
    private static readonly Oid TstInfo = new("1.2.840.113549.1.9.16.1.4");
    private static readonly Oid SigningCertificateV2 = new("1.2.840.113549.1.9.16.2.47");
    private static readonly Oid Sha256 = new("2.16.840.1.101.3.4.2.1");

    private readonly X509Certificate2 certificate = NewCertificate();
    private WebApplication server = null!;
    private int asked;

    private TestTimestampAuthority()
    {
    }

    public AuthorityMood Mood { get; set; }

    public int Asked => asked;

    public DateTimeOffset Now { get; set; } = new(2026, 7, 17, 4, 30, 1, TimeSpan.Zero);

    /// <summary>What operators have from their authority, to check its signatures by.</summary>
    public string CertificatePem => certificate.ExportCertificatePem();

    public string Address => server.Urls.Single() + "/tsa";

    public static async Task<TestTimestampAuthority> StartAsync()
    {
        var authority = new TestTimestampAuthority();
        authority.server = await LoopbackServer.StartAsync(authority.AnswerAsync);
        return authority;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        certificate.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref asked);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (Mood == AuthorityMood.Error || context.Request.ContentType != "application/timestamp-query"
            || !Rfc3161TimestampRequest.TryDecode(body.ToArray(), out var request, out _))
        {
            context.Response.StatusCode = 500;
            return;
        }
        context.Response.ContentType = "application/timestamp-reply";
        await context.Response.Body.WriteAsync(Mood switch
        {
            AuthorityMood.Nonsense => "<html>"u8.ToArray(),
            AuthorityMood.Rejects => Response(2, null),
            _ => Response(0, Token(request)),
        });
    }

    /// <summary>TimeStampResp.</summary>
    private static byte[] Response(int status, byte[]? token)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
                writer.WriteInteger(status);
            if (token is not null)
                writer.WriteEncodedValue(token);
        }
        return writer.Encode();
    }

    private byte[] Token(Rfc3161TimestampRequest request)
    {
        var hash = request.GetMessageHash().ToArray();
        var nonce = request.GetNonce()!.Value.ToArray();
        if (Mood == AuthorityMood.OtherHash)
            hash[0] ^= 1;
        if (Mood == AuthorityMood.OtherNonce)
            nonce[^1] ^= 1;
        var signed = new SignedCms(new ContentInfo(TstInfo, Content(hash, nonce)));
        var signer = new CmsSigner(certificate) { IncludeOption = X509IncludeOption.EndCertOnly, DigestAlgorithm = Sha256 };
        signer.SignedAttributes.Add(new AsnEncodedData(SigningCertificateV2, OwnCertificate()));
        signed.ComputeSignature(signer);
        return signed.Encode();
    }

    /// <summary>TSTInfo.</summary>
    private byte[] Content(byte[] hash, byte[] nonce)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteObjectIdentifier("1.3.6.1.4.1.99999.1");
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Sha256.Value!);
                    writer.WriteNull();
                }
                writer.WriteOctetString(hash);
            }
            writer.WriteInteger(asked);
            writer.WriteGeneralizedTime(Now, omitFractionalSeconds: true);
            writer.WriteInteger(new BigInteger(nonce, isBigEndian: true));
        }
        return writer.Encode();
    }

    /// <summary>SigningCertificateV2 (RFC 5035): which certificate signs.</summary>
    private byte[] OwnCertificate()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
            writer.WriteOctetString(SHA256.HashData(certificate.RawData));
        return writer.Encode();
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Test Timestamp Authority", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.8")], critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        return request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2040, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }
}
