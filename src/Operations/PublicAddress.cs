using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace SafetyCampaign.Operations;

/// <summary>
/// The address under which phones and screens reach this program: the configured <c>PublicBaseUrl</c>, else this
/// machine's own network address. Never a request's Host, which the asker chooses and could point at another site.
/// </summary>
public sealed class PublicAddress
{
    public const string Setting = "PublicBaseUrl";

    private readonly IServer server;
    private readonly string toListenOn;

    public PublicAddress(IConfiguration configuration, IServer server)
    {
        this.server = server;
        toListenOn = configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } urls ? urls : "http://localhost:5000";
        Configured = configuration[Setting] is { Length: > 0 } text ? Read(text) : null;
    }

    /// <summary>What is configured; null where nothing is.</summary>
    public Uri? Configured { get; }

    /// <summary>
    /// Scheme, host and port. Before the server listens, where it would; read anew each time, since a laptop changes
    /// networks.
    /// </summary>
    public Uri Base => Configured ?? OwnAddress();

    /// <summary>True when only this machine itself can follow the addresses.</summary>
    public bool IsThisMachineOnly => Base.IsLoopback;

    /// <summary>Where people type the code by hand, as they read it: host and port, no scheme.</summary>
    public string Short => Base.Authority;

    /// <summary>The phone page of an event.</summary>
    public string PhonePage(string code, int? classId = null) => On(Base, $"e/{code}{ClassQuery(classId)}");

    /// <summary>
    /// The phone page as a QR code holds it: in upper case, which the QR code's alphanumeric mode packs a third denser.
    /// Scheme and host know no case, and our routes ignore it.
    /// </summary>
    public string PhonePageInQr(string code, int? classId = null) => On(Base, $"E/{code}{ClassQuery(classId)}").ToUpperInvariant();

    /// <summary>The page that verifies a record, as a QR code holds it.</summary>
    public string VerificationInQr(string verification) => On(Base, $"verify/{verification}").ToUpperInvariant();

    public string StagePage(string code) => On(Base, $"display/{code}");

    /// <summary>Where somebody without an account becomes the event's host.</summary>
    public string HostLink(string code, string secret) => On(Base, $"host/{code}/{secret}");

    private static string On(Uri site, string path)
    {
        var port = site.IsDefaultPort ? "" : $":{site.Port}";
        return $"{site.Scheme}://{site.IdnHost}{port}/{path}";
    }

    private static string ClassQuery(int? classId) => classId is { } id ? $"?c={id}" : "";

    private static Uri Read(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/"
            && uri.UserInfo == ""
            ? uri
            : throw new InvalidOperationException(
                $"{Setting} is \"{text}\". Set it to the address people type, with http:// or https:// and no path, for example "
                    + "https://pledge.example.org.");

    private Uri OwnAddress()
    {
        var bound = (server.Features.Get<IServerAddressesFeature>()?.Addresses is { Count: > 0 } listening
            ? listening
            : toListenOn.Split(';'))
            .Select(BindingAddress.Parse)
            // A certificate names a host, never a machine's network address; plain http works in the hall's own network.
            .OrderBy(address => address.Scheme == "http" ? 0 : 1)
            .First();
        var host = bound.Host is "*" or "+" or "[::]" or "0.0.0.0" ? OwnHost() : bound.Host;
        return new UriBuilder(bound.Scheme, host, bound.Port).Uri;
    }

    /// <summary>
    /// A network with a gateway is the one the phones share; a hotspot that this machine opens itself has none and comes
    /// second. Networks of virtual machines and containers cannot be reached from phones.
    /// </summary>
    private static string OwnHost() =>
        (from network in NetworkInterface.GetAllNetworkInterfaces()
         where network.OperationalStatus == OperationalStatus.Up
             && network.NetworkInterfaceType is not (NetworkInterfaceType.Loopback or NetworkInterfaceType.Tunnel
                 or NetworkInterfaceType.Ppp)
             && !IsVirtual(network)
         let properties = network.GetIPProperties()
         from address in properties.UnicastAddresses
         where address.Address.AddressFamily == AddressFamily.InterNetwork
         orderby properties.GatewayAddresses.Any(g => g.Address.AddressFamily == AddressFamily.InterNetwork) descending
         select address.Address.ToString()).FirstOrDefault() ?? "localhost";

    private static bool IsVirtual(NetworkInterface network) =>
        new[] { "docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "vEthernet" }
            .Any(prefix => network.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        || network.Description.Contains("Virtual", StringComparison.OrdinalIgnoreCase);
}
