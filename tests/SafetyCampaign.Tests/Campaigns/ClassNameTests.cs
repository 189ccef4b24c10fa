using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Campaigns;

/// <summary>Classes of every kind that schools have (docs/domain.md 8).</summary>
public sealed class ClassNameTests
{
    private static readonly CultureInfo Chinese = new("zh-CN");
    private static readonly CultureInfo English = new("en");

    [Theory]
    // Brackets of either width or none, numerals of either kind, a grade by either of its names.
    [InlineData("五（1）班", "五（1）班"), InlineData("五(1)班", "五（1）班"), InlineData("五年级(1)班", "五（1）班"), InlineData("五年级一班", "五（1）班")]
    [InlineData("七（3）班", "七（3）班"), InlineData("初一（3）班", "七（3）班"), InlineData("七年级 3 班", "七（3）班"), InlineData("七3", "七（3）班")]
    [InlineData("７（３）班", "七（3）班"), InlineData("7年级3班", "七（3）班"), InlineData("七三班", "七（3）班"), InlineData("七〔十二〕班", "七（12）班")]
    [InlineData("初三二班", "九（2）班"), InlineData("初中二年级5班", "八（5）班"), InlineData("高一2班", "高一（2）班"), InlineData("高中三年级（9）班", "高三（9）班")]
    [InlineData("十一（2）班", "高二（2）班"), InlineData("小学六年级100班", "六（100）班"), InlineData("三年二班", "三（2）班"), InlineData("八-4", "八（4）班")]
    [InlineData("初一十班", "七（10）班"), InlineData("一年级一百班", "一（100）班"), InlineData("Grade 5 Class 1", "五（1）班")]
    // Kindergartens.
    [InlineData("大一班", "大（1）班"), InlineData("大(2)班", "大（2）班"), InlineData("大2班", "大（2）班"), InlineData("中班", "中班"), InlineData("小班", "小班")]
    [InlineData("托班", "托班"), InlineData("大班（3）", "大（3）班"), InlineData("幼儿园小二班", "小（2）班"), InlineData("K3 Class 2", "大（2）班")]
    // Years of entry, with a trade and with a stage.
    [InlineData("2023级3班", "2023级3班"), InlineData("2023级（3）班", "2023级3班"), InlineData("23级三班", "2023级3班"), InlineData("２０２３级３班", "2023级3班")]
    [InlineData("2024级护理3班", "2024级护理3班"), InlineData("2024级护理(3)班", "2024级护理3班"), InlineData("24级 护理 3班", "2024级护理3班")]
    [InlineData("2024级护理班", "2024级护理班"), InlineData("2024级3+2护理1班", "2024级3+2护理1班"), InlineData("高2024级3班", "高2024级3班")]
    [InlineData("初中2023级1班", "初2023级1班"), InlineData("2024 entry 护理 Class 3", "2024级护理3班")]
    // Names.
    [InlineData("实验班", "实验班"), InlineData("育才班", "育才班"), InlineData("育才二班", "育才2班"), InlineData("育才（2）班", "育才2班")]
    [InlineData("高一实验班", "高一实验班"), InlineData("七年级实验2班", "七年级实验2班"), InlineData("七年级（实验）班", "七年级实验班"), InlineData("三好班", "三好班")]
    [InlineData("国际部A班", "国际部A班"), InlineData("向日葵班", "向日葵班"), InlineData("A班", "A班")]
    public void A_class_is_read_as_schools_write_it(string typed, string name)
    {
        Assert.True(ClassName.TryParse(typed, out var read), typed);
        Assert.Equal(name, read.In(Chinese));
        Assert.True(ClassName.TryParse($" {typed} ", out var again));
        Assert.Equal(read, again);
    }

    [Theory]
    [InlineData("七年级", ClassDoubt.NoNumber), InlineData("大", ClassDoubt.NoNumber), InlineData("2024级", ClassDoubt.NoNumber)]
    [InlineData("3-1", ClassDoubt.LooksLikeDate)]
    [InlineData("2023.9", ClassDoubt.LooksLikeDate), InlineData("3月1日", ClassDoubt.LooksLikeDate)]
    [InlineData("十一班", ClassDoubt.Ambiguous), InlineData("七十一班", ClassDoubt.Ambiguous), InlineData("701班", ClassDoubt.Ambiguous)]
    [InlineData("高11班", ClassDoubt.Ambiguous), InlineData("一班", ClassDoubt.Ambiguous), InlineData("31", ClassDoubt.Ambiguous)]
    [InlineData("十三年级1班", ClassDoubt.OutOfRange), InlineData("七（101）班", ClassDoubt.OutOfRange), InlineData("七（0）班", ClassDoubt.OutOfRange)]
    [InlineData("", ClassDoubt.Unreadable), InlineData("班", ClassDoubt.NoNumber), InlineData("护理", ClassDoubt.Unreadable)]
    [InlineData("七年级 12", ClassDoubt.Unreadable), InlineData("大班 30", ClassDoubt.Unreadable), InlineData("高三班", ClassDoubt.Unreadable)]
    [InlineData("七（1）班和七（2）班", ClassDoubt.Unreadable)]
    [InlineData("实验\u202E班", ClassDoubt.Unreadable), InlineData("🌻班", ClassDoubt.Unreadable)]
    [InlineData("很长很长很长很长很长很长很长很长很长很长很长班", ClassDoubt.Unreadable)]
    public void What_may_be_another_class_is_not_guessed(string typed, ClassDoubt doubt) =>
        Assert.Equal((null, doubt), ClassNameReader.Read(typed));

    [Fact]
    public void What_is_written_is_read_as_the_same_class() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3_000), Prop.ForAll(EveryKind.ToArbitrary(), name =>
        {
            foreach (var culture in new[] { Chinese, English })
                Assert.Equal((name, ClassDoubt.None), ClassNameReader.Read(name.In(culture)));
        }));

    [Fact]
    public void Any_text_is_read_or_named_doubtful() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(3_000), Prop.ForAll(
        Gen.Elements("七初高大小中托班级年（）()-0123一十百育才Kk 实验护理\ud800".ToCharArray()).ArrayOf().Select(c => new string(c)).ToArbitrary(),
        typed =>
        {
            var (name, doubt) = ClassNameReader.Read(typed);
            Assert.Equal(name is null, doubt != ClassDoubt.None);
            if (name is not null)
                Assert.Equal(name, ClassName.Check(name));
        }));

    [Theory]
    [InlineData("一（1）班", "Grade 1 Class 1", "一1班", "1-1")]
    [InlineData("高三（9）班", "Grade 12 Class 9", "高三9班", "12-9")]
    [InlineData("大（2）班", "K3 Class 2", "大2班", "K3-2")]
    [InlineData("托班", "Nursery", "托班", "Nursery")]
    [InlineData("2023级3班", "2023 entry Class 3", "23级3班", "23-3")]
    [InlineData("2024级护理3班", "2024 entry 护理 Class 3", "24级护理3班", "24-护理 3")]
    [InlineData("高2024级3班", "Senior 2024 entry Class 3", "高24级3班", "Senior 24-3")]
    [InlineData("实验班", "实验 Class", "实验班", "实验")]
    [InlineData("高一实验2班", "Grade 10 实验 Class 2", "高一实验2班", "Grade 10 实验 2")]
    public void A_class_is_named_in_both_languages_and_briefly_on_the_stage(string name, string english, string brief, string englishBrief)
    {
        Assert.True(ClassName.TryParse(name, out var read));
        Assert.Equal((name, english), (read.In(Chinese), read.In(English)));
        Assert.Equal((brief, englishBrief), (read.BriefIn(Chinese), read.BriefIn(English)));
        Assert.Equal(name, read.In(new CultureInfo("cy"))); // a language without words of its own
    }

    [Fact]
    public void Classes_stand_in_the_order_of_their_school()
    {
        string[] order = ["托班", "小（1）班", "大班", "大（2）班", "一（1）班", "一（2）班", "一（10）班", "六年级实验班", "七（1）班",
            "七年级实验班", "七年级实验2班", "初2024级1班", "初2023级1班", "高一（1）班", "高三（1）班", "2024级护理1班", "2024级护理3班", "2023级1班", "实验班", "育才班"];
        var mixed = order.Select(Parse).OrderBy(name => name.In(English), StringComparer.Ordinal);

        Assert.Equal(order, mixed.Order(ClassName.SchoolOrder).Select(name => name.In(Chinese)));
    }

    [Theory]
    [InlineData("七（1）班", "七年级", "Grade 7"), InlineData("大班", "大班", "K3"), InlineData("高一实验班", "高一", "Grade 10")]
    [InlineData("2024级护理3班", "2024级", "2024 entry")]
    [InlineData("初2024级3班", "初2024级", "Junior 2024 entry"), InlineData("实验班", "其他班级", "Other classes")]
    public void A_list_has_the_class_under_a_heading(string name, string heading, string english) =>
        Assert.Equal((heading, english), (Parse(name).HeadingIn(Chinese), Parse(name).HeadingIn(English)));

    [Theory]
    [InlineData("托班", SchoolStage.Unknown, true), InlineData("大一班", SchoolStage.Vocational, true)]
    [InlineData("一（1）班", SchoolStage.Unknown, true)]
    [InlineData("九（1）班", SchoolStage.Senior, true), InlineData("初三实验班", SchoolStage.Senior, true)]
    [InlineData("高一（1）班", SchoolStage.Unknown, false), InlineData("高三实验班", SchoolStage.Junior, false)]
    // Without a grade the stage decides; where nobody has said it, the careful rule.
    [InlineData("2023级3班", SchoolStage.Unknown, true)]
    [InlineData("2023级3班", SchoolStage.Junior, true), InlineData("2023级3班", SchoolStage.Senior, false)]
    [InlineData("2024级护理3班", SchoolStage.Unknown, true), InlineData("2024级护理3班", SchoolStage.Vocational, false)]
    [InlineData("高2024级3班", SchoolStage.Unknown, false), InlineData("初2024级3班", SchoolStage.Senior, true)]
    [InlineData("实验班", SchoolStage.Unknown, true)]
    [InlineData("实验班", SchoolStage.Primary, true), InlineData("实验班", SchoolStage.Senior, false)]
    public void Up_to_grade_nine_a_guardian_is_needed(string name, SchoolStage school, bool needed) =>
        Assert.Equal(needed, Parse(name).NeedsGuardian(school));

    [Theory]
    [InlineData(0, 1), InlineData(13, 1), InlineData(-5, 1), InlineData(5, 0), InlineData(5, 101), InlineData(5, -1)]
    public void Grades_and_numbers_that_cannot_be_are_refused(int grade, int number) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ClassName.OfGrade(grade, number));

    [Theory]
    [InlineData(""), InlineData("七年级"), InlineData("二"), InlineData("育才班"), InlineData("育才2"), InlineData("高"), InlineData("一\n二")]
    public void A_name_that_would_be_read_as_another_is_refused(string label) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ClassName.Named(label));

    private static Gen<ClassName> EveryKind
    {
        get
        {
            var number = Gen.Choose(1, ClassName.MaxNumber);
            var label = Gen.Elements("护理", "实验", "育才", "计算机应用", "三好", "3+2护理", "国际部A", "Sunflower", "民族");
            var numberOrNone = Gen.OneOf(Gen.Constant(0), number);
            var year = Gen.Choose(ClassName.MinEntryYear, ClassName.MaxEntryYear);
            var stage = Gen.Elements(Enum.GetValues<SchoolStage>());
            return Gen.OneOf(
                Gen.Choose(1, ClassName.LastGrade).SelectMany(grade => number.Select(n => ClassName.OfGrade(grade, n))),
                Gen.Choose(ClassName.FirstGrade, -1).SelectMany(grade => numberOrNone.Select(n => ClassName.OfGrade(grade, n))),
                Gen.Choose(1, ClassName.LastGrade).SelectMany(grade =>
                    label.SelectMany(l => numberOrNone.Select(n => ClassName.OfGrade(grade, l, n)))),
                year.SelectMany(y => stage.SelectMany(s => number.Select(n => ClassName.OfYear(y, "", n, s)))),
                year.SelectMany(y => stage.SelectMany(s => label.SelectMany(l => numberOrNone.Select(n => ClassName.OfYear(y, l, n, s))))),
                label.SelectMany(l => numberOrNone.Select(n => ClassName.Named(l, n))));
        }
    }

    private static ClassName Parse(string name) => ClassName.TryParse(name, out var read) ? read : throw new ArgumentException(name);
}
