using System.Buffers.Binary;
using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SafetyCampaign.Organizing.Accounts;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Organizing;

/// <summary>Which passwords are refused, and how they are kept.</summary>
public sealed class PasswordTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Thousands_of_common_passwords_are_refused()
    {
        var common = CommonPasswords.List(PasswordRule.MinLength).Distinct().ToList();

        Assert.True(common.Count >= 3000, $"{common.Count}");
        // Every fiftieth: all of them take seconds.
        Assert.All(common.Where((_, i) => i % 50 == 0), password => Assert.True(CommonPasswords.Contains(password), password));
    }

    [Theory]
    [InlineData("woaini1314")]
    [InlineData("woaini520")]
    [InlineData("5201314520")]
    [InlineData("1qaz2wsx")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("!QAZ2wsx")]
    [InlineData("qazwsxedc")]
    [InlineData("qwertyuiop")]
    [InlineData("poiuytrewq")]
    [InlineData("asdfghjkl123")]
    [InlineData("zxcvbnm,./")]
    [InlineData("qwe123asd")]
    [InlineData("1q2w3e4r")]
    [InlineData("12345678")]
    [InlineData("87654321")]
    [InlineData("147258369")]
    [InlineData("11223344")]
    [InlineData("88888888")]
    [InlineData("abcabcabc")]
    [InlineData("a1b2c3d4")]
    [InlineData("password")]
    [InlineData("P@ssw0rd!")]
    [InlineData("Password2026")]
    [InlineData("Passw0rd123")]
    [InlineData("iloveyou1")]
    [InlineData("LETMEIN!!")]
    [InlineData("trustno1")]
    [InlineData("Admin@123")]
    [InlineData("admin888")]
    [InlineData("qq123456789")]
    [InlineData("19900101")]
    [InlineData("1990-01-01")]
    [InlineData("20080808")]
    [InlineData("zhangwei1988")]
    [InlineData("wangfang0512")]
    [InlineData("13812345678")]
    [InlineData("zhongguo2025")]
    [InlineData("beijing2008")]
    [InlineData("fangnishui2026")]
    [InlineData("laopowoaini")]
    [InlineData("ｐａｓｓｗｏｒｄ１")]
    [InlineData("我爱你我爱你我爱你")]
    public void What_people_choose_is_refused(string password) => Assert.True(CommonPasswords.Contains(password));

    [Theory]
    [InlineData("王老师王老师1", "王老师")]
    [InlineData("liuwei-2026", "Liu.Wei")]
    [InlineData("Dachongtang1", "dachongtang")]
    public void The_own_name_with_something_added_is_refused(string password, string name)
    {
        Assert.True(CommonPasswords.Contains(password, name));
        Assert.False(CommonPasswords.Contains("heron quarry teaspoon", name));
    }

    [Theory]
    [InlineData("four unrelated words")]
    [InlineData("另外四个不相干的词")]
    [InlineData("correct horse battery staple")]
    [InlineData("k7mq-3xvd-w9hp")]
    [InlineData("Xk9#mQ2$")]
    [InlineData("ludashiyetianqihao")]
    [InlineData("twelve geese over Zhuzhou")]
    [InlineData("safe pool for all 2026")]
    public void What_nobody_guesses_is_taken(string password) => Assert.False(CommonPasswords.Contains(password, "王老师"));

    [Fact]
    public void Passwords_that_the_program_makes_are_not_common() =>
        Assert.All(Enumerable.Range(0, 200), _ => Assert.False(CommonPasswords.Contains(InitialPassword.New())));

    [Fact]
    public async Task Passwords_are_hashed_as_OWASP_asks_and_older_hashes_are_made_anew_at_sign_in()
    {
        await using var app = new CampaignApp { SlowPasswordHashes = true };
        await app.InitializeAsync();
        var e = await app.SeedEventAsync();
        var id = await DeskVisitor.AddAccountAsync(app, "王老师", e.Organization);
        Assert.Equal((2u, 210_000u), await FormatAsync()); // HMAC-SHA512
        var old = new PasswordHasher<Organizer>(Options.Create(new PasswordHasherOptions { IterationCount = 10_000 }));
        await using (var db = app.OpenStore())
            await db.Users.Where(o => o.Id == id).ExecuteUpdateAsync(
                set => set.SetProperty(o => o.PasswordHash, old.HashPassword(new Organizer(), DeskVisitor.Password)), Cancellation);
        Assert.Equal((2u, 10_000u), await FormatAsync());

        var visitor = new DeskVisitor(app.CreateClient());
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SignInAsync("王老师")).StatusCode);

        Assert.Equal((2u, 210_000u), await FormatAsync());
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/organize")).StatusCode);

        async Task<(uint, uint)> FormatAsync()
        {
            await using var db = app.OpenStore();
            var hash = Convert.FromBase64String(
                (await db.Users.Where(o => o.Id == id).Select(o => o.PasswordHash).SingleAsync(Cancellation))!);
            return (BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(1)), BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(5)));
        }
    }
}
