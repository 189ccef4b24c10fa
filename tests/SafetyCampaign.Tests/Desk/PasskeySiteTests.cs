using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using SafetyCampaign.Desk;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Tests.Desk;

/// <summary>A passkey belongs to the configured address, or to this machine itself; never to whatever host a request names.</summary>
public sealed class PasskeySiteTests
{
    [Theory]
    [InlineData("https://pledge.example.cn", "pledge.example.cn", "https://pledge.example.cn", true)]
    [InlineData("https://pledge.example.cn:8443", "pledge.example.cn", "https://pledge.example.cn:8443", true)]
    [InlineData("https://承诺.example.cn", "xn--1qu663g.example.cn", "https://xn--1qu663g.example.cn", true)]
    [InlineData("https://pledge.example.cn", "pledge.example.cn", "http://pledge.example.cn", false)]
    [InlineData("https://pledge.example.cn", "pledge.example.cn", "https://evil.example", false)]
    [InlineData("https://pledge.example.cn", "pledge.example.cn", "https://pledge.example.cn.evil.example", false)]
    [InlineData("https://pledge.example.cn", "pledge.example.cn", "http://localhost:5080", false)]
    [InlineData("http://192.168.43.1:5080", "localhost", "http://192.168.43.1:5080", false)]
    [InlineData("http://192.168.43.1:5080", "localhost", "http://localhost:5080", true)]
    [InlineData("https://192.168.43.1", "localhost", "https://192.168.43.1", false)]
    [InlineData(null, "localhost", "http://localhost:5080", true)]
    [InlineData(null, "localhost", "https://pledge.example.cn", false)]
    [InlineData(null, "localhost", "http://localhost.evil.example", false)]
    public void A_page_is_open_to_passkeys_at_one_address(string? configured, string domain, string asked, bool open)
    {
        var (site, request) = (SiteOf(configured), RequestTo(asked));

        Assert.Equal(domain, site.Domain);
        Assert.Equal(open, site.IsOpenTo(request));
        Assert.Equal(open, site.Accepts(Signed(request, asked)));
        Assert.False(site.Accepts(Signed(request, asked, crossOrigin: true)));
        Assert.False(site.Accepts(Signed(request, "https://evil.example")));
    }

    private static PasskeySite SiteOf(string? configured) => new(new PublicAddress(
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(PublicAddress.Setting, configured)]).Build(), null!));

    private static HttpRequest RequestTo(string address)
    {
        var request = new DefaultHttpContext().Request;
        (request.Scheme, request.Host) = (new Uri(address).Scheme, new HostString(address.Split("://")[1]));
        return request;
    }

    private static PasskeyOriginValidationContext Signed(HttpRequest request, string origin, bool crossOrigin = false) =>
        new() { HttpContext = request.HttpContext, Origin = origin, CrossOrigin = crossOrigin };
}
