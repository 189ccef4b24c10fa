using System.Globalization;
using System.Text;
using SafetyCampaign.Campaigns;
using SpreadCheetah;

namespace SafetyCampaign.Load.Rosters;

/// <summary>A school's list of pupils as a file: names of two and three characters, classes of 50, with a column that is dropped.</summary>
internal static class RosterFile
{
    private const int InClass = 50;
    private const string Families = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗";
    private const string Given = "子涵雨轩浩然思源梓萱宇航欣怡俊杰诗琪博文佳宁明哲一诺晨曦沐阳语桐";

    private static readonly string[] Header = ["座号", "姓名", "性别", "班级", "身份证号"];

    public static byte[] Csv(int pupils)
    {
        var text = new StringBuilder(string.Join(',', Header)).Append("\r\n");
        foreach (var row in Rows(pupils))
            text.AppendJoin(',', row).Append("\r\n");
        return [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    public static async Task<byte[]> XlsxAsync(int pupils)
    {
        using var file = new MemoryStream();
        await using (var book = await Spreadsheet.CreateNewAsync(file))
        {
            await book.StartWorksheetAsync("Sheet1");
            foreach (var row in Rows(pupils).Prepend(Header))
                await book.AddRowAsync(row.Select(cell => new Cell(cell)).ToArray());
            await book.FinishAsync();
        }
        return file.ToArray();
    }

    private static IEnumerable<string[]> Rows(int pupils)
    {
        var random = new Random(7);
        for (var i = 0; i < pupils; i++)
        {
            var (group, seat) = (i / InClass, 1 + i % InClass);
            var name = $"{Families[random.Next(Families.Length)]}{Given[random.Next(Given.Length)]}"
                + (random.Next(3) == 0 ? "" : $"{Given[random.Next(Given.Length)]}");
            var className = ClassName.OfGrade(1 + group % 12, 1 + group / 12).In(new CultureInfo("zh-CN"));
            yield return
            [
                seat.ToString(CultureInfo.InvariantCulture), name, i % 2 == 0 ? "男" : "女", className,
                string.Create(CultureInfo.InvariantCulture, $"4302032015{1 + i % 12:00}{1 + i % 28:00}{i % 1000:000}X"),
            ];
        }
    }
}
