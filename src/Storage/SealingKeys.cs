using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace SafetyCampaign.Storage;

/// <summary>Keeps the keys of data protection in the database, where every node finds them. The framework asks synchronously, at start and once a day.</summary>
internal sealed class SealingKeys(CampaignDbs dbs) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = dbs.Open();
        return [.. db.Set<SealingKey>().AsNoTracking().Select(key => key.Xml).AsEnumerable().Select(xml => XElement.Parse(xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = dbs.Open();
        db.Add(new SealingKey { Xml = element.ToString(SaveOptions.DisableFormatting) });
        db.SaveChangesAsync().GetAwaiter().GetResult();
    }
}
