using System.Net;
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
    private readonly Func<IReadOnlyList<IPAddress>> addressesForPhones;
    private volatile AddressesRead? read;

    public PublicAddress(IConfiguration configuration, IServer server)
        : this(configuration, server, () => LocalNetwork.AddressesForPhones(LocalNetwork.All(), LocalNetwork.FirstByMetric()))
    {
    }

    internal PublicAddress(IConfiguration configuration, IServer server, Func<IReadOnlyList<IPAddress>> addressesForPhones)
    {
        this.server = server;
        this.addressesForPhones = addressesForPhones;
        toListenOn = configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } urls ? urls : "http://localhost:5000";
        Configured = configuration[Setting] is { Length: > 0 } text ? Read(text) : null;
    }

    /// <summary>What is configured; null where nothing is.</summary>
    public Uri? Configured { get; }

    /// <summary>
    /// Scheme, host and port. Before the server listens, where it would; read anew every two seconds, since a laptop changes
    /// networks.
    /// </summary>
    public Uri Base => Configured ?? OwnAddresses()[0];

    /// <summary>The same for the other networks of this machine, where it listens on all of them and has several.</summary>
    public IReadOnlyList<Uri> Others => Configured is null ? OwnAddresses()[1..] : [];

    /// <summary>True when only this machine itself can follow the addresses.</summary>
    public bool IsThisMachineOnly => Base.IsLoopback;

    /// <summary>True when that is because it listens on every network and is in none.</summary>
    public bool IsWithoutNetwork => IsThisMachineOnly && Configured is null && IsEverywhere(Bound().Host);

    /// <summary>Where people type the code by hand, as they read it: host and port, no scheme.</summary>
    public string Short => Base.Authority;

    /// <summary>The phone page of an event.</summary>
    public string PhonePage(string code, int? classId = null) => On(Base, $"e/{code}{ClassQuery(classId)}");

    /// <summary>
    /// The phone page as a QR code holds it: in upper case, which the QR code's alphanumeric mode packs a third denser. The host knows
    /// no case, and our routes ignore it. The scheme is in lower case, since several scanners take <c>HTTPS://</c> for plain text
    /// (docs/domain.md 7); so is the query, whose signs that mode does not have.
    /// </summary>
    public string PhonePageInQr(string code, int? classId = null) => InQr($"e/{code}") + ClassQuery(classId);

    /// <summary>The page that verifies a record, as a QR code holds it.</summary>
    public string VerificationInQr(string verification) => InQr($"verify/{verification}");

    /// <summary>A page of ours, by its path, for somebody else to lead to.</summary>
    public string Page(string path) => On(Base, path.TrimStart('/'));

    public string StagePage(string code) => On(Base, $"display/{code}");

    /// <summary>Where somebody without an account becomes the event's host.</summary>
    public string HostLink(string code, string secret) => On(Base, $"host/{code}/{secret}");

    /// <summary>Where a family sees its pledge, by the secret part of the address.</summary>
    public string ReceiptPage(string secret) => On(Base, $"r/{secret}");

    /// <summary>Where a class teacher sees the class and lets it sign.</summary>
    public string ClassLink(string secret) => On(Base, $"class/{secret}");

    /// <summary>Where a family signs with the slip that its child took home.</summary>
    public string SlipPage(string code) => On(Base, $"s/{code}");

    /// <summary>The same as a QR code holds it.</summary>
    public string SlipPageInQr(string code) => InQr($"s/{code}");

    private string InQr(string path)
    {
        var site = Base;
        return site.Scheme + On(site, path)[site.Scheme.Length..].ToUpperInvariant();
    }

    private static string On(Uri site, string path)
    {
        var host = site.HostNameType == UriHostNameType.IPv6 ? site.Host : site.IdnHost; // only the first has the brackets
        var port = site.IsDefaultPort ? "" : $":{site.Port}";
        return $"{site.Scheme}://{host}{port}/{path}";
    }

    private static string ClassQuery(int? classId) => classId is { } id ? $"?c={id}" : "";

    private static Uri Read(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/"
            && uri.UserInfo == ""
            ? uri
            : throw new InvalidOperationException(
                $"{Setting} is \"{text}\". Set it to the address people type, with http:// or https:// and no path, for example "
                    + "https://pledge.example.org.");

    private Uri[] OwnAddresses()
    {
        var bound = Bound();
        if (!IsEverywhere(bound.Host))
            return [new UriBuilder(bound.Scheme, bound.Host, bound.Port).Uri];
        var hosts = AddressesForPhones().Where(address => bound.Host != "0.0.0.0" || address.AddressFamily == AddressFamily.InterNetwork)
            .Select(address => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString())
            .DefaultIfEmpty("localhost");
        return [.. hosts.Select(host => new UriBuilder(bound.Scheme, host, bound.Port).Uri)];
    }

    private BindingAddress Bound() =>
        (server.Features.Get<IServerAddressesFeature>()?.Addresses is { Count: > 0 } listening ? listening : toListenOn.Split(';'))
            .Select(BindingAddress.Parse)
            // A certificate names a host, never a machine's network address; plain http works in the hall's own network.
            .OrderBy(address => address.Scheme == "http" ? 0 : 1)
            .First();

    private static bool IsEverywhere(string host) => host is "*" or "+" or "[::]" or "0.0.0.0";

    /// <summary>Asking the system costs up to a millisecond, and each certificate needs the address.</summary>
    private IReadOnlyList<IPAddress> AddressesForPhones()
    {
        if (read is not { } known || Environment.TickCount64 - known.At > 2000)
            read = known = new AddressesRead(Environment.TickCount64, addressesForPhones());
        return known.Addresses;
    }

    /// <summary>One object, so that no request sees half of it.</summary>
    private sealed record AddressesRead(long At, IReadOnlyList<IPAddress> Addresses);
}
