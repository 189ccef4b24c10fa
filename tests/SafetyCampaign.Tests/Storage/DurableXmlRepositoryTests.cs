using System.Xml.Linq;
using Microsoft.Extensions.Logging.Abstractions;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Storage;

/// <summary>That a key outlives a power cut only a replay of its writing can show: <c>faults power-cut</c>.</summary>
public sealed class DurableXmlRepositoryTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("safety-campaign-keys-");

    [Fact]
    public void A_key_is_read_back_and_nothing_lies_beside_it()
    {
        var keys = new DurableXmlRepository(folder, NullLoggerFactory.Instance);
        keys.StoreElement(new XElement("key", new XAttribute("id", "1")), "key-1");
        keys.StoreElement(new XElement("key", new XAttribute("id", "2")), "key-2");

        Assert.Equal(["1", "2"], keys.GetAllElements().Select(key => key.Attribute("id")!.Value).Order());
        Assert.Equal(["key-1.xml", "key-2.xml"], folder.EnumerateFiles().Select(file => file.Name).Order());
    }

    [Fact]
    public void A_key_is_for_the_programs_own_account_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows takes the folder's rights.");
            return;
        }
        new DurableXmlRepository(folder, NullLoggerFactory.Instance).StoreElement(new XElement("key"), "key-1");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder.FullName, "key-1.xml")));
    }

    public void Dispose() => folder.Delete(recursive: true);
}
