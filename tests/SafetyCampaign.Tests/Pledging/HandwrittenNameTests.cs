using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>A guardian who can write and not type: the relation and the handwriting are enough, and are kept as such.</summary>
public sealed class HandwrittenNameTests(CampaignApp app) : SignApi(app), IClassFixture<CampaignApp>
{
    [Fact]
    public async Task It_is_stored_as_handwriting_that_alone_holds_the_name_and_called_after_the_child_everywhere()
    {
        var e = await App.SeedEventAsync();
        var request = Signing.FamilyByHand(e);

        var signed = await SignAsync(e, request);

        Assert.Equal(HttpStatusCode.OK, (await Phone.SignAsync(e.Code, JsonNode.Parse(request.ToJsonString())!)).StatusCode);
        Assert.Equal(2, await Phone.PeopleAsync(e.Code));
        await using (var db = App.OpenStore())
        {
            var guardian = await db.Pledges.SingleAsync(p => p.EventId == e.Id && p.Role == SignerRole.Guardian, Cancellation);
            Assert.Equal((SignatureKind.HandwrittenName, GuardianRelation.Grandmother, "王小明"),
                (guardian.SignatureKind, guardian.Relation, guardian.Name));
            Assert.True(await db.Signatures.AnyAsync(s => s.Sequence == guardian.Sequence, Cancellation));
        }
        var receipt = $"/r/{signed["receipt"]}";
        Assert.Contains("<strong>王小明的奶奶／外婆</strong>", await ReadAsync(receipt));
        Assert.Contains("王小明的奶奶／外婆", await ReadAsync(receipt + "/data"));
        Assert.Contains("手写，姓名没有输入", await ReadAsync(receipt + "/data"));
        var file = await (await Phone.GetAsync(Address(receipt + "/data?handler=File"), Cancellation)).JsonAsync();
        Assert.Equal(("王小明的奶奶／外婆", "HandwrittenName", false), ((string)file["pledges"]![1]!["name"]!,
            (string)file["pledges"]![1]!["otherSignature"]!, file["pledges"]![1]!["typed"]!.GetValue<bool>()));
        Assert.Contains("王**的奶奶／外婆", await ReadAsync($"/verify/{signed["verification"]}"));
        Assert.Equal(HttpStatusCode.OK, (await Phone.GetAsync(Address(receipt + "/certificate.png"), Cancellation)).StatusCode);
        using var reader = App.CreateClient("en");
        Assert.Contains("<strong>grandmother of 王小明</strong>",
            WebUtility.HtmlDecode(await reader.GetStringAsync(Address(receipt), Cancellation)));
        Assert.Contains("grandmother of 王**",
            WebUtility.HtmlDecode(await reader.GetStringAsync(Address($"/verify/{signed["verification"]}"), Cancellation)));
    }

    [Fact]
    public async Task The_hash_of_a_request_tells_it_from_one_with_a_typed_name()
    {
        var e = await App.SeedEventAsync();
        var request = Signing.FamilyByHand(e);
        await SignAsync(e, request);

        request.SignerOf(1).Remove("handwrittenName");
        request.SignerOf(1)["name"] = "王小明";

        await RefusedAsync(await Phone.SignAsync(e.Code, request), HttpStatusCode.Conflict, "key-taken");
    }

    [Theory]
    [InlineData("relation", null, "signers[1].relation", "请选择与孩子的关系。")]
    [InlineData("relation", "neighbour", "signers[1].relation", "请选择与孩子的关系。")]
    [InlineData("name", "李桂兰", "signers[1].name", "输入姓名，或者只手写，请选一种。")]
    [InlineData("signature", null, "signers[1].signature", "没有输入姓名，请手写签名。")]
    [InlineData("signature", "AQ", "signers[1].signature", "签名没有读出来，请重写一次，其他内容都还在。")]
    [InlineData("role", "teacher", "signers[1].name", "只有家长可以只手写、不输入姓名。请填写姓名。")]
    public async Task What_is_wrong_with_it_is_told_at_its_field(string field, string? value, string path, string line)
    {
        var e = await App.SeedEventAsync();
        var request = Signing.FamilyByHand(e);
        request.SignerOf(1)[field] = value;

        var problem = await RefusedAsync(await Phone.SignAsync(e.Code, request), HttpStatusCode.BadRequest, "invalid");

        Assert.Equal(line, (string)problem["errors"]![path]![0]!);
    }

    [Fact]
    public async Task A_typed_name_beside_it_and_a_pupil_are_refused_and_so_is_a_missing_name_without_it()
    {
        var e = await App.SeedEventAsync();
        var typed = Signing.FamilyByHand(e);
        typed.SignerOf(1).Remove("signature");
        typed.SignerOf(1)["typed"] = true;
        var pupil = Signing.FamilyByHand(e);
        pupil.SignerOf(0).Remove("name");
        pupil.SignerOf(0)["handwrittenName"] = true;
        var nameless = Signing.FamilyByHand(e);
        nameless.SignerOf(1).Remove("handwrittenName");

        foreach (var (request, path) in new[]
        {
            (typed, "signers[1].signature"), (pupil, "signers[0].name"), (nameless, "signers[1].name"),
        })
        {
            var problem = await RefusedAsync(await Phone.SignAsync(e.Code, request), HttpStatusCode.BadRequest, "invalid");
            Assert.NotNull(problem["errors"]![path]);
        }
        Assert.Equal(0, await Phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task Whoever_signs_without_a_child_is_called_after_a_pupil()
    {
        var e = await App.SeedEventAsync();

        var signed = await SignAsync(e, Signing.Request(e.Primary, [Signing.GuardianByHand("grandfather")], guardianConsents: false));

        Assert.Contains("<strong>学生的爷爷／外公</strong>", await ReadAsync($"/r/{signed["receipt"]}"));
    }

    [Fact]
    public async Task A_class_s_device_takes_it_too()
    {
        var e = await App.SeedEventAsync();
        var (_, secret) = await App.SeedClassLinkAsync(e, e.Primary);

        var answer = await Phone.PostAsync(Address($"/api/class/{secret}/pledges"),
            new StringContent(Signing.FamilyByHand(e).ToJsonString(), new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
            Cancellation);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        await using var db = App.OpenStore();
        var guardian = await db.Pledges.SingleAsync(
            p => p.EventId == e.Id && p.SignatureKind == SignatureKind.HandwrittenName, Cancellation);
        Assert.Equal(SigningChannel.Relay, guardian.Channel);
    }

    [Fact]
    public async Task On_the_receipt_the_name_can_be_given_later_and_until_then_goes_with_the_childs()
    {
        var e = await App.SeedEventAsync();
        var receipt = $"/r/{(await SignAsync(e, Signing.FamilyByHand(e, "王小名")))["receipt"]}";
        var page = await ReadAsync(receipt + "/correct");
        Assert.Contains("没有输入姓名，记为“王小名的奶奶／外婆”", page);

        await CorrectAsync(receipt, e, ("Form.Signers[0].Name", "王小明"), ("Form.Signers[1].Name", ""));
        Assert.Contains("<strong>王小明的奶奶／外婆</strong>", await ReadAsync(receipt));
        var refused = await CorrectAsync(receipt, e, ("Form.Signers[1].Name", ""), ("Form.Signers[1].Relation", ""));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("请选择与孩子的关系。", await DeskVisitor.TextAsync(refused));

        await CorrectAsync(receipt, e, ("Form.Signers[1].Name", "李桂兰"));
        page = await ReadAsync(receipt);
        Assert.Contains("<strong>李桂兰</strong>", page);
        Assert.DoesNotContain("王小明的奶奶", page);
        await using var db = App.OpenStore();
        Assert.Equal(SignatureKind.Handwritten,
            (await db.Pledges.SingleAsync(p => p.EventId == e.Id && p.Role == SignerRole.Guardian, Cancellation)).SignatureKind);
    }

    [Fact]
    public async Task Without_a_script_there_is_no_pad_and_the_page_says_so()
    {
        var e = await App.SeedEventAsync();
        Assert.Contains("这里不能手写：不会打字的请找人帮忙。", await ReadAsync($"/e/{e.Code}"));
        using var reader = App.CreateClient("en");
        Assert.Contains("You cannot write by hand here", await reader.GetStringAsync(Address($"/e/{e.Code}"), Cancellation));

        var refused = await Phone.PostAsync(Address($"/e/{e.Code}"), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Form.Party"] = "Family",
            ["Form.Class"] = $"{e.Primary}",
            ["Form.GuardianConsent"] = "true",
            ["Form.Signers[Student].Name"] = "王小明",
            ["Form.Signers[Student].Version"] = "1",
            ["Form.Signers[Guardian].HandwrittenName"] = "on",
            ["Form.Signers[Guardian].Relation"] = "grandmother",
            ["Form.Signers[Guardian].Version"] = "1",
        }), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var page = await DeskVisitor.TextAsync(refused);
        Assert.Contains("请填写姓名。", page);
        Assert.Contains("value=\"王小明\"", page);
    }

    private async Task<JsonObject> SignAsync(SeededEvent e, JsonObject request)
    {
        var answer = await Phone.SignAsync(e.Code, request);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Cancellation));
        return await answer.JsonAsync();
    }

    private async Task<HttpResponseMessage> CorrectAsync(string receipt, SeededEvent e, params (string Name, string Value)[] typed)
    {
        var form = new Dictionary<string, string>
        {
            ["Form.Signers[0].Name"] = "王小明",
            ["Form.Signers[0].Class"] = $"{e.Primary}",
            ["Form.Signers[1].Relation"] = "Grandmother",
        };
        foreach (var (name, value) in typed)
            form[name] = value;
        return await Phone.PostAsync(Address(receipt + "/correct"), new FormUrlEncodedContent(form), Cancellation);
    }

    private async Task<string> ReadAsync(string address) =>
        WebUtility.HtmlDecode(await Phone.GetStringAsync(Address(address), Cancellation));

    private static Uri Address(string address) => new(address, UriKind.Relative);
}
