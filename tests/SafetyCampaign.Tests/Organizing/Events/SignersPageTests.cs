using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Organizing.Events;

/// <summary>Who has signed: listed, filtered and printed; and the answer to a parent who asks whether it has.</summary>
public abstract class SignersPageTests(CampaignApp app)
{
    private readonly HttpClient phone = app.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_signer_is_listed_with_its_state_and_what_is_withdrawn_or_erased_without_a_name()
    {
        var (e, organizer) = await BeginAsync();
        await phone.SignedAsync(e, "陈思雨", "陈强"); // 1, 2
        await WithdrawAsync(await phone.SignedAsync(e, "周小鱼", "周海"), erase: false); // 3, 4
        await WithdrawAsync(await phone.SignedAsync(e, "吴小溪", "吴江"), erase: true); // 5, 6
        await app.InvalidateAsync(await phone.SignedAsync(e, "郑小河", "郑洋")); // 7, 8
        await phone.SignAsync(e.Code, Signing.Alone("teacher", name: "何老师")); // 9
        await using (var db = app.OpenStore())
        {
            var teacher = await db.Pledges.SingleAsync(p => p.EventId == e.Id && p.Role == SignerRole.Teacher, Cancellation);
            var first = await db.Pledges.Where(p => p.EventId == e.Id).MinAsync(p => p.Sequence, Cancellation);
            db.SigningFlags.AddRange(new SigningFlag { Sequence = teacher.Sequence, Flags = SigningFlags.AfterClosing },
                new SigningFlag { Sequence = first, Flags = SigningFlags.FilledHoneypot });
            await db.SaveChangesAsync(Cancellation);
        }

        var rows = RowsOf(await organizer.ReadAsync(Signers(e)));
        Assert.Equal(["9", "8", "7", "6", "5", "4", "3", "2", "1"], rows.Select(NumberOf));
        Assert.All(["何老师", "没有班级", "教师", "扫码", "结束后收到", "有效"], shown => Assert.Contains(shown, rows[0]));
        Assert.All(["郑小河", "已记为无效"], shown => Assert.Contains(shown, rows[2]));
        Assert.All(["—", "个人信息已删除", "有效"], shown => Assert.Contains(shown, rows[4]));
        Assert.All(["—", "已撤回", "大塘冲小学", "五（1）班"], shown => Assert.Contains(shown, rows[6]));
        Assert.All(["陈强", "家长（妈妈）", "有标记"], shown => Assert.Contains(shown, rows[7]));
        Assert.Contains("<path d=\"M", rows[8]);
        Assert.DoesNotMatch("周|吴", string.Concat(rows));

        foreach (var (filter, numbers) in new[]
        {
            ($"class={e.Primary}", "8 7 6 5 4 3 2 1"), ("class=none", "9"), ($"class={e.Junior}", ""), ("role=teacher", "9"),
            ("channel=phone&role=student", "7 5 3 1"), ("channel=paper", ""), ("state=valid", "9 6 5 2 1"), ("state=withdrawn", "4 3"),
            ("state=invalid", "8 7"), ("state=erased", "6 5"), ("state=late", "9"), ("state=flagged", "2 1"),
            ("class=x&role=1&state=nothing", "9 8 7 6 5 4 3 2 1"),
        })
            Assert.Equal((filter, numbers),
                (filter, string.Join(' ', RowsOf(await organizer.ReadAsync($"{Signers(e)}?{filter}")).Select(NumberOf))));
    }

    [Fact]
    public async Task A_parent_who_asks_is_answered_in_words_however_the_name_is_written()
    {
        var (e, organizer) = await BeginAsync();
        await phone.SignedAsync(e, "买买提·吐尔逊", "Anna Li");
        await phone.SignedAsync(await app.SeedEventAsync(), "赵六", "赵强");
        await app.InvalidateAsync(await phone.SignedAsync(e, "郑小河", "郑洋"));

        foreach (var written in new[] { "买买提·吐尔逊", " 买买提•吐尔逊", "买买提・吐尔逊 ", "买买提. 吐尔逊" })
            Assert.Matches("签上了：大塘冲小学 五（1）班 买买提·吐尔逊，第1位，.*\\d\\d:\\d\\d。", await FindAsync(written));
        Assert.Contains("签上了：大塘冲小学 五（1）班 Anna Li，第2位", await FindAsync("ＡＮＮＡ　li"));
        Assert.Contains("签过，但已记为无效，没有计入：大塘冲小学 五（1）班 郑小河，第3位", await FindAsync("郑小河"));
        var similar = await FindAsync("吐尔逊");
        Assert.Contains("没有找到“吐尔逊”。", similar);
        Assert.Contains("买买提·吐尔逊", Assert.Single(RowsOf(similar)));
        var nobody = await FindAsync("赵六");
        Assert.Contains("没有找到“赵六”。", nobody);
        Assert.Contains("先核对写法", nobody);
        Assert.Contains("现在扫码就能签", nobody);
        Assert.Empty(RowsOf(nobody));
        Assert.Contains("请填写姓名", await FindAsync(" "));

        await using var db = app.OpenStore();
        var lines = await db.AuditEntries.Where(a => a.EventCode == e.Code && a.Reason == AuditReason.FamilyRequest)
            .OrderBy(a => a.Sequence).ToListAsync(Cancellation);
        Assert.Equal([1, 1, 1, 1, 1, 1, 1, 0], lines.Select(a => a.Count));
        Assert.All(lines, a => Assert.Equal((AuditAction.NamesViewed, null), (a.Action, a.Detail)));

        async Task<string> FindAsync(string name)
        {
            var answer = await organizer.SendAsync(Signers(e), ("Name", name));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return await DeskVisitor.TextAsync(answer);
        }
    }

    [Fact]
    public async Task A_long_list_is_read_page_by_page_without_a_gap_while_others_sign_and_printed_as_one()
    {
        var (e, organizer) = await BeginAsync();
        await phone.SignedAsync(e);
        await using (var db = app.OpenStore())
        {
            var like = await db.Pledges.AsNoTracking().FirstAsync(p => p.EventId == e.Id, Cancellation);
            var last = await db.Pledges.MaxAsync(p => p.Sequence, Cancellation);
            db.Pledges.AddRange(Enumerable.Range(1, 118).Select(i => new Pledge
            {
                Sequence = -i, // before all others, so that the ledger's own numbers go on
                Key = Guid.CreateVersion7().ToByteArray(bigEndian: true),
                EventId = e.Id,
                ClassId = e.OtherPrimary,
                Role = SignerRole.Student,
                TextId = like.TextId,
                Name = $"学生{i}",
                Number = 1000 - i,
                SignedAt = like.SignedAt,
                Signers = 1,
            }));
            await db.SaveChangesAsync(Cancellation);
            app.Get<EventSequences>().Extend(e.Id, -118, -1);
        }

        var (address, numbers, sizes) = (Signers(e), new List<string>(), new List<int>());
        while (address is not null)
        {
            var page = await organizer.ReadAsync(address);
            var rows = RowsOf(page).Select(NumberOf).ToList();
            numbers.AddRange(rows);
            sizes.Add(rows.Count);
            address = Regex.Match(page, "href=\"([^\"]*\\?before=[^\"]*)\">下一页").Groups[1] is { Success: true } next ? next.Value : null;
            if (sizes.Count == 1)
                await phone.SignedAsync(e, "后来的孩子", "后来的家长");
        }
        Assert.Equal([50, 50, 20], sizes);
        Assert.Equal([2, 1, .. Enumerable.Range(1, 118).Select(i => 1000 - i)], numbers.Select(int.Parse));

        // In any other order every row comes once as well, over all pages.
        foreach (var (sort, column, sorted) in new (string, string, Func<IEnumerable<string>, IEnumerable<string>>)[]
        {
            ("oldest", "序号", rows => rows.OrderBy(n => int.Parse(n) is var number && number > 100 ? number : 1000 + number)),
            ("name", "name", _ => ByName),
            ("namedescending", "name", _ => ByName.Reverse()),
            ("class", "班级", rows => rows.OrderBy(n => n.Contains("（2）"))),
            ("classdescending", "班级", rows => rows.OrderBy(n => !n.Contains("（2）"))),
        })
        {
            var (all, next) = (new List<string>(), Signers(e) + $"?sort={sort}");
            while (next is not null)
            {
                var page = await organizer.ReadAsync(next);
                all.AddRange(RowsOf(page).Select(row => Cell(row, column)));
                next = Regex.Match(page, "href=\"([^\"]*\\?[^\"]*before=[^\"]*)\">下一页").Groups[1] is { Success: true } further
                    ? further.Value
                    : null;
            }
            Assert.Equal(122, all.Count);
            Assert.Equal(sorted(all), all);
            if (column != "班级")
                Assert.Equal(122, all.Distinct().Count());
        }
        var list = await organizer.ReadAsync(Signers(e) + "?sort=name");
        Assert.Matches("aria-sort=\"ascending\"><a href=\"[^\"]*\\?sort=namedescending\"", list);

        var paper = await organizer.ReadAsync($"{Signers(e)}?class={e.OtherPrimary}&print=true");
        Assert.Equal(118, RowsOf(paper).Count);
        Assert.All(["暑期防溺水宣传活动", "社区广场", "大塘冲小学 五（2）班；", "共118行；"], shown => Assert.Contains(shown, paper));
        Assert.DoesNotContain("small-ink", paper);
        await using var store = app.OpenStore();
        var line = await store.AuditEntries.OrderByDescending(a => a.Sequence).FirstAsync(a => a.EventCode == e.Code, Cancellation);
        Assert.Equal((AuditAction.NamesViewed, AuditReason.SignerList, 118, e.OtherPrimary, "print"),
            (line.Action, line.Reason, line.Count, line.ClassId, line.Detail));
        var part = await organizer.ReadAsync($"{Signers(e)}?before=-100&print=true"); // a part says of how many, and where all are
        Assert.All(["这里18行，共122行；", "这里不是全部", "records/pledges.xlsx\"", "records/pledges.csv\"", "records/book\""],
            word => Assert.Contains(word, part));
        Assert.DoesNotContain("这里不是全部", paper);
    }

    /// <summary>hòu, wáng f, wáng x, xué, the pupils by their number.</summary>
    private static IEnumerable<string> ByName =>
        ["后来的孩子", "后来的家长", "王芳", "王小明", .. Enumerable.Range(1, 118).Select(i => $"学生{i}")];

    [Fact]
    public async Task Sorted_by_name_what_was_erased_stands_behind_the_names_and_a_page_goes_on_within_one_name()
    {
        var (e, organizer) = await BeginAsync();
        await WithdrawAsync(await phone.SignedAsync(e, "阿依", "阿兰"), erase: true);
        await phone.SignedAsync(e, "周小鱼", "陈思雨");
        await phone.SignedAsync(e, "陈思雨", "李强");

        Assert.Equal(["陈思雨", "陈思雨", "李强", "周小鱼", "—", "—"], await NamesAsync("?sort=name"));
        Assert.Equal(["周小鱼", "李强", "陈思雨", "陈思雨", "—", "—"], await NamesAsync("?sort=namedescending"));
        Assert.Equal(["陈思雨", "李强", "周小鱼"], (await NamesAsync($"?sort=name&before={await LastAsync("陈思雨")}"))[..3]);

        async Task<List<string>> NamesAsync(string query) =>
            [.. RowsOf(await organizer.ReadAsync(Signers(e) + query)).Select(row => Cell(row, "name"))];

        async Task<long> LastAsync(string name)
        {
            await using var db = app.OpenStore();
            return await db.Pledges.Where(p => p.EventId == e.Id && p.Name == name).MaxAsync(p => p.Sequence, Cancellation);
        }
    }

    private static string Signers(SeededEvent e) => $"/organize/events/{e.Code}/signers";

    private static List<string> RowsOf(string page) =>
        [.. page.Split("<tr>").Skip(1).Where(row => row.Contains("<th scope=\"row\">")).Select(row => row[..row.IndexOf("</tr>")])];

    private static string Cell(string row, string column) => column == "name"
        ? Regex.Match(row, "<th scope=\"row\">([^<]*)<").Groups[1].Value
        : Regex.Match(row, $"data-label=\"{column}\">([^<]*)<").Groups[1].Value;

    private static string NumberOf(string row) => Regex.Match(row, "data-label=\"序号\">(\\d+)<").Groups[1].Value;

    private async Task<(SeededEvent, DeskVisitor)> BeginAsync()
    {
        var e = await app.SeedEventAsync();
        return (e, await DeskVisitor.SignInAsync(app, e.Organization));
    }

    private async Task WithdrawAsync(string receipt, bool erase)
    {
        var ledger = app.Get<SafetyCampaign.Ledger.PledgeLedger>();
        var signed = await app.Get<SafetyCampaign.Ledger.Receipts>().FindAsync(receipt["/r/".Length..], Cancellation);
        if (erase)
            await ledger.EraseAsync(signed!.Receipt.Sequence);
        else
            await ledger.WithdrawAsync(signed!.Receipt.Sequence);
    }
}

public sealed class SignersPageOnSqliteTests(CampaignApp app) : SignersPageTests(app), IClassFixture<CampaignApp>;

public sealed class SignersPageOnPostgresTests(PostgresApp app) : SignersPageTests(app.Required), IClassFixture<PostgresApp>;
