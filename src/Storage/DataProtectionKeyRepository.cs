using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace SafetyCampaign.Storage;

/// <summary>
/// Keeps the keys of data protection in the database, where every node finds them. The framework asks synchronously, at
/// start and once a day.
/// </summary>
internal sealed class DataProtectionKeyRepository(CampaignDbFactory dbFactory) : IXmlRepository
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
}
