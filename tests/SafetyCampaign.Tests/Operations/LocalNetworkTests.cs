using System.Net;
using System.Net.NetworkInformation;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Tests.Operations;

/// <summary>Which of a machine's addresses phones are told.</summary>
public sealed class LocalNetworkTests
{
    private static readonly LocalNetwork Wifi =
        Network("wlan0", "Intel(R) Wi-Fi 6 AX201", gateway: true, "192.168.1.5", "fe80::1", "fd00::5");
    private static readonly LocalNetwork Cable = Network("eth0", "Realtek PCIe GbE", gateway: true, "10.20.0.8");
    private static readonly LocalNetwork Hotspot =
        Network("本地连接* 2", "Microsoft Wi-Fi Direct Virtual Adapter #2", gateway: false, "192.168.137.1");

    [Fact]
    public void An_address_that_the_machine_gave_itself_is_never_told()
    {
        var unplugged = Network("Ethernet", "Realtek PCIe GbE", gateway: false, "169.254.17.3", "fe80::2");

        Assert.Empty(Told(unplugged));
        Assert.Equal(["192.168.137.1"], Told(unplugged, Hotspot));
    }

    [Theory]
    [InlineData("docker0", "docker0")]
    [InlineData("br-5f1c2a", "br-5f1c2a")]
    [InlineData("cni0", "cni0")]
    [InlineData("podman0", "podman0")]
    [InlineData("virbr0", "virbr0")]
    [InlineData("vEthernet (WSL)", "Hyper-V Virtual Ethernet Adapter")]
    [InlineData("Ethernet 3", "VirtualBox Host-Only Ethernet Adapter")]
    public void What_joins_containers_and_virtual_machines_is_not_told(string name, string description) =>
        Assert.Empty(Told(Network(name, description, gateway: false, "172.17.0.1")));

    [Theory]
    [InlineData("本地连接* 2", "Microsoft Wi-Fi Direct Virtual Adapter #2")]
    [InlineData("无线网络连接 2", "Microsoft Hosted Network Virtual Adapter")]
    [InlineData("bridge100", "bridge100")] // macOS
    public void The_machines_own_hotspot_is_told(string name, string description) =>
        Assert.Equal(["192.168.137.1"], Told(Network(name, description, gateway: false, "192.168.137.1")));

    [Fact]
    public void All_are_told_the_shared_network_first_then_the_hotspot_then_ipv6() =>
        Assert.Equal(["192.168.1.5", "192.168.137.1", "fd00::5"], Told(Hotspot, Wifi));

    [Fact]
    public void Of_two_networks_with_a_gateway_the_systems_own_choice_by_metric_is_first()
    {
        Assert.Equal("10.20.0.8", LocalNetwork.AddressesForPhones([Wifi, Cable], IPAddress.Parse("10.20.0.8"))[0].ToString());
        Assert.Equal("192.168.1.5", LocalNetwork.AddressesForPhones([Wifi, Cable], IPAddress.Parse("192.168.1.5"))[0].ToString());
    }

    [Fact]
    public void This_machine_can_be_asked() =>
        Assert.DoesNotContain(LocalNetwork.AddressesForPhones(LocalNetwork.All(), LocalNetwork.FirstByMetric()),
            address => IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal);

    private static string[] Told(params LocalNetwork[] networks) =>
        [.. LocalNetwork.AddressesForPhones(networks, firstByMetric: null).Select(address => address.ToString())];

    private static LocalNetwork Network(string name, string description, bool gateway, params string[] addresses) =>
        new(name, description, NetworkInterfaceType.Ethernet, gateway, [.. addresses.Select(IPAddress.Parse)]);
}
