using System.Net;
using Microsoft.EntityFrameworkCore;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>Who signs together, and who may sign alone.</summary>
public sealed partial class PhonePageTests
{
    [Fact]
    public async Task A_pupil_who_needs_a_guardian_is_told_so_when_signing_alone()
    {
        var e = await app.SeedEventAsync();
        var fields = Family(e);
        fields["Form.Party"] = "Student";

        var answer = await phone.SubmitAsync($"/e/{e.Code}", fields);

        Assert.Contains("这个班的学生需要和家长一起签", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData("Guardian")]
    [InlineData("Teacher")]
    [InlineData("Volunteer")]
    public async Task Everybody_but_a_pupil_may_sign_alone(string party)
    {
        var e = await app.SeedEventAsync();

        var answer = await phone.SubmitAsync($"/e/{e.Code}", new()
        {
            ["Form.Party"] = party,
            ["Form.Class"] = "none",
            [$"Form.Signers[{party}].Name"] = "古丽娜·买买提",
        });

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(1, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task Two_children_of_two_classes_sign_with_their_parent()
    {
        var e = await app.SeedEventAsync();
        var fields = TwoChildren(e);

        var answer = await phone.SubmitAsync($"/e/{e.Code}", fields);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(3, await phone.PeopleAsync(e.Code));
        await using var db = app.OpenStore();
        Assert.Equal([e.Primary, e.Junior, e.Primary],
            await db.Pledges.Where(p => p.EventId == e.Id).OrderBy(p => p.Sequence).Select(p => p.ClassId).ToListAsync(Cancellation));
    }

    [Theory]
    [InlineData("Form.Class", "", "#Form_Class", "请选择班级")]
    [InlineData("Form.Signers[Sibling].Class", "", "#Form_Signers_Sibling__Class", "请选择班级")]
    [InlineData("Form.Signers[Sibling].Class", "2147483647", "#Form_Signers_Sibling__Class", "这个班级不在本次活动中")]
    [InlineData("Form.Signers[Sibling].Name", "", "#Form_Signers_Sibling__Name", "第二个孩子的姓名：请填写姓名。")]
    public async Task What_is_wrong_with_a_second_child_is_said_at_its_own_fields(string field, string value, string place, string line)
    {
        var e = await app.SeedEventAsync();
        var fields = TwoChildren(e);
        fields[field] = value;

        var page = await (await phone.SubmitAsync($"/e/{e.Code}", fields)).Content.ReadAsStringAsync(Cancellation);

        Assert.Contains($"href=\"{place}\">{line}", page);
        Assert.Contains(
            $"<option selected=\"selected\" value=\"{(field.StartsWith("Form.Class", StringComparison.Ordinal) ? e.Junior : e.Primary)}\">",
            page);
    }

    private static Dictionary<string, string> TwoChildren(SeededEvent e) => new(Family(e))
    {
        ["Form.Party"] = "TwoChildren",
        ["Form.Signers[Sibling].Name"] = "王小红",
        ["Form.Signers[Sibling].Class"] = $"{e.Junior}",
    };
}
