using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Organizing.Events;

/// <summary>An event's title, place, hosts and partners in further languages, as the desk edits and shows them.</summary>
public abstract class EventLanguagesTests(CampaignApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_typed_beside_the_original_is_stored_and_shown_to_whoever_reads_english()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        await TranslateAsync(organizer, e);

        Assert.Contains("value=\"Riverside lesson\" lang=\"en\"", await organizer.ReadAsync(Facts(e)));
        var english = await DeskVisitor.SignInAsync(app, e.Organization, language: "en");
        foreach (var address in new[] { "/organize", $"/organize/events/{e.Code}", $"/organize/events/{e.Code}/records" })
        {
            Assert.Contains("Riverside lesson", await english.ReadAsync(address));
            Assert.DoesNotContain("Riverside lesson", await organizer.ReadAsync(address));
        }
        var page = await english.ReadAsync($"/organize/events/{e.Code}");
        Assert.Contains("School hall", page);
        Assert.Contains("Green Boat Rescue", page);
    }

    [Fact]
    public async Task It_is_found_by_its_english_title_and_place()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        await TranslateAsync(organizer, e);

        foreach (var typed in new[] { "riverSIDE", "school hall" })
            Assert.Contains(e.Code, await organizer.ReadAsync($"/organize?search={Uri.EscapeDataString(typed)}"));
        Assert.DoesNotContain($"/organize/events/{e.Code}\"", await organizer.ReadAsync("/organize?search=lakeside"));
        Assert.Contains(e.Code, await organizer.ReadAsync("/organize/events/new?start=copy&find=riverside"));
    }

    [Fact]
    public async Task A_translation_is_as_long_and_as_clean_as_what_it_translates_and_the_form_is_kept()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        var page = await DeskVisitor.TextAsync(await organizer.SendAsync(Facts(e),
            (Field("Title"), new string('x', CampaignEvent.TitleMaxLength + 1)), (Field("Place"), "School\u202Ehall"),
            (Field("Hosts"), "One\nTwo"), (Field("Partners"), new string('y', CampaignEvent.PartnerMaxLength + 1))));

        Assert.Contains("活动名称的译文最多80个字", page);
        Assert.Contains("地点的译文里有看不见的字符", page);
        Assert.Contains("主办单位的译名要和旁边的原文逐行对应：原文有1行，这里有2行", page);
        Assert.Contains("协办单位的译名最多60个字", page);
        Assert.Contains("One\nTwo", page);
        await using var db = app.OpenStore();
        Assert.Empty((await db.Events.SingleAsync(x => x.Code == e.Code, Cancellation)).Translations);
    }

    [Fact]
    public async Task The_second_of_two_organizers_is_told_and_keeps_what_was_typed()
    {
        var e = await app.SeedEventAsync();
        var first = await DeskVisitor.SignInAsync(app, e.Organization);
        var second = await DeskVisitor.SignInAsync(app, e.Organization);
        var opened = DeskVisitor.Form(await second.ReadAsync(Facts(e)));
        await TranslateAsync(first, e);

        var refused = await DeskVisitor.TextAsync(await second.PostAsync(Facts(e), [.. opened, (Field("Title"), "Mine")]));

        Assert.Contains("别人刚保存了这个活动", refused);
        Assert.Contains("value=\"Mine\"", refused);
        Assert.Equal("Riverside lesson", await TitleInEnglishAsync(e.Code));
        Assert.Equal(HttpStatusCode.Redirect, (await second.PostAsync(Facts(e), DeskVisitor.Form(refused))).StatusCode);
        Assert.Equal("Mine", await TitleInEnglishAsync(e.Code));
    }

    [Fact]
    public async Task A_duplicate_is_called_as_before_in_english_too_and_a_deleted_event_takes_its_translations_along()
    {
        var e = await app.SeedEventAsync(EventState.Draft, startsAt: new DateTimeOffset(2097, 6, 1, 1, 0, 0, TimeSpan.Zero));
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        await TranslateAsync(organizer, e);

        var answer = await organizer.SendAsync($"/organize/events/new?start=copy&from={e.Code}",
            ("Form.StartsAt", "2097-07-17T09:00"), ("Form.EndsAt", "2097-07-17T11:30"));

        var copy = answer.Headers.Location!.ToString()[^6..];
        Assert.Equal("Riverside lesson", await TitleInEnglishAsync(copy));
        await organizer.SendAsync($"/organize/events/{copy}/delete", ("Form.TypedCode", copy));
        await using var db = app.OpenStore();
        Assert.False(await db.Events.AnyAsync(x => x.Code == copy, Cancellation));
        Assert.Equal(1, await db.Set<EventTranslation>().CountAsync(t => t.EventId == e.Id || !db.Events.Any(x => x.Id == t.EventId),
            Cancellation));
    }

    [Fact]
    public async Task An_event_from_the_template_has_its_title_in_each_language_of_the_program()
    {
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization, language: "en");

        var answer = await organizer.SendAsync("/organize/events/new?start=template", ("Form.CampaignId", ""),
            ("Form.Place", "School hall"), ("Form.StartsAt", "2097-07-17T09:00"));

        var code = answer.Headers.Location!.ToString()[^6..];
        await using var db = app.OpenStore();
        var created = await db.Events.SingleAsync(x => x.Code == code, Cancellation);
        Assert.Equal(EventTemplate.TitleIn(InterfaceLanguages.Default.Culture), created.TitleIn(InterfaceLanguages.Default.Culture));
        Assert.Equal("Summer drowning prevention event", await TitleInEnglishAsync(code));
    }

    [Fact]
    public async Task Schools_stand_in_the_order_of_their_pinyin_wherever_an_event_lists_them()
    {
        var e = await app.SeedEventAsync(); // by code 大塘冲中学 would come first

        var seen = await app.Get<PublishedEvents>().FindAsync(e.Code, Cancellation);

        Assert.Equal(["大塘冲小学", "大塘冲中学"], seen!.Classes.Select(c => c.School).Distinct());
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        foreach (var address in new[] { "", "/classes", "/class-links", "/coverage" })
        {
            var page = await organizer.ReadAsync($"/organize/events/{e.Code}{address}");
            page = page[page.IndexOf("<main", StringComparison.Ordinal)..];
            Assert.True(page.IndexOf("大塘冲小学", StringComparison.Ordinal) < page.IndexOf("大塘冲中学", StringComparison.Ordinal), address);
        }
    }

    [Fact]
    public async Task Another_organizations_event_is_not_translated_and_the_change_stands_in_the_audit_log()
    {
        var e = await app.SeedEventAsync();
        var stranger = await DeskVisitor.SignInAsync(app, (await app.SeedEventAsync()).Organization);
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(Facts(e))).StatusCode);
        await TranslateAsync(organizer, e);

        await using var db = app.OpenStore();
        Assert.Equal(1, await db.AuditEntries.CountAsync(a => a.EventCode == e.Code && a.Action == AuditAction.EventEdited, Cancellation));
    }

    private static string Facts(SeededEvent e) => $"/organize/events/{e.Code}/facts";

    private static string Field(string name) => $"Form.Translations[0].{name}";

    private static async Task TranslateAsync(DeskVisitor organizer, SeededEvent e) =>
        Assert.Equal(HttpStatusCode.Redirect, (await organizer.SendAsync(Facts(e), (Field("Title"), "Riverside lesson"),
            (Field("Place"), "School hall"), (Field("Hosts"), ""), (Field("Partners"), "Green Boat Rescue"))).StatusCode);

    private async Task<string> TitleInEnglishAsync(string code)
    {
        await using var db = app.OpenStore();
        return (await db.Events.SingleAsync(x => x.Code == code, Cancellation)).TitleIn(InterfaceLanguages.OfTheProduct[1].Culture);
    }
}

public sealed class EventLanguagesOnSqliteTests(CampaignApp app) : EventLanguagesTests(app), IClassFixture<CampaignApp>;

public sealed class EventLanguagesOnPostgresTests(PostgresApp app) : EventLanguagesTests(app.Required), IClassFixture<PostgresApp>;
