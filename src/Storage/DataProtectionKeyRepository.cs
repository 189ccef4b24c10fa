using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;

namespace SafetyCampaign.Storage;

/// <summary>
/// Keeps the keys of data protection in the database, where every node finds them. The framework asks synchronously, at
/// start and once a day.
/// </summary>
internal sealed class DataProtectionKeyRepository(CampaignDbFactory dbFactory) : IXmlRepository, IEncryptableKeys
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = dbFactory.Open();
        return [.. db.Set<DataProtectionKeyRow>().AsNoTracking().Select(key => key.Xml).AsEnumerable().Select(xml => XElement.Parse(xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = dbFactory.Open();
        db.Add(new DataProtectionKeyRow { Xml = element.ToString(SaveOptions.DisableFormatting) });
        db.SaveChangesAsync().GetAwaiter().GetResult();
    }

    public void EncryptPlainKeys(IXmlEncryptor encryptor)
    {
        using var db = dbFactory.Open();
        foreach (var stored in db.Set<DataProtectionKeyRow>().AsNoTracking().ToList())
        {
            var key = XElement.Parse(stored.Xml);
            if (!KeyEncryption.Encrypt(key, encryptor))
                continue;
            var encrypted = key.ToString(SaveOptions.DisableFormatting);
            db.Set<DataProtectionKeyRow>().Where(row => row.Id == stored.Id).ExecuteUpdate(row => row.SetProperty(r => r.Xml, encrypted));
        }
    }
}
