using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Operations;

namespace SafetyCampaign.Tests.Schools;

/// <summary><c>POST /api/class/{secret}/pledges</c>.</summary>
public sealed class ClassSignApiTests : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UnixEpoch.AddYears(57));
    private readonly CampaignApp app;
    private SeededEvent e = null!;
    private HttpClient device = null!;

    public ClassSignApiTests() => app = new CampaignApp
    {
        Limits = true,
        Parts = FromAddress.Install,
        Clock = clock,
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        (e, device) = (await app.SeedEventAsync(), app.CreateClient());
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task It_answers_as_the_phones_route_does()
    {
        var pupils = await app.SeedRosterAsync(e, e.Primary, (1, "王小明"), (2, "赵小雨"), (3, "赵小雨"));
        var (id, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        var opened = clock.GetUtcNow();
        clock.Advance(TimeSpan.FromMinutes(10));
        var request = ClassSigning.Pupil("赵小雨", pupils[2], opened.AddMinutes(3));

        var signed = await device.SendToClassAsync(secret, request);
        var again = await device.SendToClassAsync(secret, request);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (signed.StatusCode, again.StatusCode));
        var receipt = await signed.JsonAsync();
        Assert.Equal(receipt.ToJsonString(), (await again.JsonAsync()).ToJsonString());
        Assert.Equal($"/r/{receipt["receipt"]}", signed.Headers.Location?.ToString());
        await using var db = app.OpenStore();
        var stored = await db.Pledges.AsNoTracking().SingleAsync(Cancellation);
        Assert.Equal((SigningChannel.Relay, VoucherKind.ClassLink, id, e.Primary, pupils[2], opened.AddMinutes(3), true),
            (stored.Channel, stored.VoucherKind, stored.VoucherId, stored.ClassId, stored.RosterEntryId, stored.SignedAt,
                stored.GuardianConsent));

        request.SignerOf(0)["name"] = "王小明";
        await RefusedAsync(request, HttpStatusCode.Conflict, "key-taken");
        await RefusedAsync(With("classId", e.Junior), HttpStatusCode.BadRequest, "invalid");
        await RefusedAsync(With("signers", new JsonArray(new JsonObject { ["role"] = "student", ["name"] = "王小明", ["typed"] = true })),
            HttpStatusCode.BadRequest, "invalid");
        await RefusedAsync(With("seat", "one"), HttpStatusCode.BadRequest, "unreadable");
        using var text = new StringContent("{}");
        var unread = await device.PostAsync(new Uri($"/api/class/{secret}/pledges", UriKind.Relative), text, Cancellation);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, unread.StatusCode);
        Assert.Equal(1, await device.PeopleAsync(e.Code));

        JsonObject With(string name, JsonNode value)
        {
            var changed = ClassSigning.Pupil("王小明");
            changed[name] = value;
            return changed;
        }

        async Task RefusedAsync(JsonObject wrong, HttpStatusCode status, string type)
        {
            var answer = await device.SendToClassAsync(secret, wrong);
            Assert.Equal((status, $"/problems/{type}"), (answer.StatusCode, (string?)(await answer.JsonAsync())["type"]));
        }
    }

    [Fact]
    public async Task A_phone_names_no_seat_and_no_time()
    {
        var pupils = await app.SeedRosterAsync(e, e.Primary, (1, "赵小雨"), (2, "赵小雨"));
        clock.Advance(TimeSpan.FromMinutes(10));
        var family = Signing.Family(e, "赵小雨");
        (family["seat"], family["signedAt"]) = (pupils[0], clock.GetUtcNow().AddMinutes(-5));

        Assert.Equal(HttpStatusCode.Created, (await device.SignAsync(e.Code, family)).StatusCode);

        await using var db = app.OpenStore();
        Assert.All(await db.Pledges.AsNoTracking().ToListAsync(Cancellation),
            p => Assert.Equal((null, clock.GetUtcNow()), (p.RosterEntryId, p.SignedAt)));
    }

    [Fact]
    public async Task Without_the_schools_word_the_relay_takes_no_pupil_up_to_grade_nine()
    {
        var (_, young) = await app.SeedClassLinkAsync(e, e.Primary, holdsConsent: false);
        var (_, old) = await app.SeedClassLinkAsync(e, e.Senior, holdsConsent: false);

        Assert.Equal(HttpStatusCode.BadRequest, (await device.SignInClassAsync(young, "王小明")).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await device.SignInClassAsync(old, "王小明")).StatusCode);
        Assert.Contains("学校还没有确认", await device.GetStringAsync($"/class/{young}/relay", Cancellation));
    }

    [Fact]
    public async Task What_was_signed_before_the_end_is_taken_within_a_week_after_it_and_flagged()
    {
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        clock.Advance(TimeSpan.FromMinutes(30));
        var signedAt = clock.GetUtcNow();
        clock.Advance(TimeSpan.FromMinutes(30));
        await app.ChangeEventAsync(e.Id, gathering => gathering.Close(clock.GetUtcNow()));
        clock.Advance(TimeSpan.FromHours(20));

        Assert.Equal(HttpStatusCode.Created,
            (await device.SendToClassAsync(secret, ClassSigning.Pupil("王小明", null, signedAt))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await device.SendToClassAsync(secret, ClassSigning.Pupil("王小红", null, signedAt.AddHours(1)))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await device.SendToClassAsync(secret, ClassSigning.Pupil("王小红"))).StatusCode);
        var published = (await app.Get<PublishedEvents>().FindAsync(e.Code, Cancellation))!;
        var week = published.ClosedAt!.Value + CampaignEvent.MaxClassDelay;
        Assert.Equal((true, false), (published.TakesLate(signedAt, week.AddTicks(-1)), published.TakesLate(signedAt, week)));

        await using var db = app.OpenStore();
        Assert.Equal(SigningFlags.AfterClosing, (await db.SigningFlags.SingleAsync(Cancellation)).Flags);
        Assert.Equal(signedAt, (await db.Pledges.SingleAsync(Cancellation)).SignedAt);
    }

    [Fact]
    public async Task Two_devices_send_a_class_of_sixty_each_at_once_and_a_flood_is_refused()
    {
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        var empty = new JsonObject();
        for (var i = 0; i < 240; i++) // signatures and answers
            Assert.Equal(HttpStatusCode.BadRequest, (await device.SendToClassAsync(secret, empty)).StatusCode);

        var refused = await device.SendToClassAsync(secret, empty);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        var (_, other) = await app.SeedClassLinkAsync(e, e.Junior);
        Assert.Equal(HttpStatusCode.Created, (await device.SignInClassAsync(other, "王小明")).StatusCode);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Created, (await device.SignInClassAsync(secret, "王小明")).StatusCode);
    }

    [Fact]
    public async Task The_device_notes_who_declines_and_takes_it_back()
    {
        var pupils = await app.SeedRosterAsync(e, e.Primary, (1, "王小明"));
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);

        foreach (var (answer, status) in new[] { ("declined", 204), ("absent", 204), ("late", 400), (null, 204) })
        {
            var sent = await device.PostAsJsonAsync($"/api/class/{secret}/answers", new { seat = pupils[0], answer }, Cancellation);
            Assert.Equal(status, (int)sent.StatusCode);
            await using var db = app.OpenStore();
            var kind = await db.RosterAnswers.Select(a => $"{a.Kind}").SingleOrDefaultAsync(Cancellation);
            Assert.Equal(answer switch { null => null, "declined" => "Declined", _ => "Absent" }, kind);
        }
        var unknown = await device.PostAsJsonAsync(
            $"/api/class/{secret}/answers", new { seat = pupils[0] + 100, answer = "absent" }, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
    }

    [Theory]
    [InlineData(EventState.Draft)]
    [InlineData(EventState.Open)]
    [InlineData(EventState.Closed)]
    public async Task What_a_page_of_the_rehearsal_sends_is_practice_and_is_not_taken_once_that_is_over(EventState after)
    {
        var rehearsed = await app.SeedEventAsync(EventState.Rehearsal);
        var pupils = await app.SeedRosterAsync(rehearsed, rehearsed.Primary, (1, "王小明"));
        var (_, secret) = await app.SeedClassLinkAsync(rehearsed, rehearsed.Primary);
        var request = ClassSigning.Pupil("王小明", pupils[0], clock.GetUtcNow().AddDays(1)); // by a clock that is wrong
        request["rehearsal"] = true;
        var answer = new { seat = pupils[0], answer = "absent", rehearsal = true };
        var address = $"/api/class/{secret}/answers";
        Assert.Equal(HttpStatusCode.Created, (await device.SendToClassAsync(secret, Other())).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await device.PostAsJsonAsync(address, answer, Cancellation)).StatusCode);

        await app.ChangeEventAsync(rehearsed.Id, gathering =>
        {
            if (after == EventState.Draft)
                gathering.EndRehearsal();
            else
                gathering.Open(clock.GetUtcNow());
            if (after == EventState.Closed)
                gathering.Close(clock.GetUtcNow().AddHours(1));
        });
        foreach (var refused in new[]
            { await device.SendToClassAsync(secret, request), await device.PostAsJsonAsync(address, answer, Cancellation) })
            Assert.Equal((HttpStatusCode.Conflict, "/problems/rehearsal-page"),
                (refused.StatusCode, (string?)(await refused.JsonAsync())["type"]));

        Assert.Equal(0, await device.PeopleAsync(rehearsed.Code));
        await using var db = app.OpenStore();
        Assert.False(await db.RosterAnswers.AnyAsync(Cancellation));
        if (after == EventState.Open)
        {
            request.Remove("rehearsal"); // as the teacher says that it was meant
            Assert.Equal(HttpStatusCode.Created, (await device.SendToClassAsync(secret, request)).StatusCode);
            Assert.Equal(1, await device.PeopleAsync(rehearsed.Code));
        }

        JsonObject Other()
        {
            var other = ClassSigning.Pupil("王小明", pupils[0]);
            other["rehearsal"] = true;
            return other;
        }
    }
}
