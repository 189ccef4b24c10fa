using System.Text;

namespace SafetyCampaign.Tests.Schools.Rosters;

/// <summary>A file as schools have them.</summary>
/// <param name="Columns">
/// Of the first sheet, a letter each: n name, s seat, c class, g grade, - not needed, x dropped.
/// </param>
/// <param name="Pupils">How many can be imported without a question.</param>
/// <param name="First">The first of them: class, seat, name.</param>
public sealed record RosterFile(string What, byte[] Bytes, string Columns, int Pupils, string First)
{
    /// <summary>What is asked, as "kind × rows".</summary>
    public string Questions { get; init; } = "";

    public override string ToString() => What;
}

/// <summary>Files in the shapes that domain.md 8 names. The people are invented.</summary>
public static class RosterFiles
{
    private static readonly string[] Names = ["王小明", "李思雨", "张伟", "陈静", "欧阳静澜", "刘洋", "买买提·吐尔逊", "𠮷田", "赵雷", "周敏"];

    private const string Id = "43020320150304123X";
    private const string Registration = "G43020320150304123X";

    public static IReadOnlyList<RosterFile> All { get; } = [.. Sheets(), .. Texts(), .. Classes(), .. Doubtful()];

    /// <summary>Seat, name and whatever else a row has, for each of the invented pupils.</summary>
    private static object?[][] List(params Func<int, object?>[] cells) =>
        [.. Enumerable.Range(0, Names.Length).Select(i => cells.Select(cell => cell(i)).ToArray())];

    private static object? Seat(int i) => i + 1;

    private static object? SeatText(int i) => $"{i + 1:00}";

    private static object? Name(int i) => Names[i];

    private static object? Sex(int i) => i % 2 == 0 ? "男" : "女";

    private static Func<int, object?> Always(object? value) => _ => value;

    /// <summary>A value in the first row of each five, as merged cells leave it.</summary>
    private static Func<int, object?> EveryFive(string first, string second) => i => i switch { 0 => first, 5 => second, _ => null };

    private static object?[][] Rows(object?[][] above, object?[][] list, params object?[][] below) => [.. above, .. list, .. below];

    private static object?[] Row(params object?[] cells) => cells;

    private static IEnumerable<RosterFile> Sheets()
    {
        yield return new("plain", SheetWriter.Xlsx(new DrawnSheet("Sheet1", Rows([Row("座号", "姓名", "性别", "班级")],
            List(Seat, Name, Sex, Always("五（1）班"))))), "sn-c", 10, "五（1）班 1 王小明");
        yield return new("title above, merged", SheetWriter.Xlsx(new DrawnSheet("Sheet1", Rows(
            [Row("大塘冲小学五（2）班学生花名册"), Row("2026年春季"), Row("序号", "姓 名", "性 别")], List(Seat, Name, Sex)))
        { Merged = ["A1:C1", "A2:C2"] }), "sn-", 10, "五（2）班 1 王小明");
        yield return new("merged class cells", SheetWriter.Xlsx(new DrawnSheet("全校", Rows([Row("班级", "学号", "姓名")],
            List(EveryFive("三年级1班", "三年级2班"), i => i % 5 + 1, Name)))
        { Merged = ["A2:A6", "A7:A11"] }), "csn", 10, "三（1）班 1 王小明");
        yield return new("class in the first row only, not merged", SheetWriter.Xlsx(new DrawnSheet("Sheet1", Rows([Row("班级", "座号", "姓名")],
            List(EveryFive("二(1)班", "二(2)班"), i => i % 5 + 1, Name)))), "csn", 10, "二（1）班 1 王小明");
        yield return new("two header rows", SheetWriter.Xlsx(new DrawnSheet("Sheet1", Rows(
            [Row("序号", "学生信息", null, "所在班级", null), Row(null, "姓名", "性别", "年级", "班")],
            List(Seat, Name, Sex, Always("七年级"), Always("3"))))
        { Merged = ["A1:A2", "B1:C1", "D1:E1"] }), "sn-gc", 10, "七（3）班 1 王小明");
        yield return new("a sheet a class", SheetWriter.Xlsx([.. new[] { "五（1）班", "五(2)", "五3班" }.Select(name =>
            new DrawnSheet(name, Rows([Row("座号", "姓名")], List(Seat, Name))))]), "sn", 30, "五（1）班 1 王小明");
        yield return new("a sheet a grade, class without it", SheetWriter.Xlsx(new DrawnSheet("八年级", Rows([Row("班级", "座号", "姓名")],
            List(i => i < 5 ? "1班" : "2班", i => i % 5 + 1, Name)))), "csn", 10, "八（1）班 1 王小明");
        yield return new("totals and signatures at the end", SheetWriter.Xlsx(new DrawnSheet("Sheet1", Rows([Row("序号", "姓名", "班级", "备注")],
            List(Seat, Name, Always("六1班"), Always(null)), Row("合计", "10人"), Row("男生：5", null, "女生：5"), Row("班主任：王老师"),
            Row(11), Row(12)))), "snc-", 10, "六（1）班 1 王小明");
        yield return new("identity and registration numbers as text", SheetWriter.Xlsx(new DrawnSheet("Sheet1", Rows(
            [Row("学籍号", "姓名", "身份证号", "班级", "座号")], List(Always(Registration), Name, Always(Id), Always("一1班"), Seat)))),
            "xnxcs", 10, "一（1）班 1 王小明");
        yield return new("private columns under other headers", SheetWriter.Xlsx(new DrawnSheet("Sheet1", Rows(
            [Row("编号", "学号", "姓名", "备注1", "备注2", "备注3", "班级")],
            List(Seat, Always(Registration), Name, Always(Id), Always("13800138000"), Always("2015-03-04"), Always("一1班"))))),
            "sxnxxxc", 10, "一（1）班 1 王小明");
        yield return new("ruined identity numbers", SheetWriter.Xlsx(new DrawnSheet("Sheet1", Rows([Row("座号", "姓名", "证件", "号码", "班级")],
            List(Seat, Name, Always(430203201503041230d), Always(430203201503041230d), Always("一2班"))))), "snxxc", 10, "一（2）班 1 王小明");
        yield return new("telephones and birthdays", SheetWriter.Xlsx(new DrawnSheet("通讯录", Rows(
            [Row("座号", "学生姓名", "出生日期", "家长姓名", "联系电话", "家庭住址", "班级名称")],
            List(Seat, Name, Always(new DateOnly(2015, 3, 4)), Always("王大明"), Always(13800138000d), Always("某路1号"), Always("四（1）班"))))),
            "snx-xxc", 10, "四（1）班 1 王小明");
        yield return new("old .xls", SheetWriter.Xls(new DrawnSheet("Sheet1", Rows([Row("座号", "姓名", "性别", "班级")],
            List(Seat, Name, Sex, Always("五（1）班"))))), "sn-c", 10, "五（1）班 1 王小明");
        yield return new("old .xls with a merged title and class cells", SheetWriter.Xls(new DrawnSheet("名册", Rows(
            [Row("株洲市大塘冲学校学生名册"), Row("班级", "学号", "姓名")], List(EveryFive("九1班", "九2班"), i => i % 5 + 1, Name)))
        { Merged = ["A1:C1", "A3:A7", "A8:A12"] }), "csn", 10, "九（1）班 1 王小明");
        yield return new("two lists side by side", SheetWriter.Xlsx(new DrawnSheet("五（4）班", Rows([Row("座号", "姓名", "座号", "姓名")],
            [.. Enumerable.Range(0, 5).Select(i => Row(i + 1, Names[i], i + 6, Names[i + 5]))]))), "snsn", 10, "五（4）班 1 王小明");
        yield return new("each class with its own title and header", SheetWriter.Xlsx(new DrawnSheet("名单", Rows(
            [Row("二（1）班"), Row("座号", "姓名")], List(Seat, Name),
            [Row("二（2）班"), Row("座号", "姓名"), .. List(Seat, Name)]))), "sn", 20, "二（1）班 1 王小明");
        yield return new("full width letters and numbers", SheetWriter.Xlsx(new DrawnSheet("Sheet1", Rows([Row("座　号", "姓　名", "班　级")],
            List(i => i == 9 ? "１０" : $"{"１２３４５６７８９"[i]}", Name, Always("７年级（３）班"))))), "snc", 10, "七（3）班 1 王小明");
        yield return new("numbers as text, widened names", SheetWriter.Xlsx(new DrawnSheet("Sheet1", Rows([Row("学 号 ", " 姓 名", "班 级")],
            List(SeatText, i => i == 2 ? "张　伟" : Names[i], Always("七（3）班"))))), "snc", 10, "七（3）班 1 王小明");
        yield return new("numbers that run through all classes", SheetWriter.Xlsx(new DrawnSheet("Sheet1", Rows([Row("序号", "班级", "姓名")],
            List(Seat, i => i < 5 ? "三1班" : "三2班", Name)))), "scn", 10, "三（1）班  王小明");
        yield return new("long student numbers beside seats", SheetWriter.Xlsx(new DrawnSheet("Sheet1", Rows([Row("学号", "姓名", "班级", "座位号")],
            List(i => 2023010100d + i, Name, Always("三1班"), Seat)))), "-ncs", 10, "三（1）班 1 王小明");
        yield return new("a hidden row and a hidden column", SheetWriter.Xlsx(new DrawnSheet("Sheet1", Rows([Row("座号", "姓名", "班级", "身份证号")],
            List(Seat, Name, Always("三1班"), Always(Id))))
        { HiddenRows = [4], HiddenColumns = [4] }), "sncx", 9, "三（1）班 1 王小明")
        { Questions = "Hidden × 1" };
    }

    private static IEnumerable<RosterFile> Texts()
    {
        object?[][] rows = Rows([Row("座号", "姓名", "班级")], List(Seat, Name, Always("五（1）班")));
        var plain = rows.Where(row => (string)row[1]! != "𠮷田").ToArray();
        yield return new("UTF-8 without a mark", SheetWriter.Text(new UTF8Encoding(false), ',', rows), "snc", 10, "五（1）班 1 王小明");
        yield return new("UTF-8 with a mark, semicolons", SheetWriter.Text(new UTF8Encoding(true), ';', rows), "snc", 10, "五（1）班 1 王小明");
        yield return new("GB18030", SheetWriter.Text(Gb18030, ',', rows), "snc", 10, "五（1）班 1 王小明");
        yield return new("Unicode text", SheetWriter.Text(new UnicodeEncoding(false, true), '\t', rows), "snc", 10, "五（1）班 1 王小明");
        yield return new("big endian Unicode text", SheetWriter.Text(new UnicodeEncoding(true, true), '\t', rows), "snc", 10,
            "五（1）班 1 王小明");
        // The first letter that is not ASCII stands at line 902.
        object?[][] late = [Row("seat", "name", "class"), .. Enumerable.Range(0, 900).Select(i => Row(i % 45 + 1,
            $"Pupil {(char)('A' + i / 45)}", $"Grade {i / 225 + 1} Class {i / 45 % 5 + 1}")), .. plain[1..]];
        yield return new("GB18030 from line 902 on", SheetWriter.Text(Gb18030, ',', late), "snc", 909, "一（1）班 1 Pupil A");
        yield return new("UTF-8 from line 902 on", SheetWriter.Text(new UTF8Encoding(false), ',', late), "snc", 909, "一（1）班 1 Pupil A");
        yield return new("ruined numbers in text", SheetWriter.Text(Gb18030, ',', Rows([Row("座号", "姓名", "班级", "证号")],
            List(Seat, Name, Always("五（1）班"), Always("4.30203E+17")))), "sncx", 10, "五（1）班 1 王小明");
        yield return new("without a header", SheetWriter.Text(new UTF8Encoding(false), ',',
            List(Seat, i => "王李张陈赵周吴郑钱孙"[i] + "小明", Always("五（1）班"))), "snc", 10, "五（1）班 1 王小明");
    }

    private static IEnumerable<RosterFile> Classes()
    {
        (string Written, string Class)[] forms =
        [
            ("五年级(1)班", "五（1）班"), ("初一（3）班", "七（3）班"), ("高一2班", "高一（2）班"), ("大一班", "大（1）班"), ("小班", "小班"),
            ("2024级护理3班", "2024级护理3班"), ("2023级3班", "2023级3班"), ("实验班", "实验班"), ("七3", "七（3）班"), ("５（２）班", "五（2）班"),
        ];
        yield return new("class names in every form", SheetWriter.Xlsx(new DrawnSheet("Sheet1", Rows([Row("姓名", "班级")],
            List(Name, i => forms[i].Written)))), "nc", 10, $"{forms[0].Class}  王小明");
        yield return new("kindergarten", SheetWriter.Xlsx(new DrawnSheet("大二班", Rows([Row("大塘冲幼儿园大二班幼儿名单"), Row("编号", "幼儿姓名", "性别")],
            List(Seat, Name, Sex)))), "sn-", 10, "大（2）班 1 王小明");
        yield return new("vocational", SheetWriter.Xlsx(new DrawnSheet("2024级护理3班", Rows([Row("序号", "姓名", "专业", "学籍号")],
            List(Seat, Name, Always("护理"), Always("20244302030001"))))), "sn-x", 10, "2024级护理3班 1 王小明");
        yield return new("year and class apart", SheetWriter.Xlsx(new DrawnSheet("Sheet1", Rows([Row("届", "班级", "姓名", "座号")],
            List(Always("2023级"), Always("3班"), Name, Seat)))), "gcns", 10, "2023级3班 1 王小明");
    }

    private static IEnumerable<RosterFile> Doubtful()
    {
        yield return new("3-1 that became a date", SheetWriter.Xlsx(new DrawnSheet("Sheet1", Rows([Row("班级", "座号", "姓名")],
            List(i => i < 5 ? new DateOnly(2026, 3, 1) : "三（2）班", i => i % 5 + 1, Name)))), "csn", 5, "三（2）班 1 刘洋")
        { Questions = "ClassLooksLikeDate × 5" };
        yield return new("1.10 that became 1.1", SheetWriter.Xlsx(new DrawnSheet("Sheet1", Rows([Row("班级", "座号", "姓名")],
            List(i => i < 5 ? 1.1 : 1.2, i => i % 5 + 1, Name)))), "csn", 0, "")
        { Questions = "ClassLostZero × 5, ClassLostZero × 5" };
        yield return new("bad names, seats twice", SheetWriter.Xlsx(new DrawnSheet("Sheet1", Rows([Row("班级", "座号", "姓名")],
            List(Always("三1班"), i => i == 4 ? 4 : i + 1,
                i => i switch { 1 => "张伟13800138000", 6 => "★", 7 => "陈晨（转）", 8 => "李娜（大）", _ => Names[i] })))), "csn", 6,
            "三（1）班 1 王小明")
        { Questions = "NameWithNumber × 1, SeatTwice × 1, NotAName × 1, NameWithRemark × 1" };
        yield return new("an empty class among others", SheetWriter.Xlsx(new DrawnSheet("Sheet1", Rows([Row("班级", "座号", "姓名")],
            List(i => i == 3 ? null : "三1班", Seat, Name)))), "csn", 9, "三（1）班 1 王小明")
        { Questions = "ClassMissing × 1" };
        yield return new("501 and eleven", SheetWriter.Xlsx(new DrawnSheet("Sheet1", Rows([Row("班级", "座号", "姓名")],
            List(i => i < 5 ? "501" : "十一班", i => i % 5 + 1, Name)))), "csn", 0, "")
        { Questions = "ClassAmbiguous × 5, ClassAmbiguous × 5" };
    }

    private static Encoding Gb18030 => CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
}
