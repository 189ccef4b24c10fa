using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Storage;

public sealed class DataFolderTests
{
    [Fact]
    public void A_new_data_folder_is_for_the_programs_own_account()
    {
        if (OperatingSystem.IsWindows())
            return; // there the folder's owner decides
        var above = Directory.CreateTempSubdirectory("safety-campaign-");
        try
        {
            var chosen = Path.Combine(above.FullName, "data");
            var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("DataDirectory", chosen)]).Build();

            var folder = new DataFolder(configuration, new HostingEnvironment { EnvironmentName = "Production" });

            Assert.Equal(chosen, folder.Path);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(chosen));
        }
        finally
        {
            above.Delete(recursive: true);
        }
    }
}
