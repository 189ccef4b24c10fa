using System.Net;
using SafetyCampaign.Records.Exports;

namespace SafetyCampaign.Tests.Records;

/// <summary>What is sent out does not come in again by the back door.</summary>
public sealed class WebhookAddressTests
{
    private static readonly ExportSettings Usual = new();

    [Theory]
    [InlineData("https://platform.example.cn/hooks?a=1", null)]
    [InlineData("https://8.8.8.8:8443/", null)]
    [InlineData("https://[2400:3200::1]/", null)]
    [InlineData("http://platform.example.cn/", AddressFault.NotEncrypted)]
    [InlineData("ftp://platform.example.cn/", AddressFault.Unreadable)]
    [InlineData("file:///etc/passwd", AddressFault.Unreadable)]
    [InlineData("/hooks", AddressFault.Unreadable)]
    [InlineData("https://a:b@platform.example.cn/", AddressFault.Unreadable)]
    [InlineData("https://platform.example.cn/#x", AddressFault.Unreadable)]
    [InlineData("https://localhost/", AddressFault.Private)]
    [InlineData("https://db.localhost./", AddressFault.Private)]
    [InlineData("https://127.0.0.1/", AddressFault.Private)]
    [InlineData("https://2130706433/", AddressFault.Private)] // 127.0.0.1 as one number
    [InlineData("https://0x7f.1/", AddressFault.Private)]
    [InlineData("https://10.1.2.3/", AddressFault.Private)]
    [InlineData("https://172.31.0.1/", AddressFault.Private)]
    [InlineData("https://192.168.1.1/", AddressFault.Private)]
    [InlineData("https://169.254.169.254/latest/meta-data", AddressFault.Private)]
    [InlineData("https://100.64.0.1/", AddressFault.Private)]
    [InlineData("https://0.0.0.0/", AddressFault.Private)]
    [InlineData("https://[::1]/", AddressFault.Private)]
    [InlineData("https://[::ffff:127.0.0.1]/", AddressFault.Private)]
    [InlineData("https://[fd00::1]/", AddressFault.Private)]
    [InlineData("https://[fe80::1]/", AddressFault.Private)]
    [InlineData("https://[64:ff9b::7f00:1]/", AddressFault.Private)]
    public void An_address_is_taken_only_where_it_is_encrypted_and_leads_out(string typed, object? fault)
    {
        var (address, found) = WebhookAddress.Read(typed, Usual);

        Assert.Equal(fault, found);
        Assert.Equal(fault is null, address is not null);
    }

    [Fact]
    public void The_settings_may_allow_more()
    {
        var allowing = new ExportSettings { AllowHttp = true, AllowPrivateAddresses = true };

        Assert.Null(WebhookAddress.Read("http://192.168.1.1:8080/", allowing).Fault);
        Assert.Equal(AddressFault.Unreadable, WebhookAddress.Read("file:///etc/passwd", allowing).Fault);
    }

    [Fact]
    public async Task A_name_that_leads_into_the_own_network_is_found_out_when_it_is_connected_to() =>
        await Assert.ThrowsAsync<PrivateAddressException>(async () => await WebhookAddress.ConnectAsync(
            new DnsEndPoint("localhost", 9), Usual, TestContext.Current.CancellationToken));

    [Fact]
    public void A_folder_must_be_named_by_its_whole_path()
    {
        Assert.Contains("whole path", new ExportSettings.Validator().Validate(null, new() { Folder = "exports" }).FailureMessage);
        Assert.True(new ExportSettings.Validator().Validate(null, new() { Folder = Path.GetTempPath() }).Succeeded);
    }
}
