using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace SafetyCampaign.Storage;

/// <summary>
/// The data protection keys, as files that a power cut cannot leave half-written. The framework's own repository
/// does not sync the file; a damaged key file fails every page that has a form.
/// </summary>
internal sealed class DurableXmlRepository(DirectoryInfo folder, ILoggerFactory log) : FileSystemXmlRepository(folder, log)
{
    public override void StoreElement(XElement element, string friendlyName)
    {
        var name = Path.Combine(Directory.FullName, friendlyName);
        var partial = name + ".partial"; // read by nobody: keys end in .xml
        DurableFiles.Create(partial);
        element.Save(partial);
        DurableFiles.Flush(partial);
        File.Move(partial, name + ".xml");
        DurableFiles.FlushFolder(Directory.FullName);
    }
}
