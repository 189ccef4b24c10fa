using System.Net;
using System.Net.Sockets;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Exports;

/// <summary>What is wrong with an address to send to.</summary>
public enum AddressFault
{
    /// <summary>No whole address with a host, or too long, or with a user's name in it.</summary>
    Unreadable,

    /// <summary>Not <c>https</c>.</summary>
    NotEncrypted,

    /// <summary>This machine, or a private network.</summary>
    Private,
}

/// <summary>
/// Where the program may send to. An address that leads into the machine's own network would let an administrator of the program ask what
/// only the machine may: so names are looked up when a connection is opened, and each address that they lead to is looked at.
/// </summary>
internal static class WebhookAddress
{
    private static readonly IPNetwork[] Reserved =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "224.0.0.0/3", "::/127", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "fc00::/7", "fe80::/9", "ff00::/8",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    /// <returns>The address; or what is wrong with it.</returns>
    public static (Uri? Address, AddressFault? Fault) Read(string typed, ExportSettings settings)
    {
        if (typed.Length > WeeklyExport.AddressMaxLength || !Uri.TryCreate(typed, UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https") || address.Host.Length == 0 || address.UserInfo.Length > 0
            || address.Fragment.Length > 0)
            return (null, AddressFault.Unreadable);
        if (address.Scheme != "https" && !settings.AllowHttp)
            return (null, AddressFault.NotEncrypted);
        var isPrivate = IPAddress.TryParse(address.DnsSafeHost, out var number) ? IsPrivate(number)
            : address.IdnHost.TrimEnd('.') is var host && (host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal));
        return isPrivate && !settings.AllowPrivateAddresses ? (null, AddressFault.Private) : (address, null);
    }

    /// <summary>Opens a connection to the first address of a host that may be used and answers.</summary>
    /// <exception cref="PrivateAddressException">It has none that may be used.</exception>
    public static async ValueTask<Stream> ConnectAsync(DnsEndPoint host, ExportSettings settings, CancellationToken cancellationToken)
    {
        var found = await Dns.GetHostAddressesAsync(host.Host, cancellationToken);
        var allowed = settings.AllowPrivateAddresses ? found : Array.FindAll(found, address => !IsPrivate(address));
        if (found.Length > 0 && allowed.Length == 0)
            throw new PrivateAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, host.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public static bool IsPrivate(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(Reserved, network => network.Contains(plain));
    }
}

/// <summary>A host has no address that may be used.</summary>
internal sealed class PrivateAddressException() : IOException("The address leads into a private network.");
