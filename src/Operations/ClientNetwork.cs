using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace SafetyCampaign.Operations;

/// <summary>The address that asks, as limits count it.</summary>
internal static class ClientNetwork
{
    /// <summary>Of IPv6 the first 64 bits, since a household is given all the rest.</summary>
    public static UInt128 Of(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        Span<byte> bytes = stackalloc byte[16];
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            bytes[10..12].Fill(0xff);
            address.TryWriteBytes(bytes[12..], out _);
            return BinaryPrimitives.ReadUInt128BigEndian(bytes);
        }
        address.TryWriteBytes(bytes, out _);
        if (!address.IsIPv4MappedToIPv6)
            bytes[8..].Clear();
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
