using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace SafetyCampaign.Storage;

/// <summary>Where data protection keys are stored, with a certificate or without.</summary>
internal interface IEncryptableKeys
{
    /// <summary>Encrypts the keys that were stored before there was a certificate.</summary>
    void EncryptPlainKeys(IXmlEncryptor encryptor);
}

/// <summary>
/// With <c>DataProtection:Certificate</c> the data protection keys are encrypted where they are stored: whoever has the files or
/// a backup, and not the certificate, can make no cookie of ours.
/// </summary>
internal static class KeyEncryption
{
    public const string Setting = "DataProtection:Certificate";
    public const string PasswordSetting = "DataProtection:CertificatePassword";

    private static readonly XNamespace Framework = "http://schemas.asp.net/2015/03/dataProtection";

    /// <summary>The configured certificate with its private key; null where none is configured.</summary>
    /// <exception cref="InvalidOperationException">Says what is wrong with it.</exception>
    public static X509Certificate2? Read(IConfiguration configuration)
    {
        if (configuration[Setting] is not { Length: > 0 } path)
            return configuration[PasswordSetting] is { Length: > 0 }
                ? throw new InvalidOperationException($"{PasswordSetting} is set without {Setting}. Say where the certificate is.")
                : null;
        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12(File.ReadAllBytes(path), configuration[PasswordSetting]);
            // The framework encrypts for the key of RSA alone.
            using var key = certificate.GetRSAPrivateKey();
            return key is not null
                ? certificate
                : throw new InvalidOperationException($"{Setting} names {path}, which holds no private key of RSA.");
        }
        catch (CryptographicException)
        {
            throw new InvalidOperationException(
                $"{Setting} names {path}, which is no PKCS #12 file (.pfx) or has another password than {PasswordSetting} says.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"{Setting} names {path}, which cannot be read: {failure.Message}");
        }
    }

    /// <summary>Whether a stored key can be used by whoever reads it.</summary>
    public static bool IsPlain(string key) => IsPlain(XElement.Parse(key));

    /// <summary>Encrypts what a key that was stored without a certificate has in plain.</summary>
    /// <returns>False where nothing is.</returns>
    public static bool Encrypt(XElement key, IXmlEncryptor encryptor)
    {
        var secrets = PlainSecrets(key);
        foreach (var secret in secrets)
        {
            // As the framework itself stores it.
            var encrypted = encryptor.Encrypt(secret);
            secret.ReplaceWith(new XElement(Framework + "encryptedSecret",
                new XAttribute("decryptorType", encrypted.DecryptorType.AssemblyQualifiedName!), encrypted.EncryptedElement));
        }
        return secrets.Count > 0;
    }

    private static bool IsPlain(XElement key) => PlainSecrets(key).Count > 0;

    private static List<XElement> PlainSecrets(XElement key) =>
        [.. key.DescendantsAndSelf().Where(element => (bool?)element.Attribute(Framework + "requiresEncryption") is true)];
}
