using SafetyCampaign.Drawing;

namespace SafetyCampaign.Tests.Drawing;

public sealed class QrDrawingTests
{
    public static TheoryData<string> Addresses =>
        ["http://192.168.1.5:5080/E/ABC123", "https://PLEDGE.EXAMPLE.ORG/E/ABC123", "https://PLEDGE.EXAMPLE.ORG/E/ABC123?c=120",
        "https://pledge.example.org/e/ABC123?c=120"];

    [Theory, MemberData(nameof(Addresses))]
    public async Task A_decoder_reads_the_png(string address) =>
        Assert.Equal(address, await QrReader.ReadPngAsync(new QrDrawing(address).Png()));

    [Theory, MemberData(nameof(Addresses))]
    public async Task A_decoder_reads_the_svg(string address) =>
        Assert.Equal(address, await QrReader.ReadSvgAsync(new QrDrawing(address).Svg()));

    [Fact]
    public void An_address_in_upper_case_after_the_scheme_needs_fewer_modules() =>
        Assert.True(new QrDrawing("http://192.168.1.5:5080/E/ABC123").Side < new QrDrawing("http://192.168.1.5:5080/e/abc123").Side);

    [Fact]
    public void Four_white_modules_surround_the_code()
    {
        var qr = new QrDrawing("http://192.168.1.5:5080/E/ABC123");

        Assert.Equal(25 + 8, qr.Side); // Version 2: the scheme in bytes, the rest alphanumeric.
        Assert.StartsWith("M4 4h7", qr.Path());
    }
}
