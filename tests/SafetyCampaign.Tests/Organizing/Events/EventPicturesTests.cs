using System.Buffers.Binary;
using System.IO.Hashing;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Storage;
using SkiaSharp;

namespace SafetyCampaign.Tests.Organizing.Events;

/// <summary>Logos of hosts and partners, and the picture of the place: uploaded, drawn anew, shown, taken away.</summary>
public sealed class EventPicturesTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_logo_is_on_the_poster_and_on_the_stage_and_gone_once_it_is_removed()
    {
        var (e, desk) = await EventWithPartnerAsync();
        await UploadAsync(desk, e, TestPicture.Of(SKEncodedImageFormat.Png, 1600, 400), "绿舟应急救援队");

        await using var db = app.OpenStore();
        var logo = await db.Pictures.SingleAsync(p => p.EventId == e.Id, Cancellation);
        Assert.Equal((800, 200), (logo.Width, logo.Height));
        var address = $"/e/{e.Code}/pictures/{logo.Id}";
        Assert.Contains($"src=\"{address}\"", await desk.ReadAsync($"/organize/events/{e.Code}/poster"));
        Assert.Contains($"src=\"{address}\"", await app.CreateClient().GetStringAsync($"/display/{e.Code}", Cancellation));
        var sent = await app.CreateClient().GetAsync(address, Cancellation);
        Assert.Equal("image/png", sent.Content.Headers.ContentType?.MediaType);

        await desk.SendAsync($"/organize/events/{e.Code}/pictures?handler=Remove", ("picture", $"{logo.Id}"));

        Assert.Equal(HttpStatusCode.NotFound, (await app.CreateClient().GetAsync(address, Cancellation)).StatusCode);
        Assert.DoesNotContain(address, await desk.ReadAsync($"/organize/events/{e.Code}/poster"));
    }

    [Fact]
    public async Task Nothing_of_a_photo_is_kept_but_its_pixels_and_it_stands_upright()
    {
        var (e, desk) = await EventWithPartnerAsync();
        var photo = WithOrientation(TestPicture.Of(SKEncodedImageFormat.Jpeg, 400, 200, left: SKColors.Red, right: SKColors.Blue), 6);
        Assert.Contains("CANARY-GPS", Encoding.Latin1.GetString(photo));

        await UploadAsync(desk, e, photo, "");

        await using var db = app.OpenStore();
        var kept = await db.Pictures.SingleAsync(p => p.EventId == e.Id, Cancellation);
        Assert.DoesNotContain("CANARY-GPS", Encoding.Latin1.GetString(kept.Bytes));
        Assert.DoesNotContain("Exif", Encoding.Latin1.GetString(kept.Bytes));
        // Orientation 6: what is stored at the left is seen at the top.
        using var seen = SKBitmap.Decode(kept.Bytes);
        Assert.Equal((200, 400), (seen.Width, seen.Height));
        Assert.True(seen.GetPixel(100, 40) is { Red: > 200, Blue: < 60 });
        Assert.True(seen.GetPixel(100, 360) is { Blue: > 200, Red: < 60 });
    }

    [Fact]
    public async Task The_next_logo_of_a_partner_takes_the_place_of_the_one_before()
    {
        var (e, desk) = await EventWithPartnerAsync();
        await UploadAsync(desk, e, TestPicture.Of(SKEncodedImageFormat.Png, 40, 40), "绿舟应急救援队");
        await UploadAsync(desk, e, TestPicture.Of(SKEncodedImageFormat.Webp, 60, 30), "绿舟应急救援队");

        await using var db = app.OpenStore();
        Assert.Equal([(60, 30)], await db.Pictures.Where(p => p.EventId == e.Id).Select(p => ValueTuple.Create(p.Width, p.Height))
            .ToListAsync(Cancellation));
    }

    [Fact]
    public async Task What_is_no_picture_is_refused_in_words_and_changes_nothing()
    {
        var (e, desk) = await EventWithPartnerAsync();
        await UploadAsync(desk, e, TestPicture.Of(SKEncodedImageFormat.Png, 40, 40), "绿舟应急救援队");
        var cutShort = TestPicture.Of(SKEncodedImageFormat.Png, 300, 300)[..^200];

        foreach (var (bytes, who, words) in new[]
        {
            ([], "绿舟应急救援队", "请先选一张图片"),
            ("<svg onload=alert(1)>"u8.ToArray(), "绿舟应急救援队", "读不出这张图片"),
            (cutShort, "绿舟应急救援队", "读不出这张图片"),
            (ClaimingToBe(60_000, 60_000), "绿舟应急救援队", "读不出这张图片"),
            (new byte[11 * 1024 * 1024], "绿舟应急救援队", "图片超过10MB"),
            (TestPicture.Of(SKEncodedImageFormat.Png, 4, 4), "别的单位", "请在列表里选图片内容"),
        })
        {
            var answer = await UploadAsync(desk, e, bytes, who);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains(words, await DeskVisitor.TextAsync(answer));
        }

        await using var db = app.OpenStore();
        Assert.Equal(40, (await db.Pictures.SingleAsync(p => p.EventId == e.Id, Cancellation)).Width);
    }

    [Fact]
    public async Task A_logo_of_a_partner_that_is_named_no_longer_is_shown_nowhere()
    {
        var (e, desk) = await EventWithPartnerAsync();
        await UploadAsync(desk, e, TestPicture.Of(SKEncodedImageFormat.Png, 40, 40), "绿舟应急救援队");
        await ChangePartnersAsync(e, []);

        Assert.DoesNotContain("/pictures/", await desk.ReadAsync($"/organize/events/{e.Code}/poster"));
        Assert.Contains("不会显示", await desk.ReadAsync($"/organize/events/{e.Code}/pictures"));
    }

    private async Task<(SeededEvent Event, DeskVisitor Desk)> EventWithPartnerAsync()
    {
        var e = await app.SeedEventAsync();
        await ChangePartnersAsync(e, ["绿舟应急救援队"]);
        return (e, await DeskVisitor.SignInAsync(app, e.Organization));
    }

    private async Task ChangePartnersAsync(SeededEvent e, string[] partners)
    {
        await using (var db = app.OpenStore())
        {
            var stored = await db.Events.SingleAsync(x => x.Id == e.Id, Cancellation);
            stored.Describe(stored.Title, stored.Place, stored.Hosts, partners);
            await db.SaveChangesAsync(Cancellation);
        }
        await app.Get<PublishedEvents>().ChangedAsync(e.Id, Cancellation);
    }

    private static Task<HttpResponseMessage> UploadAsync(DeskVisitor desk, SeededEvent e, byte[] picture, string who) =>
        desk.UploadAsync($"/organize/events/{e.Code}/pictures", new ByteArrayContent(picture), "picture.png", "Picture", ("For", who));

    /// <summary>A PNG of some bytes that says it has that many pixels.</summary>
    private static byte[] ClaimingToBe(int width, int height)
    {
        var png = TestPicture.Of(SKEncodedImageFormat.Png, 4, 4);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc32.HashToUInt32(png.AsSpan(12, 17)));
        return png;
    }

    /// <summary>The JPEG with an EXIF segment that says how the camera was held, and something else that it noted.</summary>
    private static byte[] WithOrientation(byte[] jpeg, byte orientation)
    {
        byte[] tiff = [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0, .. "CANARY-GPS"u8];
        byte[] segment = [0xFF, 0xE1, 0, (byte)(2 + 6 + tiff.Length), .. "Exif\0\0"u8, .. tiff];
        return [.. jpeg[..2], .. segment, .. jpeg[2..]];
    }
}
