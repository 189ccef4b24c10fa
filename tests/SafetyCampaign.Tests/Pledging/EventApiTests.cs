using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>What anyone may read of an event: its facts and its tally.</summary>
public sealed class EventApiTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private readonly HttpClient phone = app.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_facts_name_place_time_texts_and_classes()
    {
        var e = await app.SeedEventAsync(startsAt: new DateTimeOffset(2026, 7, 17, 1, 30, 0, TimeSpan.Zero));

        var facts = await ReadAsync($"/api/events/{e.Code.ToLowerInvariant()}");

        Assert.Equal(["classes", "code", "endsAt", "place", "startsAt", "state", "texts", "title"], facts.Select(p => p.Key).Order());
        Assert.Equal(e.Code, facts["code"]!.GetValue<string>());
        Assert.Equal("open", facts["state"]!.GetValue<string>());
        Assert.Equal("2026-07-17T09:30:00+08:00", facts["startsAt"]!.GetValue<string>());
        Assert.Equal(["student", "guardian", "teacher", "volunteer"],
            facts["texts"]!.AsArray().Select(t => t!["role"]!.GetValue<string>()));
        Assert.Equal(OfficialTexts.SixDonts, facts["texts"]![0]!["clauses"]!.AsArray().Select(c => c!.GetValue<string>()));
        Assert.Equal([e.Primary, e.OtherPrimary, e.Junior, e.Senior], facts["classes"]!.AsArray().Select(c => c!["id"]!.GetValue<int>()));
        Assert.Equal("五（1）班", facts["classes"]![0]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_facts_tell_each_text_with_its_translations_and_their_hash()
    {
        var e = await app.SeedEventAsync();
        await app.RewriteTextAsync(e, SignerRole.Guardian, [SampleTexts.Uyghur]);

        var texts = (await ReadAsync($"/api/events/{e.Code}"))["texts"]!.AsArray();

        var english = Assert.Single(texts[0]!["translations"]!.AsArray())!;
        Assert.Equal(("en", "ltr", true),
            (english["language"]!.GetValue<string>(), english["direction"]!.GetValue<string>(), english["official"]!.GetValue<bool>()));
        Assert.Equal(6, english["clauses"]!.AsArray().Count);
        var uyghur = Assert.Single(texts[1]!["translations"]!.AsArray())!;
        Assert.Equal(("ug", "rtl", false),
            (uyghur["language"]!.GetValue<string>(), uyghur["direction"]!.GetValue<string>(), uyghur["official"]!.GetValue<bool>()));
        Assert.Equal(SampleTexts.Uyghur.Wording.Closing, uyghur["closing"]!.GetValue<string>());
        Assert.Equal(Convert.ToHexStringLower(PledgeTextHash.Of(SampleTexts.ForGuardians, [SampleTexts.Uyghur])),
            texts[1]!["contentHash"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(EventState.Draft, "draft")]
    [InlineData(EventState.Rehearsal, "rehearsal")]
    [InlineData(EventState.Closed, "closed")]
    public async Task The_facts_tell_the_state(EventState state, string told)
    {
        var e = await app.SeedEventAsync(state);
        Assert.Equal(told, (await ReadAsync($"/api/events/{e.Code}"))["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_tally_counts_people_families_roles_and_classes()
    {
        var e = await app.SeedEventAsync();
        await phone.SignAsync(e.Code, Signing.Family(e));
        await phone.SignAsync(e.Code, Signing.Family(e));
        await phone.SignAsync(e.Code, Signing.Alone("student", e.Senior));
        await phone.SignAsync(e.Code, Signing.Alone("teacher"));

        var tally = await ReadAsync($"/api/events/{e.Code}/tally");

        Assert.Equal(["at", "byClass", "byRole", "code", "families", "people", "version"], tally.Select(p => p.Key).Order());
        Assert.Equal((6, 2), (tally["people"]!.GetValue<int>(), tally["families"]!.GetValue<int>()));
        Assert.Equal("""{"student":3,"guardian":2,"teacher":1,"volunteer":0}""", tally["byRole"]!.ToJsonString());
        var classes = tally["byClass"]!.AsArray().ToDictionary(c => c!["classId"]!.GetValue<int>(), c => c!.AsObject());
        Assert.Equal((4, 2, 45), (classes[e.Primary]["people"]!.GetValue<int>(), classes[e.Primary]["families"]!.GetValue<int>(),
            classes[e.Primary]["expected"]!.GetValue<int>()));
        Assert.Equal((1, 0), (classes[e.Senior]["people"]!.GetValue<int>(), classes[e.Senior]["families"]!.GetValue<int>()));
        Assert.Null(classes[e.OtherPrimary]["expected"]);
        Assert.Equal("大塘冲小学", classes[e.Primary]["school"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_unchanged_tally_is_not_sent_again_and_a_changed_one_is()
    {
        var e = await app.SeedEventAsync();
        var address = $"/api/events/{e.Code}/tally";
        var first = await phone.GetAsync(address, Cancellation);
        Assert.Equal("no-cache", first.Headers.CacheControl!.ToString());

        Assert.Equal(HttpStatusCode.NotModified, (await AskAsync(address, first.Headers.ETag!.ToString())).StatusCode);
        await phone.SignAsync(e.Code, Signing.Family(e));
        var changed = await AskAsync(address, first.Headers.ETag!.ToString());

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(first.Headers.ETag, changed.Headers.ETag);
    }

    [Fact]
    public async Task Unchanged_facts_are_not_sent_again_but_in_another_language_or_state_they_are()
    {
        var e = await app.SeedEventAsync(EventState.Draft);
        var address = $"/api/events/{e.Code}";
        var tag = (await phone.GetAsync(address, Cancellation)).Headers.ETag!.ToString();

        Assert.Equal(HttpStatusCode.NotModified, (await AskAsync(address, tag)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync($"{address}?lang=en", tag)).StatusCode);
        await app.ChangeEventAsync(e.Id, gathering => gathering.Open(DateTimeOffset.UnixEpoch));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(address, tag)).StatusCode);
    }

    [Fact]
    public async Task Opening_after_a_rehearsal_begins_at_zero_with_a_new_tag()
    {
        var e = await app.SeedEventAsync(EventState.Rehearsal);
        await phone.SignAsync(e.Code, Signing.Family(e));
        var rehearsed = await phone.GetAsync($"/api/events/{e.Code}/tally", Cancellation);
        Assert.Equal(2, await phone.PeopleAsync(e.Code));

        await app.ChangeEventAsync(e.Id, gathering => gathering.Open(DateTimeOffset.UnixEpoch));

        Assert.Equal(0, await phone.PeopleAsync(e.Code));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync($"/api/events/{e.Code}/tally", rehearsed.Headers.ETag!.ToString())).StatusCode);
    }

    [Theory]
    [InlineData("/api/events/NSCHC0")]
    [InlineData("/api/events/NSCHC0/tally")]
    [InlineData("/api/events/x")]
    [InlineData("/api/events/%E9%98%B2%E6%BA%BA%E6%B0%B4/tally")]
    [InlineData("/api/events/DEM00U%20OR%201=1/tally")]
    [InlineData("/api/events/..%2F..%2Fetc/tally")]
    [InlineData("/api/events")]
    [InlineData("/api/nothing")]
    public async Task What_is_not_there_is_told_as_a_problem(string address)
    {
        var response = await phone.GetAsync(address, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_wrong_method_is_told_as_a_problem()
    {
        var e = await app.SeedEventAsync();
        var response = await phone.DeleteAsync($"/api/events/{e.Code}/pledges", Cancellation);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Class_names_are_told_in_the_readers_language()
    {
        var e = await app.SeedEventAsync();
        using var english = app.CreateClient("en");
        var facts = await english.GetFromJsonAsync<JsonObject>($"/api/events/{e.Code}", Cancellation);
        Assert.Equal("Grade 5 Class 1", facts!["classes"]![0]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_tally_names_classes_in_the_readers_language_and_tags_it_for_that_language()
    {
        var e = await app.SeedEventAsync();
        var address = $"/api/events/{e.Code}/tally";
        using var english = app.CreateClient("en");
        var chinese = await phone.GetAsync(address, Cancellation);

        var told = await english.GetAsync(address, Cancellation);

        Assert.Equal("五（1）班", (await chinese.JsonAsync())["byClass"]![0]!["name"]!.GetValue<string>());
        Assert.Equal("Grade 5 Class 1", (await told.JsonAsync())["byClass"]![0]!["name"]!.GetValue<string>());
        Assert.NotEqual(chinese.Headers.ETag, told.Headers.ETag);
        Assert.Equal(["Accept-Language", "Cookie"], told.Headers.Vary.Order());
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(address, told.Headers.ETag!.ToString())).StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, (await AskAsync(address, chinese.Headers.ETag!.ToString())).StatusCode);
    }

    [Fact]
    public async Task The_language_that_was_chosen_by_a_link_goes_before_the_browsers_own()
    {
        var e = await app.SeedEventAsync();
        using var reader = app.CreateClient();
        await reader.GetAsync("/?lang=en", Cancellation);
        Assert.Equal("Grade 5 Class 1", (
            await (await reader.GetAsync($"/api/events/{e.Code}/tally",
            Cancellation)).JsonAsync())["byClass"]![0]!["name"]!.GetValue<string>());
    }

    private async Task<JsonObject> ReadAsync(string address) => await (await phone.GetAsync(address, Cancellation)).JsonAsync();

    private async Task<HttpResponseMessage> AskAsync(string address, string known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "If-None-Match", known } } };
        return await phone.SendAsync(request, Cancellation);
    }
}
