using System.Text;
using System.Text.RegularExpressions;

namespace SafetyCampaign.Schools.Rosters.Reading;

/// <summary>The words by which schools head the columns of a list (docs/domain.md 8).</summary>
internal static partial class HeaderWords
{
    private static readonly HashSet<string> Names =
    [
        "姓名", "学生姓名", "幼儿姓名", "学员姓名", "儿童姓名", "宝宝姓名", "小朋友姓名", "中文姓名", "名字", "学生名字", "幼儿名字", "学生", "幼儿", "学生名单",
        "name", "fullname", "studentname", "pupilname", "student", "pupil",
    ];

    private static readonly HashSet<string> Classes =
    [
        "班级", "班别", "班", "班名", "班号", "班次", "班级名称", "所在班级", "所属班级", "就读班级", "现班级", "行政班", "行政班级", "教学班", "年级班级", "年班", "班级全称", "class",
        "classname", "homeroom",
    ];

    private static readonly HashSet<string> Grades =
        ["年级", "所在年级", "所属年级", "就读年级", "现年级", "年级名称", "级", "届", "入学年级", "级别", "grade", "year", "gradelevel"];

    /// <summary>The surest first: of two such columns the surer one is the seat.</summary>
    private static readonly string[][] Seats =
    [
        ["座号", "座位号", "座次号", "班级座号", "班内座号", "班内学号", "班内序号", "班内编号", "班级序号", "班序号", "班级学号", "seat", "seatno", "seatnumber"],
        ["学号", "学生编号", "学生号", "幼儿编号", "studentno", "studentnumber", "rollno"],
        ["序号", "编号", "序", "号", "号数", "no", "num", "number", "#", "排序"],
    ];

    /// <summary>Whose data it is, if not the pupil's: 家长姓名 is no name of a pupil.</summary>
    [GeneratedRegex("家长|父亲|母亲|爸爸|妈妈|监护|联系人|班主任|老师|教师|辅导员|曾用名|parent|guardian|father|mother|teacher")]
    private static partial Regex OfOthers();

    [GeneratedRegex("身份证|证件|护照|公民身份|idcard|idnumber|passport")]
    private static partial Regex Identity();

    [GeneratedRegex("学籍|国网|省网号|学生标识|registration")]
    private static partial Regex Registration();

    [GeneratedRegex("电话|手机|联系方式|联系号码|联系号|短号|微信|qq|邮箱|phone|mobile|tel|email|wechat")]
    private static partial Regex Telephone();

    [GeneratedRegex("出生|生日|birth|dob")]
    private static partial Regex Birthday();

    [GeneratedRegex("住址|地址|户籍|户口|籍贯|address")]
    private static partial Regex Address();

    [GeneratedRegex(@"\(.*?\)|[\s*:._、/\\-]+")]
    private static partial Regex Decoration();

    /// <summary>Half width, without spaces (姓 名), marks and what stands in brackets.</summary>
    public static string Normalize(string header) =>
        Decoration().Replace(header.IsNormalized(NormalizationForm.FormKC) ? header : header.Normalize(NormalizationForm.FormKC), "")
            .ToLowerInvariant();

    public static ColumnRole RoleOf(string normalized) => normalized switch
    {
        "" => ColumnRole.Ignored,
        _ when PrivateOf(normalized) != PrivateData.None || OfOthers().IsMatch(normalized) => ColumnRole.Ignored,
        _ when Names.Contains(normalized) => ColumnRole.Name,
        _ when Classes.Contains(normalized) => ColumnRole.Class,
        _ when Grades.Contains(normalized) => ColumnRole.Grade,
        _ when SeatRank(normalized) >= 0 => ColumnRole.Seat,
        _ => ColumnRole.Ignored,
    };

    /// <summary>How sure a seat column is, 0 being the surest; -1 where it is none.</summary>
    public static int SeatRank(string normalized) => Array.FindIndex(Seats, words => words.Contains(normalized));

    /// <summary>Whether numbers under it may run through a whole sheet, so that they say nothing of the class: 序号.</summary>
    public static bool MayRunThrough(string normalized) => SeatRank(normalized) == Seats.Length - 1;

    public static PrivateData PrivateOf(string normalized) => normalized switch
    {
        _ when Identity().IsMatch(normalized) => PrivateData.IdentityNumber,
        _ when Registration().IsMatch(normalized) => PrivateData.RegistrationNumber,
        _ when Telephone().IsMatch(normalized) => PrivateData.Telephone,
        _ when Birthday().IsMatch(normalized) => PrivateData.Birthday,
        _ when Address().IsMatch(normalized) => PrivateData.Address,
        _ => PrivateData.None,
    };

    /// <summary>A word that no pupil is called and that heads some column of a list.</summary>
    public static bool IsHeader(string normalized) => RoleOf(normalized) != ColumnRole.Ignored || PrivateOf(normalized) != PrivateData.None
        || OfOthers().IsMatch(normalized) || normalized is "性别" or "民族" or "备注" or "年龄" or "gender" or "sex";
}
