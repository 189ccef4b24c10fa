using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;

namespace SafetyCampaign.Tests.Schools;

/// <summary>A guardian who can write and not type signs with help: nobody types the name in the guardian's stead.</summary>
public sealed class AssistedHandwritingTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_kept_as_handwriting_that_alone_holds_the_name_and_called_after_the_child_that_was_named()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);

        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(desk, e)).StatusCode);

        await using (var db = app.OpenStore())
        {
            var pledge = await db.Pledges.AsNoTracking().SingleAsync(p => p.EventId == e.Id, Cancellation);
            Assert.Equal((SigningChannel.Assisted, SignatureKind.HandwrittenName, GuardianRelation.Grandmother, "王小明", e.Primary),
                (pledge.Channel, pledge.SignatureKind, pledge.Relation, pledge.Name, pledge.ClassId));
            Assert.True(await db.Signatures.AnyAsync(s => s.Sequence == pledge.Sequence, Cancellation));
            Assert.Equal("陈志愿", (await db.Witnesses.SingleAsync(w => w.Sequence == pledge.Sequence, Cancellation)).Name);
        }
        var done = await DeskVisitor.TextAsync(await desk.GetAsync(DeskRoutes.Assisted(e.Code)));
        Assert.Contains("签好了：第1位签名人", done, StringComparison.Ordinal);
        var receipt = System.Text.RegularExpressions.Regex.Match(done, "href=\"http[^\"]*(/r/[^\"]+)\"").Groups[1].Value;
        Assert.Contains("<strong>王小明的奶奶／外婆</strong>", await TextAsync(desk, receipt), StringComparison.Ordinal);
        Assert.Contains("没有输入姓名，记为“王小明的奶奶／外婆”", await TextAsync(desk, receipt + "/correct"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await desk.GetAsync(receipt + "/certificate.png")).StatusCode);
        var signers = await TextAsync(desk, DeskRoutes.Signers(e.Code));
        Assert.Contains("王小明的奶奶／外婆", signers, StringComparison.Ordinal);
        Assert.Contains("姓名未输入，只有手写", signers, StringComparison.Ordinal);
        Assert.Contains("见证人陈志愿", signers, StringComparison.Ordinal);
        var list = await TextAsync(desk, $"/organize/events/{e.Code}/records/pledges.csv");
        Assert.Contains("\"王小明的奶奶／外婆\"", list, StringComparison.Ordinal);
        Assert.Contains("\"手写，姓名未输入\"", list, StringComparison.Ordinal);
        Assert.Contains("王小明的奶奶／外婆", await TextAsync(desk, $"{DeskRoutes.PledgeBook(e.Code)}?c={e.Primary}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Form.Relation", "", "请选择与孩子的关系。")]
    [InlineData("Form.Child", "", "请填写姓名")]
    [InlineData("Form.Handwriting", "", "没有输入姓名，请手写签名。")]
    [InlineData("Form.Handwriting", "AQ", "签名没有读出来")]
    [InlineData("Form.Name", "李桂兰", "输入姓名，或者只手写，请选一种。")]
    [InlineData("Form.Party", "Volunteer", "只有家长可以只手写、不输入姓名。")]
    [InlineData("Form.Witness", "", "请填写姓名")]
    [InlineData("Form.Class", "", "班级")]
    public async Task What_is_wrong_with_it_is_told_and_what_was_typed_and_written_is_kept(string field, string value, string line)
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);

        var refused = await SendAsync(desk, e, (field, value));

        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        var page = await DeskVisitor.TextAsync(refused);
        Assert.Contains("form-errors", page, StringComparison.Ordinal);
        Assert.Contains(line, page, StringComparison.Ordinal);
        Assert.Contains("name=\"Form.HandwrittenName\" value=\"true\" checked", page, StringComparison.Ordinal);
        if (field != "Form.Child")
            Assert.Contains("value=\"王小明\"", page, StringComparison.Ordinal);
        if (field != "Form.Handwriting")
            Assert.Contains($"value=\"{Ink.Signature}\"", page, StringComparison.Ordinal);
        await using var db = app.OpenStore();
        Assert.False(await db.Pledges.AnyAsync(p => p.EventId == e.Id, Cancellation));
    }

    [Fact]
    public async Task Pressing_again_signs_once_and_another_child_under_the_same_key_is_another_request()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        var form = DeskVisitor.Form(await desk.ReadAsync(DeskRoutes.Assisted(e.Code)));

        for (var presses = 0; presses < 2; presses++)
            Assert.Equal(HttpStatusCode.Redirect, (await desk.PostAsync(DeskRoutes.Assisted(e.Code), [.. form, .. Filled(e)])).StatusCode);
        var other = await desk.PostAsync(DeskRoutes.Assisted(e.Code),
            [.. form, .. Filled(e).Select(field => field.Name == "Form.Child" ? (field.Name, "李小红") : field)]);

        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Contains("这一页已经签过一个人", await DeskVisitor.TextAsync(other), StringComparison.Ordinal);
        await using var db = app.OpenStore();
        Assert.Equal(1, await db.Pledges.CountAsync(p => p.EventId == e.Id, Cancellation));
    }

    private static Task<HttpResponseMessage> SendAsync(DeskVisitor desk, SeededEvent e, params (string Name, string? Value)[] changes)
    {
        var fields = Filled(e).ToDictionary(field => field.Name, field => field.Value);
        foreach (var (name, value) in changes)
            fields[name] = value;
        return desk.SendAsync(DeskRoutes.Assisted(e.Code), [.. fields.Select(field => (field.Key, field.Value))]);
    }

    private static (string Name, string? Value)[] Filled(SeededEvent e) =>
    [
        ("Form.Party", "Guardian"), ("Form.HandwrittenName", "true"), ("Form.Child", "王小明"), ("Form.Class", $"{e.Primary}"),
        ("Form.Relation", "grandmother"), ("Form.Handwriting", Ink.Signature), ("Form.Witness", "陈志愿"), ("Form.Willing", "true"),
    ];

    private static async Task<string> TextAsync(DeskVisitor desk, string address) =>
        WebUtility.HtmlDecode(await desk.ReadAsync(address));
}
