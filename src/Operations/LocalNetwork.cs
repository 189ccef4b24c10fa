using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace SafetyCampaign.Operations;

/// <summary>A network of this machine, as far as the choice of an address for phones goes.</summary>
internal sealed record LocalNetwork(
    string Name, string Description, NetworkInterfaceType Type, bool HasGateway, IReadOnlyList<IPAddress> Addresses)
{
    /// <summary>Names of what containers and virtual machines are joined by; no phone reaches them.</summary>
    private static readonly string[] Bridges =
        ["docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "vEthernet", "cni", "flannel", "podman", "lxcbr", "lxdbr"];

    /// <summary>The networks that are up.</summary>
    public static IReadOnlyList<LocalNetwork> All() =>
        [.. from network in NetworkInterface.GetAllNetworkInterfaces()
            where network.OperationalStatus == OperationalStatus.Up
            let properties = network.GetIPProperties()
            select new LocalNetwork(network.Name, network.Description, network.NetworkInterfaceType,
                properties.GatewayAddresses.Any(gateway => !gateway.Address.Equals(IPAddress.Any)),
                [.. properties.UnicastAddresses.Select(unicast => unicast.Address)])];

    /// <summary>
    /// The address from which the system would send to elsewhere: its own choice among several gateways, by metric. Null where it
    /// knows no way. A datagram socket that is connected sends nothing; the address is of a range kept for documentation.
    /// </summary>
    public static IPAddress? FirstByMetric()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(IPAddress.Parse("203.0.113.1"), 9);
            return (socket.LocalEndPoint as IPEndPoint)?.Address;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>
    /// The addresses that phones may reach, best first: a network with a gateway is the one that phones share, the system's own choice
    /// before others; a hotspot that this machine opens has no gateway and comes after them; IPv6 last, which no one can type.
    /// </summary>
    public static IReadOnlyList<IPAddress> AddressesForPhones(IEnumerable<LocalNetwork> networks, IPAddress? firstByMetric) =>
        [.. (from network in networks
             where !network.IsThisMachinesOwn
             from address in network.Addresses
             where IsForPhones(address)
             orderby address.AddressFamily == AddressFamily.InterNetwork descending, network.HasGateway descending,
                 address.Equals(firstByMetric) descending
             select address).Distinct()];

    private bool IsThisMachinesOwn =>
        Type is NetworkInterfaceType.Loopback or NetworkInterfaceType.Tunnel or NetworkInterfaceType.Ppp
        || Bridges.Any(bridge => Name.StartsWith(bridge, StringComparison.OrdinalIgnoreCase))
        || (Description.Contains("Virtual", StringComparison.OrdinalIgnoreCase) && !IsHotspot);

    /// <summary>As Windows calls the adapter of its mobile hotspot, "Microsoft Wi-Fi Direct Virtual Adapter", now and before.</summary>
    private bool IsHotspot => Description.Contains("Wi-Fi Direct", StringComparison.OrdinalIgnoreCase)
        || Description.Contains("Hosted Network", StringComparison.OrdinalIgnoreCase);

    /// <summary>Not 169.254.x.x and fe80::, which a machine gives itself where no network gave it one.</summary>
    private static bool IsForPhones(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => address.GetAddressBytes() is not ([169, 254, ..] or [127, ..] or [0, ..]),
        AddressFamily.InterNetworkV6 => !(address.IsIPv6LinkLocal || address.IsIPv6Teredo || address.IsIPv6Multicast
            || address.IsIPv4MappedToIPv6 || IPAddress.IsLoopback(address)),
        _ => false,
    };
}
