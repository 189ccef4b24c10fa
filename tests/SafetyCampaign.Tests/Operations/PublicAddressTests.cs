using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Tests.Operations;

public sealed class PublicAddressTests
{
    [Fact]
    public void The_configured_address_is_the_one_that_phones_get()
    {
        var address = Configured("https://pledge.example.org:8443/", bound: "http://[::]:5000");

        Assert.Equal("https://pledge.example.org:8443/e/ABC123", address.PhonePage("ABC123"));
        Assert.Equal("https://pledge.example.org:8443/e/ABC123?c=12", address.PhonePage("ABC123", 12));
        Assert.Equal("https://PLEDGE.EXAMPLE.ORG:8443/E/ABC123", address.PhonePageInQr("ABC123"));
        Assert.Equal("https://PLEDGE.EXAMPLE.ORG:8443/E/ABC123?c=12", address.PhonePageInQr("ABC123", 12));
        Assert.Equal("https://PLEDGE.EXAMPLE.ORG:8443/VERIFY/0000-01AB-CDEF", address.VerificationInQr("0000-01AB-CDEF"));
        Assert.Equal("https://pledge.example.org:8443/display/ABC123", address.StagePage("ABC123"));
        Assert.Equal("pledge.example.org:8443", address.Short);
    }

    [Fact]
    public void A_chinese_domain_is_read_in_chinese_and_scanned_in_ascii()
    {
        var address = Configured("https://防溺水.中国");

        Assert.Equal("防溺水.中国", address.Short);
        Assert.StartsWith("https://XN--", address.PhonePageInQr("ABC123"));
    }

    [Theory]
    [InlineData("pledge.example.org")]
    [InlineData("ftp://pledge.example.org")]
    [InlineData("https://pledge.example.org/below")]
    [InlineData("https://pledge.example.org/?c=1")]
    [InlineData("https://me@pledge.example.org")]
    public void Anything_else_is_refused_with_what_to_set(string setting)
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => Configured(setting));

        Assert.Contains("PublicBaseUrl", refusal.Message);
        Assert.Contains("https://pledge.example.org", refusal.Message);
    }

    [Fact]
    public void Without_a_setting_phones_get_where_the_program_listens()
    {
        Assert.Equal("http://127.0.0.1:5080/e/ABC123", Configured(null, bound: "http://127.0.0.1:5080").PhonePage("ABC123"));
        Assert.True(Configured(null, bound: "http://127.0.0.1:5080").IsThisMachineOnly);
        Assert.Equal("http://192.168.1.5/e/ABC123", Configured(null, bound: "http://192.168.1.5:80").PhonePage("ABC123"));
    }

    [Theory]
    [InlineData("http://[::]:5080")]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://*:5080")]
    public void Listening_everywhere_means_this_machines_own_address(string bound)
    {
        var address = Configured(null, bound: bound).Base;

        Assert.Equal(5080, address.Port);
        Assert.DoesNotContain(address.Host, new[] { "[::]", "0.0.0.0", "*" });
    }

    [Fact]
    public void A_hall_gets_plain_http_where_both_are_offered() =>
        Assert.Equal("http", Configured(null, "https://[::]:5443", "http://[::]:5080").Base.Scheme);

    [Fact]
    public void A_machine_without_a_network_says_so_and_one_that_listens_to_itself_alone_does_not()
    {
        var alone = Listening("http://[::]:5080");

        Assert.Equal("http://localhost:5080/", alone.Base.ToString());
        Assert.True(alone is { IsThisMachineOnly: true, IsWithoutNetwork: true });
        Assert.True(Configured(null, "http://127.0.0.1:5080") is { IsThisMachineOnly: true, IsWithoutNetwork: false });
        Assert.False(Listening("http://[::]:5080", "192.168.1.5").IsWithoutNetwork);
    }

    [Fact]
    public void All_addresses_are_told_where_there_are_several_also_of_ipv6()
    {
        var several = Listening("http://[::]:5080", "192.168.1.5", "192.168.137.1", "fd00::5");

        Assert.Equal("http://192.168.1.5:5080/e/ABC123", several.PhonePage("ABC123"));
        Assert.Equal(["http://192.168.137.1:5080/", "http://[fd00::5]:5080/"], several.Others.Select(other => other.ToString()));
        Assert.Equal(["http://192.168.137.1:5080/"],
            Listening("http://0.0.0.0:5080", "192.168.1.5", "192.168.137.1", "fd00::5").Others.Select(other => other.ToString()));
        Assert.Empty(Configured("https://pledge.example.org").Others);
    }

    [Fact]
    public void Where_there_is_ipv6_alone_phones_get_that()
    {
        var only = Listening("http://[::]:5080", "2001:db8::7");

        Assert.Equal("http://[2001:db8::7]:5080/e/ABC123", only.PhonePage("ABC123"));
        Assert.Equal("http://[2001:DB8::7]:5080/E/ABC123", only.PhonePageInQr("ABC123"));
        Assert.Equal("[2001:db8::7]:5080", only.Short);
    }

    private static PublicAddress Configured(string? setting, params string[] bound) =>
        new(new ConfigurationBuilder().AddInMemoryCollection([new(PublicAddress.Setting, setting)]).Build(), new ListeningServer(bound));

    internal static PublicAddress Listening(string bound, params string[] ownAddresses) =>
        new(new ConfigurationBuilder().Build(), new ListeningServer([bound]), () => [.. ownAddresses.Select(IPAddress.Parse)]);

    private sealed class ListeningServer : IServer
    {
        public ListeningServer(IEnumerable<string> addresses)
        {
            var feature = new Addresses();
            foreach (var address in addresses)
                feature.Bound.Add(address);
            Features.Set<IServerAddressesFeature>(feature);
        }

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application,
            CancellationToken cancellationToken) where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }

    private sealed class Addresses : IServerAddressesFeature
    {
        public List<string> Bound { get; } = [];
        ICollection<string> IServerAddressesFeature.Addresses => Bound;
        public bool PreferHostingUrls { get; set; }
    }
}
