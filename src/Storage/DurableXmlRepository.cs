using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace SafetyCampaign.Storage;

/// <summary>
/// The data protection keys, as files that a power cut cannot leave half-written. The framework's own repository
/// does not sync the file; a damaged key file fails every page that has a form.
/// </summary>
internal sealed class DurableXmlRepository(DirectoryInfo folder, ILoggerFactory log)
    : FileSystemXmlRepository(folder, log), IEncryptableKeys
{
    public override void StoreElement(XElement element, string friendlyName)
    {
        Write(element, Path.Combine(Directory.FullName, friendlyName + ".xml"), replace: false);
    }

    public void EncryptPlainKeys(IXmlEncryptor encryptor)
    {
        foreach (var file in Directory.EnumerateFiles("*.xml"))
        {
            var key = XElement.Load(file.FullName);
            if (KeyEncryption.Encrypt(key, encryptor))
                Write(key, file.FullName, replace: true);
        }
    }

    private void Write(XElement element, string path, bool replace)
    {
        var partial = Path.ChangeExtension(path, ".partial"); // read by nobody: keys end in .xml
        if (replace)
            File.Delete(partial); // of a start that was cut short
        DurableFiles.Create(partial);
        element.Save(partial);
        DurableFiles.Flush(partial);
        File.Move(partial, path, replace);
        DurableFiles.FlushFolder(Directory.FullName);
    }
}
