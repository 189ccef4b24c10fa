using System.Net;
using SafetyCampaign.Tests.Drawing;

namespace SafetyCampaign.Tests.Display;

public sealed class QrEndpointsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<CampaignApp> StartAsync()
    {
        var app = new CampaignApp { Settings = { ["PublicBaseUrl"] = "https://pledge.example.org" } };
        await app.InitializeAsync();
        return app;
    }

    [Fact]
    public async Task Both_pictures_lead_to_the_phone_page_whatever_host_was_asked()
    {
        await using var app = await StartAsync();
        var e = await app.SeedEventAsync();
        using var client = app.CreateClient();
        client.DefaultRequestHeaders.Host = "elsewhere.example.com";

        var svg = await client.GetStringAsync($"/e/{e.Code}/qr.svg", Cancellation);
        var png = await client.GetByteArrayAsync($"/e/{e.Code}/qr.png", Cancellation);

        Assert.Equal($"https://PLEDGE.EXAMPLE.ORG/E/{e.Code}", await QrReader.ReadSvgAsync(svg));
        Assert.Equal($"https://PLEDGE.EXAMPLE.ORG/E/{e.Code}", await QrReader.ReadPngAsync(png));
    }

    [Fact]
    public async Task A_code_typed_in_lower_case_gives_the_same_picture()
    {
        await using var app = await StartAsync();
        var e = await app.SeedEventAsync();
        using var client = app.CreateClient();

        Assert.Equal(
            await client.GetStringAsync($"/e/{e.Code}/qr.svg", Cancellation),
            await client.GetStringAsync($"/E/{e.Code.ToLowerInvariant()}/QR.svg", Cancellation));
    }

    [Fact]
    public async Task A_class_stays_in_the_address()
    {
        await using var app = await StartAsync();
        var e = await app.SeedEventAsync();
        using var client = app.CreateClient();

        var svg = await client.GetStringAsync($"/e/{e.Code}/qr.svg?c={e.Primary}", Cancellation);

        Assert.Equal($"https://PLEDGE.EXAMPLE.ORG/E/{e.Code}?c={e.Primary}", await QrReader.ReadSvgAsync(svg));
    }

    [Fact]
    public async Task The_same_picture_is_not_sent_twice()
    {
        await using var app = await StartAsync();
        var e = await app.SeedEventAsync();
        using var client = app.CreateClient();

        using var first = await client.GetAsync($"/e/{e.Code}/qr.png", Cancellation);
        Assert.Equal("image/png", first.Content.Headers.ContentType?.MediaType);
        client.DefaultRequestHeaders.IfNoneMatch.Add(Assert.IsType<System.Net.Http.Headers.EntityTagHeaderValue>(first.Headers.ETag));
        using var second = await client.GetAsync($"/e/{e.Code}/qr.png", Cancellation);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("/e/NOSUCH/qr.svg")]
    [InlineData("/e/N0S9CH/qr.png")]
    [InlineData("/e/{code}/qr.svg?c=999999")]
    public async Task There_is_no_picture_for_what_does_not_exist(string path)
    {
        await using var app = await StartAsync();
        var e = await app.SeedEventAsync();
        using var client = app.CreateClient();

        using var answer = await client.GetAsync(path.Replace("{code}", e.Code, StringComparison.Ordinal), Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
