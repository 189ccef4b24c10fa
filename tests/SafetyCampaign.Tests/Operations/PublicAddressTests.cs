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
        Assert.Equal("HTTPS://PLEDGE.EXAMPLE.ORG:8443/E/ABC123", address.PhonePageInQr("ABC123"));
        Assert.Equal("https://pledge.example.org:8443/display/ABC123", address.StagePage("ABC123"));
        Assert.Equal("pledge.example.org:8443", address.Short);
    }

    [Fact]
    public void A_chinese_domain_is_read_in_chinese_and_scanned_in_ascii()
    {
        var address = Configured("https://防溺水.中国");

        Assert.Equal("防溺水.中国", address.Short);
        Assert.StartsWith("HTTPS://XN--", address.PhonePageInQr("ABC123"));
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

    private static PublicAddress Configured(string? setting, params string[] bound) =>
        new(new ConfigurationBuilder().AddInMemoryCollection([new(PublicAddress.Setting, setting)]).Build(), new ListeningServer(bound));

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
