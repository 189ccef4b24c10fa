using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Drawing;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Schools;

/// <summary>A volunteer signs in somebody who cannot, before a witness.</summary>
public sealed partial class AssistedPageTests(CampaignApp app) : IClassFixture<CampaignApp>
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
    public async Task The_receipt_is_handed_over_once_as_a_code_for_the_persons_own_phone_and_the_witness_stays_for_the_next_one()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(desk, e)).StatusCode);

        var done = await desk.ReadAsync(DeskRoutes.Assisted(e.Code));
        var again = await desk.ReadAsync(DeskRoutes.Assisted(e.Code));

        var address = ReceiptLink().Match(done).Groups[1].Value;
        Assert.Contains(new QrDrawing(address).Path(), done, StringComparison.Ordinal);
        using var phone = app.CreateClient();
        Assert.Contains("王奶奶", WebUtility.HtmlDecode(await phone.GetStringAsync(new Uri(address).AbsolutePath, Cancellation)),
            StringComparison.Ordinal);
        Assert.Contains("核验码只能核对，打不开回执", done, StringComparison.Ordinal);
        Assert.DoesNotContain("/r/", again, StringComparison.Ordinal);
        Assert.Contains("value=\"陈志愿\"", done, StringComparison.Ordinal);
        Assert.Contains("value=\"陈志愿\"", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_is_said_at_its_field_and_the_form_is_kept()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);

        foreach (var (field, value, words) in new[]
        {
            ("Form.Willing", "false", "本人愿意再勾选"), ("Form.Witness", "", "请填写姓名"), ("Form.Name", "", "请填写姓名"),
            ("Form.Class", "", "班级"), ("Form.Mark", "x", "签名没有读出来"), ("Form.Party", "Student", "这个班的学生要有监护人同意"),
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
        var several = await SendAsync(desk, e, ("Form.Willing", "false"), ("Form.Witness", ""), ("Form.Class", ""));
        var all = WebUtility.HtmlDecode(await several.Content.ReadAsStringAsync(Cancellation));
        foreach (var words in new[] { "本人愿意再勾选", "见证人：请填写姓名", "请选择班级；" })
            Assert.Contains(words, all, StringComparison.Ordinal);
        await using var db = app.OpenStore();
        Assert.False(await db.Pledges.AnyAsync(p => p.EventId == e.Id, Cancellation));

        var held = await SendAsync(desk, e, ("Form.Party", "Student"), ("Form.HoldsGuardianConsent", "true"));
        Assert.Equal(HttpStatusCode.Redirect, held.StatusCode);
    }

    [Fact]
    public async Task Pledge_and_line_are_stored_together_or_not_at_all_and_pressing_again_repeats_neither()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        await using var db = app.OpenStore();
        var form = DeskVisitor.Form(await desk.ReadAsync(DeskRoutes.Assisted(e.Code)));
        await db.Database.ExecuteSqlRawAsync("CREATE TRIGGER silent BEFORE INSERT ON audit_entries WHEN new.Action = 629 "
            + "BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END", Cancellation); // AssistedSigned

        var failed = await desk.PostAsync(DeskRoutes.Assisted(e.Code), [.. form, .. Filled(e)]);
        Assert.Equal(HttpStatusCode.OK, failed.StatusCode);
        Assert.Contains("value=\"王奶奶\"", await DeskVisitor.TextAsync(failed), StringComparison.Ordinal);
        Assert.False(await db.Pledges.AnyAsync(p => p.EventId == e.Id, Cancellation), "A pledge without a line of the audit log.");
        await db.Database.ExecuteSqlRawAsync("DROP TRIGGER silent", Cancellation);
        for (var presses = 0; presses < 2; presses++)
            Assert.Equal(HttpStatusCode.Redirect,
                (await desk.PostAsync(DeskRoutes.Assisted(e.Code), [.. form, .. Filled(e)])).StatusCode);

        Assert.Equal(1, await db.Pledges.CountAsync(p => p.EventId == e.Id, Cancellation));
        var line = await db.AuditEntries.SingleAsync(
            a => a.EventCode == e.Code && a.Action == AuditAction.AssistedSigned, Cancellation);
        Assert.NotNull(line.AccountName);
        Assert.Equal(("大塘冲社区", 1), (line.OrganizationName, line.Count));
        Assert.Null((await app.Get<AuditLog>().VerifyAsync(Cancellation)).FirstBroken);
    }

    [Fact]
    public async Task A_form_that_was_open_before_the_end_is_taken_for_the_grace_and_after_it_keeps_what_was_typed()
    {
        var e = await app.SeedEventAsync();
        var desk = await DeskVisitor.SignInAsync(app, e.Organization);
        var (form, other) = (DeskVisitor.Form(await desk.ReadAsync(DeskRoutes.Assisted(e.Code))),
            DeskVisitor.Form(await desk.ReadAsync(DeskRoutes.Assisted(e.Code))));
        await app.ChangeEventAsync(e.Id, gathering => gathering.Close(app.Get<TimeProvider>().GetUtcNow()));

        Assert.Equal(HttpStatusCode.Redirect, (await desk.PostAsync(DeskRoutes.Assisted(e.Code), [.. form, .. Filled(e)])).StatusCode);
        await using var db = app.OpenStore();
        var pledge = await db.Pledges.AsNoTracking().SingleAsync(p => p.EventId == e.Id, Cancellation);
        Assert.True(await db.SigningFlags.AnyAsync(
            f => f.Sequence == pledge.Sequence && (f.Flags & SigningFlags.AfterClosing) != 0, Cancellation));

        await app.ChangeEventAsync(e.Id, gathering => gathering.AllowGrace(0));
        var tooLate = await DeskVisitor.TextAsync(await desk.PostAsync(DeskRoutes.Assisted(e.Code), [.. other, .. Filled(e)]));
        Assert.Contains("form-errors", tooLate, StringComparison.Ordinal);
        Assert.Contains("value=\"王奶奶\"", tooLate, StringComparison.Ordinal);
        Assert.Contains("value=\"陈志愿\"", tooLate, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"王奶奶\"", await desk.ReadAsync(DeskRoutes.Assisted(e.Code)), StringComparison.Ordinal);
        Assert.Equal(1, await db.Pledges.CountAsync(p => p.EventId == e.Id, Cancellation));
    }

    private static Task<HttpResponseMessage> SendAsync(DeskVisitor desk, SeededEvent e, params (string Name, string Value)[] changes)
    {
        var fields = Filled(e).ToDictionary(field => field.Name, field => field.Value!);
        foreach (var (name, value) in changes)
            fields[name] = value;
        return desk.SendAsync(DeskRoutes.Assisted(e.Code), [.. fields.Select(field => (field.Key, (string?)field.Value))]);
    }

    private static (string Name, string? Value)[] Filled(SeededEvent e) =>
    [
        ("Form.Party", "Guardian"), ("Form.Name", "王奶奶"), ("Form.Class", $"{e.Primary}"), ("Form.Witness", "陈志愿"),
        ("Form.Willing", "true"),
    ];

    private async Task<List<string>> WitnessesAsync(List<Pledge> pledges)
    {
        var places = pledges.Select(p => p.Sequence).ToList();
        await using var db = app.OpenStore();
        return await db.Witnesses.Where(w => places.Contains(w.Sequence)).Select(w => w.Name).ToListAsync(Cancellation);
    }

    [GeneratedRegex("href=\"(http[^\"]+/r/[^\"]+)\"")]
    private static partial Regex ReceiptLink();
}
