using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Display;

namespace SafetyCampaign.Tests.Tallying;

/// <summary>
/// Of a class of three pupils, as village schools have them, nobody but the desk learns how many have signed; the totals
/// count them, and do not tell.
/// </summary>
public sealed class SmallClassTests : IAsyncLifetime
{
    private readonly CampaignApp app = new() { Kestrel = true };
    private SeededEvent e = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        e = await app.SeedEventAsync();
        await using (var db = app.OpenStore())
        {
            (await db.Classes.SingleAsync(c => c.Id == e.Junior, Cancellation)).Expect(3);
            await db.SaveChangesAsync(Cancellation);
        }
        await app.Get<PublishedEvents>().ContentChangedAsync(changed => changed.Id == e.Id);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task The_public_learns_no_number_of_it_by_any_way_and_the_desk_all_of_them()
    {
        using var phone = app.CreateClient();
        await using var screen = await Screen.ConnectAsync(app.Address);
        await screen.WatchAsync(e.Code);
        await phone.SignAsync(e.Code, Signing.Family(e));
        await phone.SignAsync(e.Code, Signing.Request(e.OtherPrimary,
            [Signing.Signer("student", "赵小雨"), Signing.Signer("guardian", "赵强", "father")], guardianConsents: true));
        await phone.SignAsync(e.Code, Signing.Request(
            e.Junior, [Signing.Signer("student", "李小红"), Signing.Signer("guardian", "李芳", "mother")], guardianConsents: true));

        var told = await screen.TallyAsync(t => t.People == 6);
        Assert.Equal((3, 6), (told.Families, told.ByRole.Values.Sum()));
        // Without the second one the totals less all others would be the small class.
        foreach (var untold in told.ByClass.Where(c => c.ClassId == e.Junior || c.ClassId == e.Primary))
            Assert.Equal((null, null, null, true), (untold.People, untold.Families, untold.Expected, untold.Few));
        var other = told.ByClass.Single(c => c.ClassId == e.OtherPrimary);
        Assert.Equal((2, 1, null, null), (other.People, other.Families, other.Expected, other.Few));
        Assert.Equal(4, told.People - told.ByClass.Sum(c => c.People ?? 0)); // of two classes

        var hidden = $$"""
            {"classId":{{e.Junior}},"school":"大塘冲中学","name":"七（3）班","people":null,"families":null,"expected":null,"few":true}
            """;
        foreach (var address in new[] { $"/api/events/{e.Code}/tally", $"/api/events/{e.Code}/stage" })
            Assert.True(Classes(await (await phone.GetAsync(address, Cancellation)).JsonAsync())
                .Any(c => JsonNode.DeepEquals(c, JsonNode.Parse(hidden))), address);

        var stage = await phone.GetStringAsync($"/display/{e.Code}", Cancellation);
        var vessel = stage[stage.IndexOf($"data-class=\"{e.Junior}\"", StringComparison.Ordinal)..];
        vessel = vessel[..vessel.IndexOf("</li>", StringComparison.Ordinal)];
        Assert.Contains("column few", vessel);
        Assert.DoesNotContain("\"water\"", vessel);
        Assert.Contains("data-count=\"\"", vessel);

        await DeskVisitor.AddAccountAsync(app, "老师", e.Organization);
        var organizer = new DeskVisitor(phone);
        await organizer.SignInAsync("老师");
        var desk = await organizer.ReadAsync($"/organize/events/{e.Code}");
        Assert.Contains($"data-count=\"people-{e.Junior}\">2<", desk);
        Assert.Contains("已签2人", await organizer.ReadAsync($"/organize/events/{e.Code}/classes"));
        var exact = Classes(await (await organizer.GetAsync($"/organize/events/{e.Code}?handler=Tally")).JsonAsync());
        Assert.Equal(2, exact.Single(c => c!["classId"]!.GetValue<int>() == e.Junior)!["people"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_count_that_was_held_before_the_class_became_small_loses_its_numbers_too()
    {
        using var phone = app.CreateClient();
        var conductor = app.Get<SafetyCampaign.Display.StageConductor>();
        await phone.SignAsync(e.Code, Signing.Family(e)); // in the primary class
        await conductor.HoldAsync(e.Id, true);
        await using (var db = app.OpenStore())
        {
            (await db.Classes.SingleAsync(c => c.Id == e.Primary, Cancellation)).Expect(4);
            await db.SaveChangesAsync(Cancellation);
        }
        await app.Get<PublishedEvents>().ContentChangedAsync(changed => changed.Id == e.Id);

        var scene = (await (await phone.GetAsync($"/api/events/{e.Code}/stage", Cancellation)).JsonAsync())["scene"]!;

        var held = scene["held"]!["byClass"]!.AsArray().Single(c => c!["classId"]!.GetValue<int>() == e.Primary)!;
        Assert.Equal((true, true), (held["people"] is null, held["few"]!.GetValue<bool>()));
        Assert.Equal(2, scene["held"]!["people"]!.GetValue<int>());
    }

    private static JsonArray Classes(JsonObject answer) => (answer["tally"] ?? answer)["byClass"]!.AsArray();
}
