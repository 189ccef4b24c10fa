using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Tests.Schools.Classes;

/// <summary>Two classes of a school without lists, the first of which is merged into the second and parted again at the desk.</summary>
internal sealed class MergedClasses(CampaignApp app, SeededEvent e, HttpClient phone, DeskVisitor organizer, int school)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public SeededEvent Event => e;

    public DeskVisitor Organizer => organizer;

    public int School => school;

    public int From => e.Primary;

    public int Into => e.OtherPrimary;

    /// <summary>The page of the class that is merged.</summary>
    public string Page => DeskRoutes.SchoolClass(school, From);

    /// <summary>What a page says, its tags left out.</summary>
    public static string Words(string page) => new HtmlParser().ParseDocument(page).Body!.TextContent;

    /// <param name="app">The program.</param>
    /// <param name="language">Of the organizer.</param>
    /// <param name="into">How many pupils the class that stays has.</param>
    public static async Task<MergedClasses> SeedAsync(CampaignApp app, string language = "zh-CN", int? into = 30)
    {
        var e = await app.SeedEventAsync();
        await using var db = app.OpenStore();
        var stays = await db.Classes.SingleAsync(c => c.Id == e.OtherPrimary, Cancellation);
        stays.Expect(into);
        await db.SaveChangesAsync(Cancellation);
        return new MergedClasses(app, e, app.CreateClient(), await DeskVisitor.SignInAsync(app, e.District, language: language),
            stays.SchoolId);
    }

    public Task SignAsync(int group, string child, string guardian) =>
        SignAsync(group, Signing.Signer("student", child), Signing.Signer("guardian", guardian, "mother"));

    public async Task SignAsync(int group, params JsonNode[] signers) => (await phone.SignAsync(e.Code,
        Signing.Request(group, signers, guardianConsents: signers.Length > 1))).EnsureSuccessStatusCode();

    public Task MergeAsync() => MergeAsync(From, Into);

    public async Task MergeAsync(int from, int into) => Assert.Equal(HttpStatusCode.Redirect,
        (await organizer.SendAsync($"{DeskRoutes.SchoolClass(school, from)}?Into={into}&handler=Merge")).StatusCode);

    /// <summary>Parts the class by the button on its page.</summary>
    public async Task PartAsync(int? group = null, string pupils = "")
    {
        var page = group is { } other ? DeskRoutes.SchoolClass(school, other) : Page;
        Assert.Equal(HttpStatusCode.Redirect, (await organizer.SendAsync($"{page}?handler=Part", ("Pupils", pupils))).StatusCode);
    }

    /// <summary>Any change of a list of the school that has nothing to do with the two classes.</summary>
    public async Task ChangeAnotherListAsync()
    {
        int other;
        await using (var db = app.OpenStore())
        {
            if (await db.Classes.SingleOrDefaultAsync(c => c.SchoolId == school && c.Grade == 1, Cancellation) is not { } found)
                db.Add(found = new ClassGroup(await db.Organizations.SingleAsync(o => o.Id == school, Cancellation), 1, 1));
            await db.SaveChangesAsync(Cancellation);
            other = found.Id;
        }
        await organizer.SendAsync($"{DeskRoutes.ClassRoster(school, other)}?handler=Add", ("NewName", $"新生{Guid.NewGuid():N}"[..6]));
    }

    /// <summary>Moves a pupil, who is put on the list for it, on the page of the list.</summary>
    public async Task MoveByListAsync(string name, int from, int to)
    {
        var pupil = (await app.SeedRosterAsync(e, from, (99, name)))[0];
        await organizer.SendAsync($"{DeskRoutes.ClassRoster(school, from)}?handler=Move", ("pupil", $"{pupil}"), ("to", $"{to}"));
    }

    /// <summary>Changes the school's classes and lists as a program that was stopped right after has left them.</summary>
    public async Task LeaveUnfollowedAsync(Action<IReadOnlyList<ClassGroup>, CampaignEvent, CampaignDb> change)
    {
        await using var db = app.OpenStore();
        var classes = await db.Classes.Include(c => c.School).Where(c => c.SchoolId == school).OrderBy(c => c.Id).ToListAsync(Cancellation);
        change(classes, await db.Events.Include(x => x.Classes).SingleAsync(x => x.Id == e.Id, Cancellation), db);
        await db.SaveChangesAsync(Cancellation);
        await app.Get<PublishedEvents>().ContentChangedAsync(x => x.Id == e.Id);
    }

    /// <summary>The class in which everybody of that name counts.</summary>
    public async Task<int?> ClassOfAsync(string name)
    {
        await using var db = app.OpenStore();
        return await db.Pledges.Where(p => p.EventId == e.Id && p.Name == name).Select(p => p.ClassId).SingleAsync(Cancellation);
    }

    public async Task AssertClassAsync(int group, params string[] names)
    {
        foreach (var name in names)
            Assert.True(await ClassOfAsync(name) == group, $"{name} is in another class.");
    }

    /// <summary>Writes the class of a family otherwise, as it does by its receipt.</summary>
    public async Task CorrectAsync(string child, int group)
    {
        List<Pledge> request;
        await using (var db = app.OpenStore())
        {
            var key = await db.Pledges.Where(p => p.EventId == e.Id && p.Name == child).Select(p => p.Key).SingleAsync(Cancellation);
            request = await db.Pledges.Where(p => p.Key == key).OrderBy(p => p.Sequence).ToListAsync(Cancellation);
        }
        Assert.True(await app.Get<PledgeLedger>().CorrectAsync(
            request[0].Sequence, [.. request.Select(p => new SignerCorrection(p.Name!, group, p.Relation))]));
    }

    /// <summary>The classes of the school that take part, in the order of their ids.</summary>
    public async Task<List<int>> TakingPartAsync()
    {
        await using var db = app.OpenStore();
        return await db.Events.Where(x => x.Id == e.Id).SelectMany(x => x.Classes).Where(c => c.SchoolId == school)
            .Select(c => c.Id).Order().ToListAsync(Cancellation);
    }

    public async Task<(int? From, int? Into)> SizesAsync()
    {
        await using var db = app.OpenStore();
        return ((await db.Classes.SingleAsync(c => c.Id == From, Cancellation)).Expected,
            (await db.Classes.SingleAsync(c => c.Id == Into, Cancellation)).Expected);
    }

    public async Task<int> ActsAsync()
    {
        await using var db = app.OpenStore();
        return await db.Acts.CountAsync(a => a.EventId == e.Id && a.Kind == LedgerActKind.ClassChanged, Cancellation);
    }

    /// <summary>People, families and students of a class, as the tally has them.</summary>
    public ClassTotals Of(int group) => app.Get<TallyBoard>().Totals(e.Id).ByClass.GetValueOrDefault(group);

    public Task<int> PeopleAsync() => phone.PeopleAsync(e.Code);
}
