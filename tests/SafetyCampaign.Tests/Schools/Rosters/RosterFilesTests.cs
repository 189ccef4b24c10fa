using System.Globalization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Schools.Rosters.Import;
using SafetyCampaign.Schools.Rosters.Reading;

namespace SafetyCampaign.Tests.Schools.Rosters;

/// <summary>What is understood of the files that schools have, what is dropped and what is asked.</summary>
public sealed class RosterFilesTests
{
    private static readonly CultureInfo Chinese = new("zh-CN");

    public static TheoryData<RosterFile> Files() => [.. RosterFiles.All];

    [Theory, MemberData(nameof(Files), DisableDiscoveryEnumeration = true)]
    public void A_file_is_understood(RosterFile file)
    {
        var review = ReviewOf(file.Bytes);

        Assert.Equal(file.Columns, string.Concat(review.Sheets[0].Columns.Select(LetterOf)));
        Assert.Equal(file.Questions, string.Join(", ", review.Questions.Select(q => $"{q.Doubt} × {q.Rows.Count}")));
        Assert.Equal(file.Pupils, review.Pupils.Count);
        Assert.Equal(file.First, review.Pupils is [var first, ..] ? $"{first.Class.In(Chinese)} {first.Seat} {first.Name}" : "");
    }

    [Fact]
    public void Of_thirty_files_ninety_five_of_a_hundred_columns_are_mapped_without_a_touch()
    {
        Assert.True(RosterFiles.All.Count >= 30);
        var columns = RosterFiles.All.SelectMany(file =>
            ReviewOf(file.Bytes).Sheets[0].Columns.Select(LetterOf).Zip(file.Columns, (read, meant) => read == meant)).ToList();
        Assert.True(columns.Count(right => right) >= 0.95 * columns.Count);
    }

    [Fact]
    public void Nothing_private_is_left_of_any_file()
    {
        string[] secrets = ["430203", "13800138000", "2015-03-04", "某路"];
        foreach (var file in RosterFiles.All)
            foreach (var cell in ReviewOf(file.Bytes).Sheets.SelectMany(sheet => sheet.Rows).SelectMany(row => row.Cells))
                Assert.DoesNotContain(secrets, secret => cell.Text.Contains(secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(RosterDoubt.NameWithRemark, "陈晨（转）", "陈晨")]
    [InlineData(RosterDoubt.NameWithRemark, "陈晨(借读生)", "陈晨")]
    [InlineData(RosterDoubt.NameWithNumber, "王五…", "王五")]
    [InlineData(RosterDoubt.NotAName, "★", null)]
    public void A_name_with_something_beside_it_is_proposed_without_it(RosterDoubt doubt, string typed, string? proposed) =>
        Assert.Equal(proposed, RosterReader.ProposedName(doubt, typed));

    [Theory]
    [InlineData("2026-03-01", false, SchoolStage.Primary, "三（1）班")]
    [InlineData("3-1", false, SchoolStage.Junior, "九（1）班")]
    [InlineData("3-1", false, SchoolStage.Unknown, "三（1）班 九（1）班 高三（1）班")]
    [InlineData("1.1", true, SchoolStage.Primary, "一（1）班 一（10）班")]
    [InlineData("1.10", false, SchoolStage.Primary, "一（10）班")]
    [InlineData("501", false, SchoolStage.Primary, "五（1）班")]
    [InlineData("七十一班", false, SchoolStage.Junior, "七（11）班")]
    [InlineData("三（2）班", false, SchoolStage.Junior, "九（2）班")]
    [InlineData("13-1", false, SchoolStage.Primary, "")]
    public void A_doubtful_class_is_proposed_by_the_stage_of_the_school(string text, bool isNumber, SchoolStage stage, string proposed) =>
        Assert.Equal(proposed, string.Join(' ', ClassProposals.Of(text, isNumber, stage).Select(name => name.In(Chinese))));

    [Fact]
    public void An_answer_to_a_doubtful_class_holds_for_all_of_its_rows_and_a_left_out_row_is_no_question_any_more()
    {
        var file = RosterFiles.All.Single(f => f.What == "3-1 that became a date");
        var question = Assert.Single(ReviewOf(file.Bytes).Questions);
        Assert.Equal([2, 3, 4, 5, 6], question.Rows);

        var answered = ReviewOf(file.Bytes, (question.Key, "三（1）班"));
        Assert.Equal(10, answered.Pupils.Count);
        Assert.True(Assert.Single(answered.Questions).IsAnswered);

        var leftOut = ReviewOf(file.Bytes, (question.Key, RosterAnswers.LeaveOut));
        Assert.Equal((5, 5), (leftOut.Pupils.Count, leftOut.LeftOut));
        Assert.True(Assert.Single(leftOut.Questions).IsAnswered);
    }

    [Theory]
    [InlineData("<html><table><tr><td>姓名</td></tr></table></html>", SheetProblem.WebPage)]
    [InlineData("\0\u0001\u0002", SheetProblem.NotASheet)]
    [InlineData("\r\n,,\r\n", SheetProblem.Empty)]
    [InlineData("PK\u0003\u0004 and no more", SheetProblem.Broken)]
    public void A_file_that_is_no_sheet_is_refused_with_its_reason(string content, SheetProblem problem) =>
        Assert.Equal((null, problem), ReadFile.Read(System.Text.Encoding.UTF8.GetBytes(content)));

    [Fact]
    public void More_rows_than_are_read_are_refused()
    {
        var rows = string.Concat(Enumerable.Range(0, SheetFile.MaxRows + 1).Select(i => $"{i},a\n"));
        Assert.Equal(SheetProblem.TooManyRows, ReadFile.Read(System.Text.Encoding.UTF8.GetBytes(rows)).Problem);
    }

    private static RosterReview ReviewOf(byte[] bytes, params (string Key, string Choice)[] answers)
    {
        var (file, problem) = ReadFile.Read(bytes);
        Assert.Equal(SheetProblem.None, problem);
        return new RosterReview(file!, RosterAnswers.None with
        {
            Choices = answers.ToDictionary(answer => answer.Key, answer => (string?)answer.Choice),
        }, new Organization("大塘冲学校", OrganizationKind.School));
    }

    private static char LetterOf(SheetColumn column) => column switch
    {
        { Dropped: not PrivateData.None } => 'x',
        { Role: ColumnRole.Name } => 'n',
        { Role: ColumnRole.Seat } => 's',
        { Role: ColumnRole.Class } => 'c',
        { Role: ColumnRole.Grade } => 'g',
        _ => '-',
    };
}
