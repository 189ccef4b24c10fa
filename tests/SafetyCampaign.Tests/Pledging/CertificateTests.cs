using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Drawing;
using SafetyCampaign.Ledger;
using SafetyCampaign.Operations;
using SafetyCampaign.Pledging;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Drawing;
using SkiaSharp;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>The image that a family keeps of its pledge.</summary>
public sealed class CertificateTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private readonly HttpClient phone = app.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_a_picture_in_the_shape_of_a_page_that_goes_nowhere_by_itself()
    {
        var answer = await phone.GetAsync((await SignAsync(await app.SeedEventAsync())).Certificate, Cancellation);
        using var picture = SKBitmap.Decode(await answer.Content.ReadAsByteArrayAsync(Cancellation));

        Assert.Equal("image/png", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal((CertificateDrawing.Width, CertificateDrawing.Height), (picture.Width, picture.Height));
        Assert.Equal("no-cache, private", answer.Headers.CacheControl!.ToString());
        Assert.Equal(["noindex"], answer.Headers.GetValues("X-Robots-Tag"));
    }

    [Fact]
    public async Task Its_code_leads_to_the_verification_of_this_record()
    {
        var (certificate, verification) = await SignAsync(await app.SeedEventAsync());

        var read = await QrReader.ReadPngAsync(await phone.GetByteArrayAsync(certificate, Cancellation));

        Assert.Equal(app.Get<PublicAddress>().VerificationInQr(verification), read);
        Assert.EndsWith($"/VERIFY/{verification}", read);
    }

    [Fact]
    public async Task It_is_there_for_every_group_that_signs()
    {
        var e = await app.SeedEventAsync();
        var twoChildren = Signing.Request(e.Primary,
            [Signing.Signer("student", "王小明"), Signing.Signer("student", "王小红"), Signing.Signer("guardian", "王芳", "mother")],
            guardianConsents: true);
        var typed = Signing.Alone("volunteer");
        typed.SignerOf(0).Remove("signature");
        typed.SignerOf(0)["typed"] = true;

        foreach (var request in new[] { twoChildren, typed, Signing.Alone("teacher"), Signing.Alone("student", e.Senior) })
            Assert.Equal(HttpStatusCode.OK, (await phone.GetAsync((await SignAsync(e, request)).Certificate, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Each_of_two_children_has_a_page_of_its_own_with_the_parents_signature()
    {
        var e = await app.SeedEventAsync();
        var request = Signing.Request(e.Primary,
            [Signing.Signer("student", "王小明"), Signing.Signer("student", "王小红"), Signing.Signer("guardian", "王芳", "mother")],
            guardianConsents: true);
        var (address, _) = await SignAsync(e, request);

        var pages = await Task.WhenAll(
            new[] { "", "?child=1", "?child=2" }.Select(child => phone.GetByteArrayAsync(address + child, Cancellation)));
        Assert.Equal(3, pages.Select(Convert.ToHexString).Distinct().Count());
        foreach (var (child, status) in new[] { ("0", 404), ("3", 404), ("x", 400) })
            Assert.Equal(status, (int)(await phone.GetAsync($"{address}?child={child}", Cancellation)).StatusCode);
        var receipt = await phone.GetStringAsync(address[..address.LastIndexOf('/')], Cancellation);
        Assert.Contains("certificate.png?child=2", receipt, StringComparison.Ordinal);
        Assert.Contains("第1–3位签名人", receipt, StringComparison.Ordinal);

        var signed = await app.Get<Receipts>().FindAsync(address.Split('/')[2], Cancellation);
        var second = app.Get<CertificateWriter>().Write(signed!, (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!, 2);
        Assert.Equal(("王小红", "2"), (Assert.Single(second.Names), second.Numbers));
        Assert.Equal(2, second.Signatures.Count);
    }

    [Fact]
    public async Task It_speaks_the_readers_language()
    {
        var (certificate, _) = await SignAsync(await app.SeedEventAsync());

        Assert.NotEqual(await phone.GetByteArrayAsync(certificate, Cancellation),
            await phone.GetByteArrayAsync(certificate + "?lang=en", Cancellation));
    }

    [Fact]
    public async Task A_rehearsals_is_marked_across_the_page()
    {
        var practice = await RedAcrossAsync(EventState.Rehearsal);

        Assert.Equal(0, await RedAcrossAsync(EventState.Open));
        Assert.True(practice > 10_000, $"{practice} dots of red");
    }

    [Fact]
    public async Task Once_the_pledge_is_withdrawn_there_is_none()
    {
        var (certificate, _) = await SignAsync(await app.SeedEventAsync());
        await phone.PostAsync(certificate.Replace("/certificate.png", "?handler=Withdraw"), null, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, (await phone.GetAsync(certificate, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task While_an_organizer_holds_the_pledge_for_invalid_there_is_none()
    {
        var e = await app.SeedEventAsync();
        var (certificate, _) = await SignAsync(e);
        var pledge = (await app.Get<Receipts>().FindAsync(certificate.Split('/')[2], Cancellation))!.Receipt.Sequence;

        await app.Get<PledgeLedger>().InvalidateAsync([pledge], by: 1);
        Assert.Equal(HttpStatusCode.NotFound, (await phone.GetAsync(certificate, Cancellation)).StatusCode);

        await app.Get<PledgeLedger>().ReinstateAsync([pledge], by: 1);
        Assert.Equal(HttpStatusCode.OK, (await phone.GetAsync(certificate, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_guessed_address_has_none()
    {
        var (certificate, _) = await SignAsync(await app.SeedEventAsync());
        var secret = certificate.Split('/')[2];
        var guessed = secret[..^1] + (secret[^1] == 'A' ? 'B' : 'A');

        Assert.Equal(HttpStatusCode.NotFound, (await phone.GetAsync($"/r/{guessed}/certificate.png", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await phone.GetAsync("/r/x/certificate.png", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Where_too_many_ask_at_once_a_phone_is_to_come_again_but_what_is_there_is_given()
    {
        using var queue = new DrawingQueue(work => LowPriorityThread.Start("Test", work), threads: 1, maxWaiting: 0);
        using var finish = new ManualResetEventSlim();
        await using var busy = new CampaignApp { Parts = services => services.AddSingleton(queue) };
        await busy.InitializeAsync();
        using var client = busy.CreateClient();
        var e = await busy.SeedEventAsync();
        var receipt = await client.SignedAsync(e);
        var first = await client.GetAsync(receipt + "/certificate.png", Cancellation);
        var other = await client.SignedAsync(e, "李小花", "李大山");
        var another = queue.Enqueue("another", _ =>
        {
            finish.Wait(Cancellation);
            return [];
        })!;

        var refused = await client.GetAsync(other + "/certificate.png", Cancellation);
        using var known = new HttpRequestMessage(HttpMethod.Get, receipt + "/certificate.png");
        known.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        var unchanged = await client.SendAsync(known, Cancellation);
        var kept = await client.GetAsync(receipt + "/certificate.png", Cancellation);
        await client.PostAsync(other + "?handler=Withdraw", null, Cancellation); // a change at the event: nothing is kept any more
        var dropped = await client.GetAsync(receipt + "/certificate.png", Cancellation);
        finish.Set();
        await another;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.True(refused.Headers.CacheControl is { NoStore: true });
        // Neither what a browser has nor what was drawn a moment ago is drawn again.
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal(first.Headers.ETag, unchanged.Headers.ETag);
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(Cancellation), await kept.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, dropped.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(receipt + "/certificate.png", Cancellation)).StatusCode);
    }

    [Fact]
    public void A_tag_is_of_one_process_alone_so_that_no_name_can_be_tried_on_it()
    {
        var (certificate, cache) = (CertificateDrawingTests.Page("王小明"), new CertificateCache());

        Assert.Equal(cache.TagOf(certificate), cache.TagOf(CertificateDrawingTests.Page("王小明")));
        Assert.NotEqual(cache.TagOf(certificate), cache.TagOf(CertificateDrawingTests.Page("王小红")));
        Assert.NotEqual(cache.TagOf(certificate), new CertificateCache().TagOf(certificate));
    }

    [Fact]
    public async Task A_name_with_a_character_that_no_face_has_says_what_its_box_means()
    {
        var e = await app.SeedEventAsync();
        var receipt = await phone.SignedAsync(e, "王\U0003134A", "王芳");
        var signed = (await app.Get<Receipts>().FindAsync(receipt["/r/".Length..], Cancellation))!;
        var of = (await app.Get<PublishedEvents>().FindAsync(e.Code, Cancellation))!;

        Assert.Contains("方框里是字的编码：这里没有这个字的字体。", app.Get<CertificateWriter>().Write(signed, of).Facts);
    }

    [Fact]
    public async Task Nothing_that_is_logged_while_drawing_names_anybody()
    {
        var log = new CapturedLog();
        await using var logged = new CampaignApp
        {
            Parts = log.Install,
            Settings = { ["Logging:LogLevel:Default"] = "Trace", ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace" },
        };
        await logged.InitializeAsync();
        var client = logged.CreateClient();
        var seeded = await logged.SeedEventAsync();
        var answer = await (await client.SignAsync(seeded.Code, Signing.Family(seeded, child: "欧阳小舟", parent: "欧阳静澜"))).JsonAsync();

        await client.GetByteArrayAsync($"/r/{answer["receipt"]}/certificate.png", Cancellation);

        Assert.NotEmpty(log.Lines);
        Assert.DoesNotContain(log.Lines, line => line.Contains("欧阳") || line.Contains("\\u6B27"));
    }

    /// <summary>Dots between the clauses that have the pale red of the rehearsal's mark.</summary>
    private async Task<int> RedAcrossAsync(EventState state)
    {
        var (certificate, _) = await SignAsync(await app.SeedEventAsync(state));
        using var picture = SKBitmap.Decode(await phone.GetByteArrayAsync(certificate, Cancellation));
        return picture.Pixels.Skip(600 * picture.Width).Take(400 * picture.Width).Count(dot => dot.Red - dot.Blue > 25);
    }

    private async Task<(string Certificate, string Verification)> SignAsync(SeededEvent e,
        System.Text.Json.Nodes.JsonObject? request = null)
    {
        var answer = await (await phone.SignAsync(e.Code, request ?? Signing.Family(e))).JsonAsync();
        return ($"/r/{answer["receipt"]}/certificate.png", (string)answer["verification"]!);
    }

    [Theory]
    [InlineData("en", "Student pledge to prevent drowning", 6)]
    [InlineData("zh-CN", null, 0)]
    public async Task Below_what_was_signed_it_has_the_translation_for_its_reader(string language, string? title, int clauses)
    {
        var e = await app.SeedEventAsync();
        var receipt = await phone.SignedAsync(e);
        await app.RewriteTextAsync(e, SignerRole.Student); // what was signed had a translation, what is current has none
        var signed = (await app.Get<Receipts>().FindAsync(receipt["/r/".Length..], Cancellation))!;
        var of = (await app.Get<PublishedEvents>().FindAsync(e.Code, Cancellation))!;

        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = new CultureInfo(language);
        var certificate = app.Get<CertificateWriter>().Write(signed, of);
        CultureInfo.CurrentUICulture = before;

        Assert.Equal(("学生防溺水承诺书", title), (certificate.Title, certificate.TitleTranslation));
        Assert.Equal(OfficialTexts.SixDonts, certificate.Clauses);
        Assert.Equal(clauses, certificate.ClauseTranslations.Count);
    }
}
