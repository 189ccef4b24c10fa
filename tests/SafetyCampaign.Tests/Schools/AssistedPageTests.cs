using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Schools;

/// <summary>A volunteer signs in somebody who cannot, before a witness.</summary>
public sealed class AssistedPageTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_grandmother_signs_by_her_word_and_by_a_mark_and_the_witness_goes_with_her_name()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);

        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(desk, e)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(desk, e, ("Form.Name", "李大爷"), ("Form.Mark", Ink.Signature))).StatusCode);

        Assert.Contains("签好了：第2位签名人", await desk.ReadAsync(DeskRoutes.Assisted(e.Code)));
        await using var db = app.OpenStore();
        var rows = await db.Pledges.AsNoTracking().Where(p => p.EventId == e.Id).OrderBy(p => p.Sequence).ToListAsync(Cancellation);
        Assert.Equal([(SigningChannel.Assisted, SignatureKind.Typed, VoucherKind.Organizer), (SigningChannel.Assisted, SignatureKind.Mark,
            VoucherKind.Organizer)], rows.Select(p => (p.Channel, p.SignatureKind, p.VoucherKind!.Value)));
        Assert.Equal(["陈志愿", "陈志愿"], await WitnessesAsync(rows));
        Assert.Contains("见证人陈志愿", await desk.ReadAsync(DeskRoutes.Signers(e.Code)));
        Assert.Contains("\"陈志愿\"", await desk.ReadAsync($"/organize/events/{e.Code}/records/pledges.csv"));
        Assert.Equal(2, await db.AuditEntries.CountAsync(
            a => a.EventCode == e.Code && a.Action == AuditAction.AssistedSigned, Cancellation));

        Assert.True(await app.Get<PledgeLedger>().EraseAsync(rows[0].Sequence, 1));
        Assert.Equal(["陈志愿"], await WitnessesAsync(rows));
    }

    [Fact]
    public async Task What_is_missing_is_said_at_its_field_and_the_form_is_kept()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);

        foreach (var (field, value, words) in new[]
        {
            ("Form.Willing", "false", "本人愿意再勾选"), ("Form.Witness", "", "请填写姓名"), ("Form.Name", "", "请填写姓名"),
            ("Form.Class", "", "班级"), ("Form.Mark", "x", "签名没有读出来"), ("Form.Role", "Student", "这个班的学生要有监护人同意"),
        })
        {
            var answer = await SendAsync(desk, e, (field, value));
            var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains(words, page, StringComparison.Ordinal);
            Assert.Contains("form-errors", page, StringComparison.Ordinal);
            if (field != "Form.Name")
                Assert.Contains("value=\"王奶奶\"", page, StringComparison.Ordinal);
        }
        await using var db = app.OpenStore();
        Assert.False(await db.Pledges.AnyAsync(p => p.EventId == e.Id, Cancellation));

        var held = await SendAsync(desk, e, ("Form.Role", "Student"), ("Form.HoldsGuardianConsent", "true"));
        Assert.Equal(HttpStatusCode.Redirect, held.StatusCode);
    }

    private static Task<HttpResponseMessage> SendAsync(DeskVisitor desk, SeededEvent e, params (string Name, string Value)[] changes)
    {
        var fields = new Dictionary<string, string>
        {
            ["Form.Role"] = "Guardian",
            ["Form.Name"] = "王奶奶",
            ["Form.Class"] = $"{e.Primary}",
            ["Form.Witness"] = "陈志愿",
            ["Form.Willing"] = "true",
        };
        foreach (var (name, value) in changes)
            fields[name] = value;
        return desk.SendAsync(DeskRoutes.Assisted(e.Code), [.. fields.Select(field => (field.Key, field.Value))]);
    }

    private async Task<List<string>> WitnessesAsync(List<Pledge> pledges)
    {
        var places = pledges.Select(p => p.Sequence).ToList();
        await using var db = app.OpenStore();
        return await db.Witnesses.Where(w => places.Contains(w.Sequence)).Select(w => w.Name).ToListAsync(Cancellation);
    }
}
