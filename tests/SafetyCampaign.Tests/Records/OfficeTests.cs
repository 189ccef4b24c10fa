using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Records;

/// <summary>The lists, opened by the program in which an office opens them.</summary>
public sealed class OfficeTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_school_called_like_a_formula_stays_what_it_is_called_in_every_list()
    {
        string[] names = ["=1+1", "@SUM(1,1)", "=HYPERLINK(\"http://evil.example\";\"点这里\")"];
        var (e, desk) = await BeginAsync();
        await app.SeedFurtherClassesAsync(e, 2);
        await using (var db = app.OpenStore())
        {
            var schools = await db.Organizations.Where(o => o.Kind == OrganizationKind.School && o.ParentId == e.Organization)
                .OrderBy(o => o.Id).ToListAsync(Cancellation);
            foreach (var (school, name) in schools.Zip(names))
                school.Rename(name, OrganizationKind.School);
            await db.SaveChangesAsync(Cancellation);
        }
        await app.Get<PublishedEvents>().ChangedAsync(e.Id, Cancellation);

        var files = new Dictionary<string, byte[]> { ["rollup.xlsx"] = await DownloadAsync(desk, DeskRoutes.RollUpFile("xlsx")) };
        foreach (var list in new[] { "pledges", "families", "coverage" })
            foreach (var format in new[] { "xlsx", "csv" })
                files[$"{list}-{format}.{format}"] = await DownloadAsync(desk, $"{DeskRoutes.Records(e.Code)}/{list}.{format}");
        var opened = await LibreOffice.OpenAsync(files);

        foreach (var (file, rows) in opened)
        {
            var cells = rows.SelectMany(row => row).ToList();
            Assert.All(cells, cell => Assert.Null(cell.Formula));
            foreach (var name in file.StartsWith("coverage", StringComparison.Ordinal) ? names : names[..1])
                Assert.Contains(cells, cell => cell.Type == "string" && cell.Text.Contains(name, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_number_is_a_number_a_moment_a_date_and_a_name_is_whole()
    {
        var (e, desk) = await BeginAsync();
        await using var db = app.OpenStore();
        var signedAt = await db.Pledges.Where(p => p.EventId == e.Id).Select(p => p.SignedAt).FirstAsync(Cancellation);

        var rows = (await LibreOffice.OpenAsync(new Dictionary<string, byte[]>
        {
            ["pledges.xlsx"] = await DownloadAsync(desk, DeskRoutes.PledgeList(e.Code, "xlsx")),
        })).Single().Value;

        Assert.Equal(["序号", "姓名", "学校", "班级", "身份", "与孩子的关系", "签名时间", "方式", "签名", "见证人", "备注"],
            rows[0].Take(11).Select(cell => cell.Text));
        Assert.Equal(("1", "float"), (rows[1][0].Text, rows[1][0].Type));
        Assert.Equal(("阿卜杜热西提·阿卜杜热合曼", "string"), (rows[1][1].Text, rows[1][1].Type));
        Assert.Equal("date", rows[1][6].Type);
        var shown = DateTime.Parse(rows[1][6].Value!, CultureInfo.InvariantCulture);
        Assert.Equal(signedAt.ToOffset(TimeSpan.FromHours(8)).DateTime, shown, TimeSpan.FromSeconds(1));
    }

    private async Task<(SeededEvent Event, DeskVisitor Desk)> BeginAsync()
    {
        var e = await app.SeedEventAsync();
        using var phone = app.CreateClient();
        await phone.SignedAsync(e, "阿卜杜热西提·阿卜杜热合曼", "王芳");
        return (e, await DeskVisitor.SignInAsync(app, e.Organization));
    }

    private static async Task<byte[]> DownloadAsync(DeskVisitor desk, string address)
    {
        var answer = await desk.GetAsync(address);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync(Cancellation);
    }
}
